/** The texts of stubs in the state of a stack. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import type { Place } from "./place";
import type { Rotated } from "./rotation";

interface Kept {
  __provider?: string;
}

interface Deployment {
  readonly deployment: {
    readonly resources: readonly { readonly type: string; readonly inputs?: Kept; readonly outputs?: Kept }[];
  };
}

/** @returns the texts by the names of the resources' classes */
export async function providersOf({ stack }: Rotated): Promise<Record<string, string>> {
  const { standardOutput } = await stack.pulumi("stack", "export");
  const { deployment } = JSON.parse(standardOutput) as Deployment;
  return Object.fromEntries(
    deployment.resources.flatMap(({ type, outputs }) => {
      const text = outputs?.__provider;
      return text === undefined ? [] : [[type.slice(type.lastIndexOf(":") + 1), text]];
    }),
  );
}

/** Gives every resource of the state a stub of another text, and the same meaning. */
export async function withOtherStubs({ stack }: Rotated, { aside }: Place): Promise<void> {
  const file = path.join(aside, "state.json");
  await stack.pulumi("stack", "export", "--file", file);
  const state = JSON.parse(readFileSync(file, "utf8")) as Deployment;
  for (const { inputs, outputs } of state.deployment.resources) {
    for (const kept of [inputs, outputs]) {
      if (kept?.__provider !== undefined) kept.__provider = `/* as a bundler wrote it */ ${kept.__provider}`;
    }
  }
  writeFileSync(file, JSON.stringify(state));
  const { status, output } = await stack.pulumi("stack", "import", "--file", file);
  if (status !== 0) throw new Error(output);
}
