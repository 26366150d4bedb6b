/** The rotations in the state of a stack, also after a run that failed and left no outputs. */
import { z } from "zod";

import type { Stack } from "../../tools/stack/stack";
import { everyCredential } from "./credentials";

const exportSchema = z.object({
  deployment: z.object({
    resources: z.array(z.object({ urn: z.string(), outputs: z.record(z.string(), z.unknown()).optional() })).nullish(),
  }),
});

/** Pulumi exports a secret as the JSON of its value. */
const secretSchema = z.object({ plaintext: z.string().transform((json): unknown => JSON.parse(json)) });

/** @returns the keys by their resources' names, null for one that holds none; undefined if the state can't be read */
export async function savedRotations(stack: Stack): Promise<ReadonlyMap<string, string | null> | undefined> {
  const { status, standardOutput } = await stack.pulumi("stack", "export", "--show-secrets");
  if (status !== 0) return undefined;
  const { resources } = exportSchema.parse(JSON.parse(standardOutput)).deployment;
  const rotations = new Map<string, string | null>();
  for (const { name, kind } of everyCredential) {
    const saved = resources?.find(({ urn }) => urn.endsWith(`::${name}`));
    if (saved === undefined) continue;
    const key = secretSchema.safeParse(saved.outputs?.[kind.credential.outputs.key]).data?.plaintext;
    rotations.set(name, typeof key === "string" ? key : null);
  }
  return rotations;
}
