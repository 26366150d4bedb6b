/** The state of a resource that owns its access token as outputs, which Pulumi keeps: the shape is for ever. */
import { z } from "zod";

import { type OwnedState, type Previous, recordSchema, retirementSchema } from "./ownedToken";
import type { Properties } from "./properties";

const optionalText = z.string().nullable().default(null);

/** A token that the current one has replaced, as people see it. */
const previousTokenSchema = z.object({
  id: z.string(),
  lastFour: optionalText,
  /** ISO 8601 instants. */
  expiresAt: optionalText,
  lastUsedAt: optionalText,
});

const storedSchema = recordSchema.extend({
  previousTokens: z.array(previousTokenSchema).default([]),
  retirements: z.array(retirementSchema).default([]),
});

/**
 * @param olds the outputs of the last run
 * @returns the state, or the names of the outputs that no release has written so
 */
export function readOwned(olds: Properties): OwnedState | { readonly problems: string[] } {
  const parsed = storedSchema.safeParse(olds);
  if (!parsed.success) {
    return { problems: [...new Set(parsed.error.issues.map(({ path }) => path.map(String).join(".")))] };
  }
  const { previousTokens, retirements, ...record } = parsed.data;
  const previous = previousTokens.map(({ id, lastFour, lastUsedAt }): Previous => {
    const known = retirements.find((retirement) => retirement.id === id);
    const lastUsed = lastUsedAt === null ? null : Date.parse(lastUsedAt);
    return { id, retiredAt: null, end: null, byDeletion: false, ...known, lastFour, lastUsed };
  });
  return { ...record, previous };
}

/** The outputs that Pulumi is to keep. */
export function ownedOutputs({ previous, home, ...record }: OwnedState): Record<string, unknown> {
  return {
    // What an older state lacks is no change that a refresh would show.
    ...(home !== null && { home }),
    // JSON only: an undefined setting would break the call after its side effects.
    ...(JSON.parse(JSON.stringify(record)) as object),
    previousTokens: previous.map(({ id, lastFour, end, lastUsed }) => {
      return { id, lastFour, expiresAt: instant(end), lastUsedAt: instant(lastUsed === 0 ? null : lastUsed) };
    }),
    retirements: previous.map(({ id, retiredAt, end, asked, byDeletion }) => {
      return { id, retiredAt, end, ...(asked !== undefined && { asked }), byDeletion };
    }),
  };
}

/** A state, with what Pulumi keeps of it. */
export function savedOwned(state: OwnedState) {
  return { id: state.nonce, outputs: ownedOutputs(state), state };
}

/** Null for what is no date: a key may depend on this. */
function instant(epochMilliseconds: number | null): string | null {
  const date = new Date(epochMilliseconds ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
