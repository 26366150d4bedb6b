/** How the resources of a class are read, written and told: the part of a strategy that needs no run. */
import type { ZodType } from "zod";

import type { Announcement, Impossible, Overlap } from "../messages/announcement";
import type { Properties } from "../model/json";
import type { Saved } from "./work";

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
