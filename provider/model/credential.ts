/**
 * The port between the rotation and a kind of credential: all that the core knows of one. What LaunchDarkly offers for
 * it is data here, so that nothing else has to ask which kind it is.
 */
import type { z } from "zod";

import type { Found } from "./found";
import type { Inputs } from "./inputs";
import type { Details, Identity } from "./state";

/** The words of messages for one kind of credential. */
export interface Wording {
  /** Before its name, as in "access token 610955…". */
  readonly noun: string;
  /** Instead of its name, as in "resets the token again". */
  readonly it: string;
  /** What a 404 says is missing, and what to check then. */
  readonly missing: { readonly what: string; readonly advice: string };
}

export interface Credential {
  /** The name of the resource's class, and so of its type. Never to be changed: every state holds it. */
  readonly className: string;
  readonly wording: Wording;

  /** The inputs and outputs by which LaunchDarkly knows it, in the order of the resource's id. A change replaces it. */
  readonly identity: readonly string[];
  /** Reads the program's inputs; refuses each that is wrong in words, without its value. */
  readonly inputs: z.ZodType<Inputs>;
  /** Their names, in the order in which people are told them. */
  readonly inputNames: readonly string[];
  /** The input that takes over a key which LaunchDarkly does not show again; undefined where it can be read. */
  readonly initialKey?: string;

  /** The names of the outputs that differ between credentials. */
  readonly outputs: { readonly key: string; readonly keyEnding: string };
  /** The outputs that LaunchDarkly's answers fill, with their defaults. */
  readonly details: z.ZodType<Details>;
  /** Details whose change outside Pulumi is worth a message, and what people call them. */
  readonly toldDetails: Readonly<Record<string, string>>;

  /** Where LaunchDarkly shows it, and where it resets it: absolute paths. */
  readonly paths: { look(identity: Identity): string; reset(identity: Identity): string };
  /** LaunchDarkly's names of the actions that a role must allow, where one is known. */
  readonly actions: { readonly look?: string; readonly reset: string };
  /** What to do when LaunchDarkly has taken its reset away, if that may come: a sentence. */
  readonly withoutReset?: string;
  /** Reads what LaunchDarkly shows of it; undefined if the answer does not show it. */
  readonly readFound: (body: unknown) => Found | undefined;
  /** Reads the whole new key in the answer to a reset; undefined if there is none. */
  readonly readNewKey: (body: unknown) => string | undefined;
  /** Whether LaunchDarkly shows the whole key to whoever looks; then none can be lost. */
  readonly isReadable: boolean;
  /** Why the old key has no grace, if LaunchDarkly gives none: a sentence for the preview. */
  readonly noGrace?: string;
  /**
   * The id of the access token, for a key that LaunchDarkly's REST API accepts. Such a key can be proved by using it,
   * and may be the one that the stack authenticates with.
   */
  readonly accessTokenId?: (identity: Identity) => string;
}
