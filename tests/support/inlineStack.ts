/**
 * A stack whose program runs in the test's own process: the language host does not pass hooks on. It has the plugin and
 * its settings, too.
 */
import assert from "node:assert/strict";
import { cpSync, existsSync, rmSync } from "node:fs";
import path from "node:path";

import * as pulumi from "@pulumi/pulumi";
import { LocalWorkspace, type PulumiFn, type Stack } from "@pulumi/pulumi/automation";

import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { manifest } from "../../tools/plugin/committed";
import { PACKAGE } from "../../tools/plugin/names";
import { PASSPHRASE } from "../../tools/stack/stack";
import { createWorkspace } from "../../tools/stack/workspace";
import { remembered } from "./account";
import { pluginFolder } from "./pluginFolder";
import { readerOfOutputs } from "./writtenStack";

export interface InlineStack {
  readonly sandbox: Sandbox;
  readonly stack: Stack;
  stop(): Promise<void>;
}

/**
 * @param projectName the project's
 * @param program called anew by each run
 */
export async function createInlineStack(projectName: string, program: PulumiFn): Promise<InlineStack> {
  /** How many runs of the program had all that they asked the engine for. */
  let whole = 0;
  const noticed: PulumiFn = async () => {
    const outputs = await program();
    pulumi.output(outputs).apply(() => {
      whole++;
    });
    return outputs;
  };
  const workspace = createWorkspace();
  const plugins = { providers: [{ name: PACKAGE, path: pluginFolder, version: manifest.version }] };
  const projectSettings = {
    name: projectName,
    runtime: "nodejs",
    backend: { url: `file://${workspace.aside}` },
    plugins,
  };
  const stack = await LocalWorkspace.createStack(
    { stackName: "dev", projectName, program: noticed },
    {
      workDir: workspace.folder,
      pulumiHome: path.join(workspace.aside, "home"),
      projectSettings,
      envVars: { PULUMI_CONFIG_PASSPHRASE: PASSPHRASE, PULUMI_SKIP_UPDATE_CHECK: "true" },
    },
  );
  // What the Automation API asks for after each run, by commands of their own: nobody needs the one, and a file has the
  // others, of which no test asks whether they are secret.
  stack.info = () => Promise.resolve(undefined);
  const state = path.join(workspace.aside, ".pulumi");
  const checkpoint = path.join(state, "stacks", projectName, "dev.json");
  const outputs = readerOfOutputs(checkpoint, path.join(workspace.folder, "Pulumi.dev.yaml"));
  stack.outputs = async () =>
    Object.fromEntries(Object.entries(await outputs()).map(([name, value]) => [name, { value, secret: true }]));
  const up = stack.up.bind(stack);
  stack.up = async (options) => {
    const bringBack = [remembered(sandbox.store), rememberedFiles(state)];
    for (let lost = 0; ; lost++) {
      const before = whole;
      const result = await up(options);
      if (whole > before) return result;
      // The SDK takes a program that has lost the engine for one that has ended, and the engine deletes what it has not named.
      const said = `The program has lost the engine:\n${result.stdout}\n${result.stderr}`;
      assert.ok(lost < 2, said);
      console.warn(said);
      for (const bring of bringBack) bring();
    }
  };
  // Last, because its server would keep a test file alive whose stack could not be made.
  const sandbox = await startSandbox();
  const values = { apiHost: { value: sandbox.url }, accessToken: { value: sandbox.adminKey, secret: true } };
  const named = ["launchdarkly", PACKAGE].flatMap((namespace) =>
    Object.entries(values).map(([name, value]) => [`${namespace}:${name}`, value] as const),
  );
  await stack.setAllConfig(Object.fromEntries(named));
  return {
    sandbox,
    stack,
    async stop() {
      await sandbox.stop();
      workspace.remove();
    },
  };
}

/** @returns brings the files of a folder back as they are now */
function rememberedFiles(folder: string): () => void {
  const copy = `${folder}.before`;
  rmSync(copy, { recursive: true, force: true });
  if (existsSync(folder)) cpSync(folder, copy, { recursive: true });
  return () => {
    rmSync(folder, { recursive: true, force: true });
    if (existsSync(copy)) cpSync(copy, folder, { recursive: true });
  };
}

/** The package as users import it, and not before it is built. */
export function installedPackage(): typeof import("../../provider/index") {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would be checked before dist/ is built
  return require("pulumi-launchdarkly-rotation") as typeof import("../../provider/index");
}
