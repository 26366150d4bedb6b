/** What the state holds of a resource that owns its token. */
import { z } from "zod";

import type { ReplaceCredential } from "../../../provider/model/credential";
import type { Saved } from "../savedRotations";

const outputsSchema = z.object({
  nonce: z.string(),
  retirements: z.array(
    z.object({
      id: z.string(),
      retiredAt: z.number().nullable(),
      /** Whether nobody knows when its grace has begun. */
      isEstimate: z.boolean().optional(),
      end: z.number().nullable(),
      byDeletion: z.boolean(),
    }),
  ),
});

const idSchema = z.string().nullable();
const previousSchema = z.array(z.object({ id: z.string() }));

export type Retirement = z.infer<typeof outputsSchema>["retirements"][number];

export interface SavedTokens {
  /** By which marks tell the resource from all others. */
  readonly nonce: string;
  /** The current one; null while there is none. */
  readonly key: string | null;
  readonly id: string | null;
  /** Those before it, newest first. */
  readonly previous: readonly Retirement[];
  /** The ids of all. */
  readonly ids: readonly string[];
}

export function savedTokens({ key, outputs }: Saved, { outputs: names }: ReplaceCredential): SavedTokens {
  const { nonce, retirements } = outputsSchema.parse(outputs);
  const id = idSchema.parse(outputs[names.id]);
  const previous = previousSchema.parse(outputs[names.previous]).map((token): Retirement => {
    const known = retirements.find((one) => one.id === token.id);
    return known ?? { id: token.id, retiredAt: null, end: null, byDeletion: false };
  });
  return { nonce, key, id, previous, ids: [...(id === null ? [] : [id]), ...previous.map((token) => token.id)] };
}

/** When a previous token is to end by what the program says; undefined while its successor is not proven. */
export function askedEnd({ retiredAt }: Retirement, graceMs: number): number | undefined {
  return retiredAt === null ? undefined : retiredAt + graceMs;
}
