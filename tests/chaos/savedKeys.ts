/** The keys in the state of a stack, also after a run that failed and left no outputs. */
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

/** @returns pairs of a token's id and its key; none if the state can't be read */
export async function savedKeys(stack: Stack): Promise<[id: string, key: string][]> {
  const { status, standardOutput } = await stack.pulumi("stack", "export", "--show-secrets");
  if (status !== 0) return [];
  const { resources } = exportSchema.parse(JSON.parse(standardOutput)).deployment;
  return (resources ?? [])
    .map(({ outputs }) => rotationSchema.safeParse(outputs).data)
    .filter((rotation) => rotation !== undefined)
    .flatMap(({ tokenId, token }) => (typeof token.plaintext === "string" ? [[tokenId, token.plaintext]] : []));
}
