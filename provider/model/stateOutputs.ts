/** The state as the outputs of a resource, which Pulumi keeps: the names are the credential's, the shape is for ever. */
import { z } from "zod";

import type { ResetCredential } from "./credential";
import { lastFourOf } from "./found";
import type { Properties } from "./properties";
import { recordSchema, type State } from "./state";

const keySchema = z.string().nullable().default(null);

/** Made once: to make a schema takes longer than to read a state with it. */
const namedSchemas = new WeakMap<ResetCredential, z.ZodType<Record<string, string | null>>>();

/** The outputs whose names are the credential's. */
function namedSchema(credential: ResetCredential) {
  const known = namedSchemas.get(credential);
  if (known !== undefined) return known;
  const { identity, outputs } = credential;
  const schema = z.object({
    ...Object.fromEntries(identity.map((name) => [name, z.string()])),
    [outputs.key]: keySchema,
    [outputs.lastFour]: keySchema,
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
  const { identity, key, lastFour, details, openReset, home, baselinePending, ...record } = state;
  return {
    ...identity,
    ...record,
    // What an older state lacks is no change that a refresh would show.
    ...(home !== null && { home }),
    ...(openReset !== null && { openReset }),
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
