/** A stack under the real CLI that owns its access token, by a program of the test's own, whose output `token` is its key. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";

import { markIn } from "../../provider/model/mark";
import { createRotationStack, type ExportedResource, type RotationStack } from "./rotationStack";

const TYPE = "pulumi-nodejs:dynamic/launchdarkly:RotatingAccessToken";

export interface OwnedTokenStack extends RotationStack {
  /** Runs `pulumi`. @returns what it has printed @throws if it fails */
  succeed(...words: string[]): Promise<string>;
  /** The resource in the state. */
  resource(): Promise<ExportedResource>;
  /** The key in the stack's output. */
  key(): Promise<string>;
  accepts(key: string): boolean;
  /** The ids of the tokens with a mark at the sandbox. */
  marked(): string[];
}

export async function createOwnedTokenStack(program: string): Promise<OwnedTokenStack> {
  const stack = await createRotationStack();
  const { sandbox, workspace } = stack;
  writeFileSync(path.join(workspace.folder, "index.ts"), program);
  return {
    ...stack,
    async succeed(...words) {
      const { status, output } = await stack.stack.pulumi(...words);
      assert.equal(status, 0, output);
      return output;
    },
    async resource() {
      const { text } = await stack.exported();
      const { deployment } = JSON.parse(text) as { deployment: { resources: ExportedResource[] } };
      return deployment.resources.find(({ type }) => type === TYPE) ?? assert.fail("the resource is in the state");
    },
    key: async () => String((await stack.stack.outputs())["token"]),
    accepts: (key) => sandbox.store.findByKey(key, sandbox.clock.now()) !== undefined,
    marked() {
      const tokens = sandbox.store.all();
      return tokens.filter(({ description }) => markIn(description ?? null) !== undefined).map(({ id }) => id);
    },
  };
}
