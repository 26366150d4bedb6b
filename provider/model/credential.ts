/**
 * The port between the core and a kind of credential: all that the core knows of one. What LaunchDarkly offers for it is
 * data here, so that nothing else has to ask which kind it is. How it rotates is one of two strategies.
 */
import type { z } from "zod";

import type { Fixed, Found, KeyRecord, Settings } from "./answers";
import type { Inputs, OwnedInputs } from "./inputs";
import type { Json } from "./json";
import type { Details, Identity } from "./state";

/** The words of messages for one kind of credential. */
export interface Wording {
  /** Before its name, as in "access token 610955…". */
  readonly noun: string;
  /** Instead of its name, as in "resets the token again". */
  readonly it: string;
  /** What a 404 says is missing, and what to check then. */
  readonly missing: { readonly what: string; readonly advice: string };
  /** The same of a list or a creation; undefined where these have no place of their own. */
  readonly missingPlace?: { readonly what: string; readonly advice: string };
}

/** The same where the next record takes the place of the one before. */
export interface RecordWording extends Wording {
  /** One of several, as in "the previous token". */
  readonly short: string;
  /** What is secret of it, as in "nobody has its key". */
  readonly secret: string;
  /** What has them, and may limit their number, as in "the account". */
  readonly holder: string;
}

interface Port<Read> {
  /** The name of the resource's class, and so of its type. Never to be changed: every state holds it. */
  readonly className: string;
  readonly wording: Wording;
  /** Reads the program's inputs; refuses each that is wrong in words, without its value. */
  readonly inputs: z.ZodType<Read>;
  /** Their names, in the order in which people are told them. */
  readonly inputNames: readonly string[];
}

/** A record that exists, whose key LaunchDarkly replaces. */
export interface ResetCredential extends Port<Inputs> {
  readonly strategy: "reset";

  /** The inputs and outputs by which LaunchDarkly knows it, in the order of the resource's id. A change replaces it. */
  readonly identity: readonly string[];
  /** The input that takes over a key which LaunchDarkly does not show again; undefined where it can be read. */
  readonly initialKey?: string;

  /** The names of the outputs that differ between credentials. */
  readonly outputs: { readonly key: string; readonly lastFour: string };
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
   * The id of the access token, for a key that LaunchDarkly's REST API accepts. Such a key can be verified by using it,
   * and may be the one that the stack authenticates with.
   */
  readonly accessTokenId?: (identity: Identity) => string;
}

/** A change of a setting; what is removed is left to LaunchDarkly. */
export type SettingChange =
  | { readonly kind: "set"; readonly setting: string; readonly value: Json }
  | { readonly kind: "remove"; readonly setting: string };

/** A record that the stack owns: the next one is made, and the one before is given an end. */
export interface ReplaceCredential extends Port<OwnedInputs> {
  readonly strategy: "replace";
  readonly wording: RecordWording;

  /** The names of the outputs that differ between credentials. */
  readonly outputs: {
    readonly key: string;
    readonly lastFour: string;
    /** LaunchDarkly's id of the current record. */
    readonly id: string;
    /** The records before it. */
    readonly previous: string;
    /** One that is newer than the state. */
    readonly newer: string;
  };
  /** The inputs that can't be changed, and the outputs that keep them. Another value replaces the resource. */
  readonly fixed: readonly {
    readonly input: string;
    readonly output: string;
    readonly schema: z.ZodType<string | boolean>;
  }[];
  /** The names of the settings, in the order in which people are told of them. */
  readonly settings: readonly string[];
  /** How a state keeps them. */
  readonly storedSettings: z.ZodType<Settings>;
  /** Those that take each other's place: LaunchDarkly takes one of them. */
  readonly exclusive: readonly string[];
  /** The inputs that take over a record. */
  readonly initial: { readonly id: string; readonly key?: string };
  /** Warns of an input that is probably a mistake, or changes less than it seems, when it is given and not at every run. */
  readonly inputWarnings?: (
    before: Readonly<Record<string, unknown>>,
    inputs: Pick<OwnedInputs, "settings" | "atCreation">,
    unknown: ReadonlySet<string>,
  ) => readonly string[];

  /** Where LaunchDarkly lists the records, and where it has each: absolute paths. */
  readonly paths: { list(fixed: Fixed): string; record(fixed: Fixed, id: string): string };
  /** The version of LaunchDarkly's API that its requests need. @default the one that this package is written for */
  readonly apiVersion?: string;
  /** What a refusal may mean besides the role: a sentence. */
  readonly otherwise?: string;
  /**
   * How a record is identified by whoever makes it, and so found again if the answer was lost: the identifier of a resource's
   * record, by its sequence number. Undefined where LaunchDarkly chooses the id.
   */
  readonly identifier?: (inputs: Pick<OwnedInputs, "owner" | "idPrefix">, number: number) => string;
  /** What a list is asked with, besides its page. */
  readonly listQuery: Readonly<Record<string, string>>;
  /** LaunchDarkly's names of the actions that a role must allow, where they are known. */
  readonly actions: {
    readonly create?: string;
    readonly expire?: string;
    readonly delete?: string;
    readonly describe?: string;
    /** Any of the settings. */
    readonly change?: string;
  };
  /** Reads a record in an answer; undefined if it does not show one. */
  readonly readRecord: (body: unknown) => KeyRecord | undefined;
  /** Reads the whole key in the answer to a creation; undefined if there is none. */
  readonly readNewKey: (body: unknown) => string | undefined;
  /** What LaunchDarkly is asked to make, as JSON. @param id undefined where LaunchDarkly chooses it */
  readonly creation: (settings: Settings, fixed: Fixed, id: string | undefined) => Json;
  /** How it is asked to change a record, as JSON. */
  readonly change: (changes: readonly SettingChange[]) => Json;
  /** How it is asked to give a record an end, in epoch milliseconds: each way that is worth a try, as JSON. */
  readonly expiry: (at: number) => readonly Json[];
  /** Why a record can't be taken over, if its fixed values are others; undefined for a value that is not known yet. */
  readonly fixedProblem: (fixed: Partial<Fixed>, record: KeyRecord) => string | undefined;
  /**
   * Whether a record is one that a stack may own: of this kind, and no default one. Undefined if LaunchDarkly does not say,
   * which is no proof of either.
   */
  readonly isOfKind: (record: KeyRecord) => boolean | undefined;
  /** Whether LaunchDarkly says when a record was last used. */
  readonly tellsUse: boolean;
  /** Whether LaunchDarkly's REST API accepts its keys: then one can be verified by using it. */
  readonly isAccessToken: boolean;
  /** Whether LaunchDarkly shows the whole key to whoever looks; then none can be lost. */
  readonly isReadable: boolean;
}

export type Credential = ResetCredential | ReplaceCredential;
