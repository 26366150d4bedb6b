/** The rotations in the state of a stack, also after a run that failed and left no outputs. */
import { z } from "zod";

import type { Stack } from "../../tools/stack/stack";

const exportSchema = z.object({
  deployment: z.object({ resources: z.array(z.object({ outputs: z.unknown().optional() })).nullish() }),
});

/** The outputs of a rotation; Pulumi exports a secret as the JSON of its value. */
const rotationSchema = z.object({
  tokenId: z.string(),
  token: z.object({ plaintext: z.string().transform((json): unknown => JSON.parse(json)) }),
});

/** @returns the keys by their tokens' ids, null for a rotation that holds none; undefined if the state can't be read */
export async function savedRotations(stack: Stack): Promise<ReadonlyMap<string, string | null> | undefined> {
  const { status, standardOutput } = await stack.pulumi("stack", "export", "--show-secrets");
  if (status !== 0) return undefined;
  const { resources } = exportSchema.parse(JSON.parse(standardOutput)).deployment;
  const found = (resources ?? []).map(({ outputs }) => rotationSchema.safeParse(outputs).data);
  const rotations = new Map<string, string | null>();
  for (const { tokenId, token } of found.filter((rotation) => rotation !== undefined)) {
    rotations.set(tokenId, typeof token.plaintext === "string" ? token.plaintext : null);
  }
  return rotations;
}
