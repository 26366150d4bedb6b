/** The inputs of a resource that owns its credential, read. */
import type { Inputs } from "./inputs";
import type { OldKeyExpiry } from "./oldKeyExpiry";
import type { Fixed, Settings } from "./record";

export interface OwnedInputs extends Pick<
  Inputs,
  "triggers" | "rotateAfter" | "frozen" | "verify" | "allowSelfRotation"
> {
  /** The organization of the stack, and the URN of the resource, with a slash between. */
  readonly owner: string;
  /** What people call the record. */
  readonly name: string;
  /** What the record is to be, the name included; a setting that the program leaves out is LaunchDarkly's. */
  readonly settings: Settings;
  readonly fixed: Fixed;
  /** What a record is made with besides its settings, and what can't be changed later. */
  readonly atCreation?: Settings | undefined;
  /** How the identifiers of its records begin, where the stack chooses them; undefined for the default. */
  readonly idPrefix?: string | undefined;
  readonly oldKeyExpiry: OldKeyExpiry;
  /** What is taken over when the resource is created; undefined to make one. Its key is undefined where it can be read. */
  readonly initial: { readonly key?: string | undefined; readonly id: string } | undefined;
}
