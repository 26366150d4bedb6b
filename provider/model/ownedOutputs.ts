/**
 * The state of a resource that owns its credential as outputs, which Pulumi keeps: the names are the credential's, the
 * shape is for ever.
 */
import { z } from "zod";

import type { ReplaceCredential } from "./credential";
import { ownedRecordSchema, type OwnedState, type Previous, retirementSchema } from "./ownedState";
import type { Properties } from "./properties";
import type { Fixed } from "./record";

type Names = Pick<ReplaceCredential, "outputs" | "fixed" | "storedSettings" | "tellsUse">;

const optionalText = z.string().nullable().default(null);

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
const namedSchemas = new WeakMap<object, ReturnType<typeof schemaOf>>();

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
  const schema = namedSchemas.get(credential) ?? schemaOf(credential);
  namedSchemas.set(credential, schema);
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
  const { key, currentId, lastFour, newer, previous, fixed, home, baselinePending, ...record } = state;
  return {
    // What an older state lacks is no change that a refresh would show.
    ...(home !== null && { home }),
    ...(baselinePending && { baselinePending }),
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
    retirements: previous.map(({ id, retiredAt, end, asked, byDeletion }) => {
      return { id, retiredAt, end, ...(asked !== undefined && { asked }), byDeletion };
    }),
  };
}

/** A state, with what Pulumi keeps of it. */
export function savedOwned(credential: Names, state: OwnedState) {
  return { id: state.nonce, outputs: ownedOutputs(credential, state), state };
}

/** Null for what is no date: a key may depend on this. */
function instant(epochMilliseconds: number | null): string | null {
  const date = new Date(epochMilliseconds ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
