/** What work on a credential begins with, and what it comes to: what the core and its strategies hand to each other. */
import type { Client } from "../client/client";
import { LaunchDarklyError } from "../client/errors";
import type { Reason } from "../decisions/rotationReason";
import type { Announcement } from "../messages/announcement";
import { UserError } from "../messages/words";
import type { OldKeyExpiry } from "../model/duration";
import type { Inputs } from "../model/inputs";
import type { Json } from "../model/json";
import { printable } from "../model/redact";
import type { Home } from "../model/state";
import type { Run, Stage } from "../run/run";
import type { Session } from "../run/session";

/** What the core reads of the inputs of every resource. */
export interface Asked extends Pick<Inputs, "triggers" | "rotateAfter" | "frozen" | "verify" | "allowSelfRotation"> {
  /** Undefined when the program does not say. */
  readonly oldKeyExpiry?: OldKeyExpiry | undefined;
}

/** What the core reads of every state. */
export interface Kept {
  /** The current key; null while nobody has one. */
  readonly key: string | null;
  /** What people see of the key that is current at LaunchDarkly. */
  readonly lastFour: string | null;
  readonly triggers: Json;
  readonly oldKeyExpiresAt: string | null;
  readonly lastRotatedAt: string | null;
  readonly adoptedAt: string | null;
  /** Whether it was imported, and the triggers are still to be noted. */
  readonly baselinePending: boolean;
  readonly verificationPending: boolean;
  /** Set while nobody holds the current key, or perhaps nobody; absent where that can't be. */
  readonly lostReset?: object | null;
  readonly home: Home | null;
}

/** What work on a credential begins with. */
export interface Work<State, Given> {
  readonly inputs: Given;
  /** The state of the last run, or what this run has made of it so far. */
  readonly state: State;
  /** When the work began, by `elapsed`: its patience counts from then. */
  readonly startedAt: number;
}

/** A state from which a rotation may begin. */
export interface Prepared<State, Learnt> {
  readonly state: State;
  /** What the strategy has learnt on the way, and need not ask again. */
  readonly learnt?: Learnt | undefined;
}

export interface RotationWork<State, Given, Learnt> extends Work<State, Given>, Prepared<State, Learnt> {
  readonly reasons: readonly Reason[];
  /** Whose the key is that the run authenticates with. */
  readonly configuredKey: ConfiguredKey;
}

/** How a rotation went that has a new key by now. */
export interface Rotated {
  readonly configuredKey: ConfiguredKey;
  /** Whether a request before it may have been carried out, too, or may yet be. */
  readonly isAfterDoubt: boolean;
}

/** A state that has a new key. */
export interface Issued<State, Learnt> extends Prepared<State, Learnt> {
  readonly said: readonly Announcement[];
  /** Whether a request before it may have been carried out, too, or may yet be. */
  readonly isAfterDoubt: boolean;
}

/** What a key is taken over from. */
export interface TakeOver<State> {
  /** The whole key, where LaunchDarkly shows it. */
  readonly key: string | null;
  /** Its last four characters. */
  readonly lastFour: string | null;
  /** Why it is not to be taken over, beside what holds for every credential. */
  readonly problem?: string | undefined;
  /** What a preview says of it. */
  readonly said: readonly Announcement[];
  /** The state that has it. @param accountId LaunchDarkly's id of the account, if that is known */
  state(key: string, accountId: string | null): State;
  /** Does what a take-over comes with besides. @param taken that state */
  finish(taken: State): Promise<State>;
}

/** What a preview or a run says, and whether an update follows. */
export interface LeftToDo {
  readonly said: readonly Announcement[];
  readonly changes: boolean;
}

/** What a rotation looks like before it happens, or what a run does that rotates nothing. */
export interface Prospective<State, Given> {
  readonly state: State;
  readonly inputs: Given;
  readonly stage: Stage;
  /** The names of the inputs that are not known yet. */
  readonly unknown: ReadonlySet<string>;
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface Due<State, Given> extends Prospective<State, Given> {
  readonly reasons: readonly Reason[];
  /** Whether it comes whatever the inputs are that are not known. */
  readonly isCertain: boolean;
}

/** What a preview knows of what it asks for. */
export interface Foreseen<State> {
  /** What the last run left; undefined for a new resource. */
  readonly state?: State | undefined;
  readonly unknown: ReadonlySet<string>;
  /** Whether the rotation comes whatever they are. */
  readonly isCertain: boolean;
}

/** What a refresh has seen. */
export type Looked<State> =
  /** The key that it was asked with may not see the record, or it may. */
  | { readonly kind: "seen" | "unseen"; readonly state: State; readonly said: readonly Announcement[] }
  /** LaunchDarkly shows no such record. The state of what is left; undefined if the resource is gone with it. */
  | { readonly kind: "missing"; readonly state: State | undefined; readonly said: readonly Announcement[] };

/** Asks LaunchDarkly with a key of the credential's own. */
export interface OwnReading extends Pick<Client, "sendIdempotent" | "elapsed"> {
  readonly key: string;
}

/** A resource that goes. */
export interface Deletion<State> {
  /** Undefined if it can't be read, and nothing is owned. */
  readonly state: State | undefined;
  readonly run: Pick<Run, "host" | "progress">;
  /** @throws {UserError} if the settings are wrong */
  session(): Session;
  readonly id: string;
  readonly stage: Stage;
  readonly urn: string | undefined;
}

/** Whose the configured key is: another token's, or the token's own one, current or in the grace that a reset left it. */
export type ConfiguredKey = "another token's" | "current" | "in its grace";

/** A state, with what Pulumi keeps of it. */
export interface Saved {
  /** The resource's id. */
  readonly id: string;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly state: unknown;
}

/** Thrown once LaunchDarkly may have changed the key. Pulumi saves the state, and the next run finishes the work. */
export class SavedFailure extends UserError {
  /** Private, because it holds the key: a crash dump, or a log of the error, prints every property of its own. */
  readonly #saved: Saved;

  constructor(saved: Saved, message: string) {
    super(message);
    this.#saved = saved;
  }

  get saved(): Saved {
    return this.#saved;
  }
}

/**
 * Says of a failure that everything is as it was before.
 *
 * @param work changes nothing at LaunchDarkly
 * @param undone what did not come about
 * @throws {UserError} in place of what LaunchDarkly answered
 */
export async function asNoChangeError<Result>(
  work: () => Promise<Result>,
  undone: "Not reset" | "Not taken over" | "Not rotated" | "Not created",
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof LaunchDarklyError)) throw error;
    throw new UserError(`${undone}: ${error.message}`);
  }
}

/** A key works, but it is another token's: an answer was mixed up on its way. */
export class AnothersKey extends Error {
  /** @param tokenId the token that the key belongs to */
  constructor(readonly tokenId: string) {
    super(`the key belongs to another access token (${printable(tokenId)})`);
  }
}
