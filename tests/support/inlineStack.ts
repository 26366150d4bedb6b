/**
 * A stack whose program runs in the test's own process: the language host does not pass hooks on. It has the plugin and
 * its settings, too.
 */
import assert from "node:assert/strict";
import path from "node:path";

import * as pulumi from "@pulumi/pulumi";
import { LocalWorkspace, type PulumiFn, type Stack } from "@pulumi/pulumi/automation";

import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { manifest } from "../../tools/plugin/committed";
import { PACKAGE } from "../../tools/plugin/names";
import { PASSPHRASE } from "../../tools/stack/stack";
import { createWorkspace } from "../../tools/stack/workspace";
import { pluginFolder } from "./pluginFolder";

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
  let hasEnded = false;
  const noticed: PulumiFn = async () => {
    const outputs = await program();
    pulumi.output(outputs).apply(() => {
      hasEnded = true;
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
  // What the Automation API asks for after each run, by one more command, and nobody here.
  stack.info = () => Promise.resolve(undefined);
  // The SDK takes a program that has lost the engine for one that has ended, and the engine deletes what it has not named.
  const up = stack.up.bind(stack);
  stack.up = async (options) => {
    hasEnded = false;
    const result = await up(options);
    assert.ok(hasEnded, `The program has lost the engine:\n${result.stdout}\n${result.stderr}`);
    return result;
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

/** The package as users import it, and not before it is built. */
export function installedPackage(): typeof import("../../provider/index") {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would be checked before dist/ is built
  return require("pulumi-launchdarkly-rotation") as typeof import("../../provider/index");
}
