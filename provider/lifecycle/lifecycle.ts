/** What a host asks of a resource's lifecycle, and what comes back: data, and nothing that is Pulumi's. */
import type { Prospect } from "../decisions/prospect";
import { resourceNamed, UserError } from "../messages/words";
import type { Properties } from "../model/json";
import { withSettingNames } from "../model/settingNames";
import { SavedFailure } from "../rotation/work";
import type { Run, Stage } from "../run/run";
import type { Session } from "../run/session";

/** What a call works with. */
export interface CallContext {
  readonly run: Run;
  /** What is wrong with the stack's settings. */
  readonly problems: readonly string[];
  /** @throws {UserError} if anything is */
  session(): Session;
}

/** What a host knows of every call. */
export interface Request {
  readonly stage: Stage;
  /** The resource's URN; undefined where nothing tells the host. */
  readonly urn: string | undefined;
  /** The organization of the stack and the URN, with a slash between: for a resource that owns its credential. */
  readonly owner: string | undefined;
}

export interface CheckRequest extends Request {
  /** The inputs of the last run; empty for a new resource. */
  readonly olds: Properties;
  /** The inputs of the program. */
  readonly news: Properties;
}

/** For diff and update; create has no outputs of a last run. */
export interface ChangeRequest extends CheckRequest {
  /** The outputs of the last run. */
  readonly olds: Properties;
}

export interface CreateRequest extends Request {
  readonly news: Properties;
}

/** For read and delete, which no program runs for. */
export interface StateRequest extends Request {
  readonly id: string;
  /** The outputs of the last run. */
  readonly olds: Properties;
}

/** For a resource that no state has yet. */
export interface ImportRequest extends Request {
  /** What LaunchDarkly knows it by, as a person types it. */
  readonly id: string;
}

export interface Failed {
  readonly kind: "failed";
  /** For people: what happened, and what to do. */
  readonly reason: string;
}

export type DiffOutcome =
  | {
      readonly kind: "done";
      readonly changes: boolean;
      /** The inputs whose change replaces the resource. */
      readonly replaces: readonly string[];
      /** Set if it is rotated. */
      readonly rotation?: Prospect | undefined;
      /** The outputs whose values nobody knows before the change: the key first, if it is among them. */
      readonly changing: readonly string[];
    }
  | Failed;

export type Outcome =
  | { readonly kind: "done"; readonly id: string; readonly outputs: Properties }
  /** It failed, and the host must save this whole state. */
  | { readonly kind: "partial"; readonly id: string; readonly outputs: Properties; readonly reason: string }
  | Failed;

export interface Imported {
  readonly kind: "done";
  readonly id: string;
  readonly outputs: Properties;
  /** What a program gives for it. */
  readonly inputs: Properties;
}

/** The resource is not there any more. */
export interface Gone {
  readonly kind: "gone";
}

/** The lifecycle of the resources of one class. */
export interface Lifecycle {
  /** The outputs that are secret whatever the program says. */
  readonly secretOutputs: readonly string[];
  /** Whether the stack owns what its resources rotate: then every request with inputs names the owner. */
  readonly owns: boolean;
  /** What tells a resource from all others of a run, by the inputs that the program gives. */
  nameOfInputs(inputs: Properties, owner: string | undefined): string;
  /** The same by its outputs. */
  nameOfOutputs(outputs: Properties): string;
  /** @returns what is wrong with the inputs and the settings, in words */
  check(context: CallContext, request: CheckRequest): Promise<readonly string[]>;
  diff(context: CallContext, request: ChangeRequest): Promise<DiffOutcome>;
  create(context: CallContext, request: CreateRequest): Promise<Outcome>;
  read(context: CallContext, request: StateRequest): Promise<Outcome | Gone>;
  /** What a program has to say of a credential that is there, and what its state is to be. */
  import(context: CallContext, request: ImportRequest): Promise<Imported | Failed>;
  update(context: CallContext, request: ChangeRequest): Promise<Outcome>;
  delete(context: CallContext, request: StateRequest): Promise<Gone | Failed>;
}

/** What work on a resource came to; an error that nobody foresaw is thrown on. */
export async function outcomeOf<Result>(
  context: CallContext,
  request: Pick<Request, "urn">,
  work: Promise<Result>,
): Promise<Result | Outcome> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof SavedFailure)) return failedIn(context, request, error);
    const { id, outputs } = error.saved;
    return { kind: "partial", id, outputs, reason: reasonOf(context, request, error) };
  }
}

/** @throws what is no failure that people can do something about */
export function failedIn(context: CallContext, request: Pick<Request, "urn">, error: unknown): Failed {
  if (error instanceof UserError) return { kind: "failed", reason: reasonOf(context, request, error) };
  throw error;
}

/** Names the resource, as far as it is known. */
function reasonOf(context: CallContext, { urn }: Pick<Request, "urn">, { message }: Error): string {
  return inWordsOf(context, urn === undefined ? message : resourceNamed(message, urn));
}

/** A text with the host's names of the settings. */
export function inWordsOf({ run }: CallContext, text: string): string {
  return withSettingNames(text, run.host.namespace);
}
