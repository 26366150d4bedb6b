/**
 * How a credential rotates: what the core asks of each of its two strategies. One resets the key of a record that exists.
 * The other one creates the next record, and then ends the one before. All else is the same for both, and stands beside
 * this file and in lifecycle/.
 */
import type { ZodType } from "zod";

import type { Reason } from "../decisions/rotationReason";
import type { Announcement, Impossible, Overlap } from "../messages/announcement";
import type { Properties } from "../model/json";
import type { Session } from "../run/session";
import type {
  AnothersKey,
  Asked,
  Deletion,
  Due,
  Foreseen,
  Issued,
  Kept,
  LeftToDo,
  Looked,
  OwnReading,
  Prepared,
  Prospective,
  Rotated,
  RotationWork,
  Saved,
  TakeOver,
  Work,
} from "./work";

/** @typeParam Learnt what it learns on the way, and need not ask again */
export interface Strategy<State extends Kept, Given extends Asked, Learnt> extends Form<State, Given> {
  /** Why a rotation is due; empty if none is. */
  reasons(state: State, inputs: Given, now: number): readonly Reason[];
  /** The state that a preview takes for a resource that is not there yet; undefined if its first key replaces none. */
  unmade(session: Session, inputs: Given): State | undefined;
  // What later calls of the run have to know.
  /** Takes note that the program has the resource. @param isThere whether the stack has one of its name */
  noteInputs?(run: Pick<Session, "progress">, inputs: Given, isThere: boolean): void;
  /** Takes note that the run begins to make the resource, which may come to no key. */
  noteTry?(run: Pick<Session, "progress">, inputs: Given): void;
  /** Takes note of its state. @param isNew whether this run has made the resource */
  noteState?(run: Pick<Session, "progress">, inputs: Given, state: State, isNew?: boolean): void;
  /** @param changed the names of the inputs whose change replaces the resource */
  announceReplacement(state: State, inputs: Given, changed: readonly string[]): readonly Announcement[];
  announceRotation(session: () => Session, due: Due<State, Given>): Promise<readonly Announcement[]>;
  /** @throws {UserError} if the inputs ask for what can't be done */
  leftToDo(session: () => Session, prospective: Prospective<State, Given>): Promise<LeftToDo>;
  /** Asks LaunchDarkly what a preview has to know of a rotation, beside what is asked for every credential. */
  foresee(session: Session, inputs: Given, foreseen: Foreseen<State>): Promise<readonly Announcement[]>;
  /** The same of a take-over. */
  foreseeTakeOver(session: Session, inputs: Given, foreseen: Foreseen<State>): Promise<readonly Announcement[]>;

  /** The state of a new resource. Nothing is changed yet. */
  begin(session: Session, inputs: Given): Promise<Prepared<State, Learnt>>;
  /** Finds out what a decision depends on, and does what was left undone. @param isRepeat whether the call is repeated */
  settle(session: Session, work: Work<State, Given>, isRepeat: boolean): Promise<Prepared<State, Learnt>>;
  /**
   * Has LaunchDarkly make a new key. What has come is never thrown away.
   *
   * @throws {UserError} if nothing has changed
   * @throws {SavedFailure} if a key was made, or may have been, and the next run has to go on
   */
  issue(session: Session, work: RotationWork<State, Given, Learnt>): Promise<Issued<State, Learnt>>;
  /**
   * What follows once nothing is left to verify: the end of what a new key has replaced.
   *
   * @param before what the last run left
   * @param rotated undefined if this call has rotated nothing
   */
  conclude(
    session: Session,
    work: Work<State, Given> & Prepared<State, Learnt>,
    before: State,
    rotated: Rotated | undefined,
  ): Promise<State>;
  /**
   * The new key is not verified: it is another access token's, or LaunchDarkly refuses it.
   *
   * @returns undefined if nothing explains that
   */
  afterFailedVerification(
    session: Session,
    work: Work<State, Given>,
    problem: AnothersKey | "refused",
  ): Promise<State | undefined>;
  /** Why the configured key, in its grace already, must not be outlived by another rotation; undefined if it may. */
  outdated(state: State): string | undefined;

  /** @param since as for a request of the client */
  takeOver(session: Session, inputs: Given, since?: number): Promise<TakeOver<State>>;
  /**
   * What LaunchDarkly shows.
   *
   * @param own asks with the credential's own key; undefined for the admin key
   */
  look(session: Session, state: State, own?: OwnReading): Promise<Looked<State>>;
  /** The resource goes. @throws {UserError} if something of it may be left that the stack owns */
  delete(removal: Deletion<State>): Promise<void>;
}

/** How the resources of a class are read, written and told: the part of a strategy that needs no run. */
export interface Form<State, Given> {
  readonly className: string;
  /** The names of the inputs, in the order in which people are told them. */
  readonly inputNames: readonly string[];
  /** Those by which the first `up` takes a key over that LaunchDarkly does not show. */
  readonly takeOverInputs: readonly string[];
  readonly inputs: ZodType<Given>;
  /** The outputs that are secret whatever the program says. */
  readonly secretOutputs: readonly string[];
  /** Whether the stack owns the records: then the owner is among the inputs. */
  readonly owns: boolean;
  readonly says: Words<State, Given>;
  /** @returns the state, or the names of the outputs that no release has written so */
  readState(outputs: Properties): State | { readonly problems: string[] };
  /** A state, with what Pulumi keeps of it. */
  saved(state: State): Saved;

  /** The outputs that a run may change: if it rotates, and if it only does what is left to do. The key is first. */
  changing(rotates: boolean): readonly string[];
  /** What tells a resource from all others of a run, by its inputs and its outputs as they come. */
  nameOfInputs(inputs: Properties): string;
  nameOfOutputs(outputs: Properties): string;
  /** The same by what was read of them. */
  nameOf(inputs: Given, state?: State): string;
  /** How people are told a resource that is not there yet, and one that is. */
  newName(inputs: Given): string;
  nameOfState(state: State): string;

  /** The inputs whose change replaces the resource: those that have changed, and those that are not known yet. */
  replacement(state: State, inputs: Given, unknown: ReadonlySet<string>): Replacement;
  /** Whether the resource begins with a key that is in use. */
  takesOver(inputs: Given): boolean;
  /** That key, if the program gives it. */
  initialKey(inputs: Given): string | undefined;
  /** The access token whose key this is, where that can be verified by using it. */
  verifiableAs(inputs: Given | undefined, state: State | undefined): string | undefined;

  /**
   * @param olds the inputs of the last run, as they come; empty for a new resource
   * @param unknown the names of the inputs that are not known yet
   */
  inputWarnings?(olds: Properties, inputs: Given, unknown: ReadonlySet<string>): readonly Announcement[];
  /** Undefined where LaunchDarkly does not show the key. */
  readonly import?: Import<State>;
}

/** What people are told, where the strategies differ. */
export interface Words<State, Given> {
  /** How people are told the credential, as in "the token". */
  readonly it: string;
  /** What did not come about. */
  readonly undone: "Not reset" | "Not rotated";
  /** What can't be done; of a resource that is there, and of one that is new. */
  readonly impossible: Impossible;
  readonly impossibleFirst: Impossible;
  /** What `pulumi up` does once the resource is removed from the state. */
  readonly anew: string;
  announceCreation(inputs: Given): Announcement;
  /** Why a new resource must not be frozen. */
  readonly frozen: string;
  overlapping(overlap: Overlap): Announcement;
  cannotRotate(problem: string, reason: string): string;
  announceFrozen(reason: string, isPreview: boolean): Announcement;
  /** The key is saved, but the run went no further. */
  brokenOff(state: State, why: string): string;
  /** The key is saved, but not verified. */
  unverified(state: State, why: string): string;
  /** Of the token that the stack authenticates with. */
  readonly lockOut: string;
  readonly deathAtOnce: string;
  /** Of a key that is not to be taken over. */
  readonly takeOver: { readonly idInput: string; readonly otherwise: string };
}

/** How a credential is imported whose key LaunchDarkly shows: by what Pulumi calls its id. */
export interface Import<State> {
  /** What the parts of the id are called, in their order. */
  readonly parts: readonly string[];
  /** What a program has to give besides, which LaunchDarkly says: so that the inputs can be read. */
  readonly besides: Properties;
  /** The inputs that a program gives for it. */
  inputsOf(state: State): Properties;
}

export interface Replacement {
  readonly changed: readonly string[];
  readonly open: readonly string[];
}
