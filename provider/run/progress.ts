/** How far a run has come: shown while it waits, and remembered where Pulumi calls again. */
import type { Fixed, KeyRecord } from "../model/answers";
import type { OldKeyExpiry } from "../model/duration";

export interface Progress {
  /** The names of the credentials that this run is known to rotate. */
  readonly due: Set<string>;
  /** The names of those that it has rotated. */
  readonly done: Set<string>;
  /** The resources that own their credential, and that the program of this run has: by organization and URN. */
  readonly owners: Map<string, OwnerInProgram>;
  /** The keys that resources of this run have taken over, by what LaunchDarkly knows the credential by. */
  readonly held: Map<string, string>;
  /** The lists of records that previews of this run have asked for, by where the records are. */
  readonly lists: Map<string, Promise<readonly KeyRecord[]>>;
  /** The nonces of resources for which this run has sent creations that may still be carried out: it lost their answers. */
  readonly late: Set<string>;
  /** What calls of this run that failed were given and have left, by the names of the credentials. */
  readonly unfinished: Map<string, Unfinished>;
  /** What the run has been warned of, so that nothing is said once for every resource. */
  readonly warned: Set<string>;
}

/** What a run knows of a resource that owns its credential. */
export interface OwnerInProgram {
  readonly className: string;
  /** What the program says of the end of previous keys. */
  readonly oldKeyExpiry: OldKeyExpiry;
  /** What tells the resource that the state has, or will have, from one that it replaces; undefined while none is made. */
  nonce?: string;
  /** LaunchDarkly's id of its current record. */
  currentId?: string | null;
  /** What can't be changed of its records: also where they are. */
  fixed?: Fixed;
  /** Whether the stack had a resource of that name when the run began. */
  wasThere?: boolean;
  /** Whether this run has made it. */
  isNew?: boolean;
  /** Whether this run has tried to make it. */
  isTried?: boolean;
  /** Whether its current key has proven to work. */
  isProven?: boolean;
  /** Whether it may take the place of one that is not deleted yet. */
  awaits?: boolean;
  /** The nonces of resources that were deleted before this one, which takes their place, is made. */
  readonly replaced: Set<string>;
}

export interface Unfinished {
  /** A state; undefined for a new resource. */
  readonly given: unknown;
  /** A state; undefined as long as there is nothing to save. */
  readonly left: unknown;
  /** How many of the calls have failed, one after the other. */
  readonly failures: number;
}

export function createProgress(): Progress {
  return {
    due: new Set(),
    done: new Set(),
    owners: new Map(),
    held: new Map(),
    lists: new Map(),
    late: new Set(),
    unfinished: new Map(),
    warned: new Set(),
  };
}
