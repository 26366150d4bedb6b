/** The state as the outputs of a resource, which Pulumi keeps: the names are the credential's, the shape is for ever. */
import { z } from "zod";

import { type Fixed, lastFourOf } from "./answers";
import type { Credential, ReplaceCredential, ResetCredential } from "./credential";
import type { Properties } from "./json";
import { ownedRecordSchema, type OwnedState, type Previous, retirementSchema } from "./ownedState";
import { recordSchema, type State } from "./state";

const optionalText = z.string().nullable().default(null);

/** Made once: to make a schema takes longer than to read a state with it. */
const namedSchemas = new WeakMap<ResetCredential, z.ZodType<Record<string, string | null>>>();

/** The outputs whose names are the credential's. */
function namedSchema(credential: ResetCredential) {
  const known = namedSchemas.get(credential);
  if (known !== undefined) return known;
  const { identity, outputs } = credential;
  const schema = z.object({
    ...Object.fromEntries(identity.map((name) => [name, z.string()])),
    [outputs.key]: optionalText,
    [outputs.lastFour]: optionalText,
  });
  namedSchemas.set(credential, schema);
  return schema;
}

/**
 * @param olds the outputs of the last run, also those of an older release
 * @returns the state, or the names of the outputs that no release has written so
 */
export function readOutputs(credential: ResetCredential, olds: Properties): State | { readonly problems: string[] } {
  const { identity: names, outputs, details } = credential;
  const core = namedSchema(credential);
  const [named, record, said] = [core.safeParse(olds), recordSchema.safeParse(olds), details.safeParse(olds)];
  if (!named.success || !record.success || !said.success) {
    const issues = [named, record, said].flatMap(({ error }) => error?.issues ?? []);
    return { problems: [...new Set(issues.map(({ path }) => path.map(String).join(".")))] };
  }
  const texts = named.data;
  const ending = texts[outputs.lastFour];
  return {
    ...record.data,
    identity: Object.fromEntries(names.map((name) => [name, texts[name] ?? ""])),
    key: texts[outputs.key] ?? null,
    // Older releases kept what LaunchDarkly showed, which may be more than an ending.
    lastFour: typeof ending === "string" ? lastFourOf(ending) : null,
    details: said.data,
  };
}

/** The outputs that Pulumi is to keep. */
export function stateOutputs({ outputs }: ResetCredential, state: State): Record<string, unknown> {
  const { identity, key, lastFour, details, openReset, foreignEnd, home, baselinePending, ...record } = state;
  return {
    ...identity,
    ...record,
    // What an older state lacks is no change that a refresh would show.
    ...(home !== null && { home }),
    ...(openReset !== null && { openReset }),
    ...(foreignEnd !== null && { foreignEnd }),
    ...(baselinePending && { baselinePending }),
    [outputs.key]: key,
    [outputs.lastFour]: lastFour,
    ...details,
  };
}

/** The id of the resource in the stack. */
export function resourceId({ identity: names }: ResetCredential, identity: State["identity"]): string {
  return names.map((name) => identity[name]).join("/");
}

/** A state, with what Pulumi keeps of it. */
export function savedState(credential: ResetCredential, state: State) {
  return { id: resourceId(credential, state.identity), outputs: stateOutputs(credential, state), state };
}

// The state of a resource that owns its credential as outputs, which Pulumi keeps: the names are the credential's, the
// shape is for ever.

type Names = Pick<ReplaceCredential, "outputs" | "fixed" | "storedSettings" | "tellsUse">;

/** A record that the current one has replaced, as people see it. */
const previousSchema = z.object({
  id: z.string(),
  lastFour: optionalText,
  /** ISO 8601 instants. */
  expiresAt: optionalText,
  /** Absent where LaunchDarkly never says. */
  lastUsedAt: optionalText,
});

const storedSchema = ownedRecordSchema.extend({ retirements: z.array(retirementSchema).default([]) });
const newerSchema = z.object({ id: z.string(), lastFour: optionalText }).nullable().default(null);

/** Made once: to make a schema takes longer than to read a state with it. */
const ownedSchemas = new WeakMap<object, ReturnType<typeof schemaOf>>();

/** The outputs whose names are the credential's. */
function schemaOf({ outputs, fixed, storedSettings }: Names) {
  const settings = storedSettings.default({});
  return z.object({
    key: z.object({ [outputs.key]: optionalText }).transform((named) => named[outputs.key] ?? null),
    currentId: z.object({ [outputs.id]: optionalText }).transform((named) => named[outputs.id] ?? null),
    lastFour: z.object({ [outputs.lastFour]: optionalText }).transform((named) => named[outputs.lastFour] ?? null),
    newer: z.object({ [outputs.newer]: newerSchema }).transform((named) => named[outputs.newer] ?? null),
    previous: z
      .object({ [outputs.previous]: z.array(previousSchema).default([]) })
      .transform((named) => named[outputs.previous] ?? []),
    settings: z.object({ settings }).transform((named) => named.settings),
    shown: z.object({ shown: settings }).transform((named) => named.shown),
    fixed: z
      .object(Object.fromEntries(fixed.map(({ output, schema }) => [output, schema])))
      .transform((named): Fixed => Object.fromEntries(fixed.map(({ input, output }) => [input, named[output] ?? ""]))),
  });
}

/**
 * @param olds the outputs of the last run
 * @returns the state, or the names of the outputs that no release has written so
 */
export function readOwned(credential: Names, olds: Properties): OwnedState | { readonly problems: string[] } {
  const schema = ownedSchemas.get(credential) ?? schemaOf(credential);
  ownedSchemas.set(credential, schema);
  const [stored, named] = [
    storedSchema.safeParse(olds),
    schema.safeParse(Object.fromEntries(Object.keys(schema.shape).map((part) => [part, olds]))),
  ];
  if (!stored.success || !named.success) {
    const paths = [
      // The first part of the path is the name that the state has in the core.
      ...(named.error?.issues ?? []).map(({ path }) => path.slice(1)),
      ...(stored.error?.issues ?? []).map(({ path }) => path),
    ];
    return { problems: [...new Set(paths.map((path) => path.map(String).join(".")))] };
  }
  const { retirements, ...record } = stored.data;
  const previous = named.data.previous.map(({ id, lastFour, lastUsedAt }): Previous => {
    const known = retirements.find((retirement) => retirement.id === id);
    const lastUsed = lastUsedAt === null ? null : Date.parse(lastUsedAt);
    return { id, retiredAt: null, end: null, byDeletion: false, ...known, lastFour, lastUsed };
  });
  return { ...record, ...named.data, previous };
}

/** The outputs that Pulumi is to keep. */
export function ownedOutputs({ outputs, fixed: kept, tellsUse }: Names, state: OwnedState): Record<string, unknown> {
  const { key, currentId, lastFour, newer, previous, fixed, home, baselinePending, isReplacement, ...record } = state;
  return {
    // What an older state lacks is no change that a refresh would show.
    ...(home !== null && { home }),
    ...(baselinePending && { baselinePending }),
    ...(isReplacement && { isReplacement }),
    // JSON only: an undefined setting would break the call after its side effects.
    ...(JSON.parse(JSON.stringify(record)) as object),
    ...Object.fromEntries(kept.map(({ input, output }) => [output, fixed[input]])),
    [outputs.key]: key,
    [outputs.id]: currentId,
    [outputs.lastFour]: lastFour,
    [outputs.newer]: newer,
    [outputs.previous]: previous.map(({ id, lastFour: ending, end, lastUsed }) => {
      return {
        id,
        lastFour: ending,
        expiresAt: instant(end),
        ...(tellsUse && { lastUsedAt: instant(lastUsed === 0 ? null : lastUsed) }),
      };
    }),
    retirements: previous.map(({ id, retiredAt, isEstimate, end, asked, byDeletion }) => {
      const more = { ...(asked !== undefined && { asked }), ...(isEstimate === true && { isEstimate }) };
      return { id, retiredAt, end, ...more, byDeletion };
    }),
  };
}

/** A state, with what Pulumi keeps of it. */
export function savedOwned(credential: Names, state: OwnedState) {
  return { id: state.nonce, outputs: ownedOutputs(credential, state), state };
}

/** What programs read of every state. */
const AUDIT_TRAIL = ["triggers", "oldKeyExpiresAt", "lastRotatedAt", "rotationCount", "lastRotationReason"];

/** The names of the outputs that a resource remembers for itself. */
export function memoryOf(credential: Credential): ReadonlySet<string> {
  const names =
    credential.strategy === "reset"
      ? Object.keys(recordSchema.shape)
      : [...Object.keys(storedSchema.shape), credential.outputs.newer];
  return new Set(names.filter((name) => !AUDIT_TRAIL.includes(name)));
}

/** Null for what is no date: a key may depend on this. */
function instant(epochMilliseconds: number | null): string | null {
  const date = new Date(epochMilliseconds ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
