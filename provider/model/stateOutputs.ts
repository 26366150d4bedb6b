/** The state as the outputs of a resource, which Pulumi keeps: the names are the credential's, the shape is for ever. */
import { z } from "zod";

import type { Credential } from "./credential";
import { keyEnding } from "./found";
import type { Properties } from "./properties";
import { recordSchema, type State } from "./state";

const keySchema = z.string().nullable().default(null);

/** Made once: to make a schema takes longer than to read a state with it. */
const namedSchemas = new WeakMap<Credential, z.ZodType<Record<string, string | null>>>();

/** The outputs whose names are the credential's. */
function namedSchema(credential: Credential) {
  const known = namedSchemas.get(credential);
  if (known !== undefined) return known;
  const { identity, outputs } = credential;
  const schema = z.object({
    ...Object.fromEntries(identity.map((name) => [name, z.string()])),
    [outputs.key]: keySchema,
    [outputs.keyEnding]: keySchema,
  });
  namedSchemas.set(credential, schema);
  return schema;
}

/**
 * @param olds the outputs of the last run, also those of an older release
 * @returns the state, or the names of the outputs that no release has written so
 */
export function readOutputs(credential: Credential, olds: Properties): State | { readonly problems: string[] } {
  const { identity: names, outputs, details } = credential;
  const core = namedSchema(credential);
  const [named, record, said] = [core.safeParse(olds), recordSchema.safeParse(olds), details.safeParse(olds)];
  if (!named.success || !record.success || !said.success) {
    const issues = [named, record, said].flatMap(({ error }) => error?.issues ?? []);
    return { problems: [...new Set(issues.map(({ path }) => path.map(String).join(".")))] };
  }
  const texts = named.data;
  const ending = texts[outputs.keyEnding];
  return {
    ...record.data,
    identity: Object.fromEntries(names.map((name) => [name, texts[name] ?? ""])),
    key: texts[outputs.key] ?? null,
    // Older releases kept what LaunchDarkly showed, which may be more than an ending.
    keyEnding: typeof ending === "string" ? keyEnding(ending) : null,
    details: said.data,
  };
}

/** The outputs that Pulumi is to keep. */
export function stateOutputs({ outputs }: Credential, state: State): Record<string, unknown> {
  const { identity, key, keyEnding, details, openReset, home, ...record } = state;
  return {
    ...identity,
    ...record,
    // What an older state lacks is no change that a refresh would show.
    ...(home !== null && { home }),
    ...(openReset !== null && { openReset }),
    [outputs.key]: key,
    [outputs.keyEnding]: keyEnding,
    ...details,
  };
}

/** The id of the resource in the stack. */
export function resourceId({ identity: names }: Credential, identity: State["identity"]): string {
  return names.map((name) => identity[name]).join("/");
}

/** A state, with what Pulumi keeps of it. */
export function savedState(credential: Credential, state: State) {
  return { id: resourceId(credential, state.identity), outputs: stateOutputs(credential, state), state };
}
