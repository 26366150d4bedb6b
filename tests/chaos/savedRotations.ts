/** The rotations in the state of a stack, also after a run that failed and left no outputs. */
import { z } from "zod";

import type { Stack } from "../../tools/stack/stack";
import { everyCredential } from "./credentials";
import { BELOW_PARENT, ownedClassOf } from "./owned/tokens";

const exportSchema = z.object({
  deployment: z.object({
    resources: z
      .array(
        z.object({
          urn: z.string(),
          outputs: z.record(z.string(), z.unknown()).optional(),
          /** Whether it is replaced already, and not deleted yet. */
          delete: z.boolean().optional(),
        }),
      )
      .nullish(),
  }),
});

/** Pulumi exports a secret as the JSON of its value. */
const secretSchema = z.object({ plaintext: z.string().transform((json): unknown => JSON.parse(json)) });

export interface Saved {
  /** Null if the state holds none. */
  readonly key: string | null;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** Whether Pulumi has dropped what it had saved. */
export function isEmpty({ outputs }: Saved): boolean {
  return Object.keys(outputs).length === 0;
}

/** @returns what the state holds, by the resources' names; undefined if the state can't be read */
export async function savedRotations(stack: Stack): Promise<ReadonlyMap<string, Saved> | undefined> {
  const { status, standardOutput } = await stack.pulumi("stack", "export", "--show-secrets");
  if (status !== 0) return undefined;
  const { resources } = exportSchema.parse(JSON.parse(standardOutput)).deployment;
  const rotations = new Map<string, Saved>();
  for (const { urn, outputs = {}, delete: isReplaced = false } of resources ?? []) {
    if (isReplaced) continue;
    const [type = "", plain = ""] = urn.split("::").slice(2);
    const name = type.includes("$") ? `${plain}${BELOW_PARENT}` : plain;
    const output = outputOf(name);
    if (output === undefined) continue;
    const key = secretSchema.safeParse(outputs[output]).data?.plaintext;
    rotations.set(name, { key: typeof key === "string" ? key : null, outputs });
  }
  return rotations;
}

/** The output that is the key. */
function outputOf(name: string): string | undefined {
  const owned = ownedClassOf(name)?.outputs.key;
  return owned ?? everyCredential.find((one) => one.name === name)?.kind.credential.outputs.key;
}
