/** A stack on the packed plugin, whose program is plain JavaScript without an SDK of the plugin: a list of resources. */
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import YAML from "yaml";

import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { manifest } from "../../tools/plugin/committed";
import { PACKAGE } from "../../tools/plugin/names";
import type { CommandResult, Stack } from "../../tools/stack/stack";
import { repository } from "../../tools/stack/workspace";
import { pluginFolder } from "./pluginFolder";
import type { Properties } from "./providerProcess";
import { createWrittenStack } from "./writtenStack";

/** A resource of the program. */
export interface Declared {
  readonly className: string;
  readonly name: string;
  readonly inputs: Properties;
  /** The names of outputs that the stack exports, after the resource's name. */
  readonly exports?: readonly string[];
  readonly options?: Properties;
  /** Whether it is of a dynamic class. @default false */
  readonly isDynamic?: boolean;
}

/** An input, or a part of one, that the program makes a secret. */
export function secretly(value: unknown): Properties {
  return { [SECRETLY]: value };
}

const SECRETLY = "made a secret";

export interface PluginStack {
  readonly sandbox: Sandbox;
  readonly stack: Stack;
  /** Writes the program. */
  declare(...resources: readonly Declared[]): void;
  up(...words: string[]): Promise<CommandResult>;
  preview(...words: string[]): Promise<CommandResult>;
  pulumi(...words: string[]): Promise<CommandResult>;
  /** The state as it is exported, secrets as ciphertext. */
  exported(): string;
  /** The state's resources of the package. */
  resources(): readonly StoredResource[];
  /** Everything that the CLI has printed. */
  printed(): string;
  /** How many requests the sandbox has got that change something. */
  changes(): number;
  stop(): Promise<void>;
}

export interface StoredResource {
  readonly urn: string;
  readonly id: string;
  readonly type: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
}

const PROGRAM = `
const pulumi = require("@pulumi/pulumi");
const { readFileSync } = require("node:fs");
const madeSecret = (_name, value) => {
  const isSecret = typeof value === "object" && value !== null && ${JSON.stringify(SECRETLY)} in value;
  return isSecret ? pulumi.secret(value[${JSON.stringify(SECRETLY)}]) : value;
};
const { resources } = JSON.parse(readFileSync(__dirname + "/resources.json", "utf8"), madeSecret);
class Native extends pulumi.CustomResource {
  constructor(className, name, inputs, options, outputs) {
    const undefinedOutputs = Object.fromEntries(outputs.map((output) => [output, undefined]));
    const dynamic = { type: "pulumi-nodejs:dynamic/launchdarkly:" + className };
    const all = pulumi.mergeOptions({ aliases: [dynamic], version: ${JSON.stringify(manifest.version)} }, options);
    super("${PACKAGE}:index:" + className, name, { ...undefinedOutputs, ...inputs }, all);
  }
}
const resourceOf = ({ className, name, inputs, options = {}, exports: outputs = [], isDynamic = false }) => {
  if (!isDynamic) return new Native(className, name, inputs, options, outputs);
  const aliases = [{ type: "${PACKAGE}:index:" + className }];
  return new (require("pulumi-launchdarkly-rotation")[className])(name, inputs, { aliases, ...options });
};
for (const declared of resources) {
  const resource = resourceOf(declared);
  for (const output of declared.exports ?? []) exports[declared.name + "." + output] = resource[output];
}
`;

export async function createPluginStack(environment: Readonly<Record<string, string>> = {}): Promise<PluginStack> {
  const aside = mkdtempSync(path.join(os.tmpdir(), "plugin-stack-"));
  const folder = mkdtempSync(path.join(aside, "project-"));
  const workspace = {
    folder,
    aside,
    remove: () => {
      rmSync(aside, { recursive: true, force: true });
    },
  };
  symlinkSync(path.join(repository, "node_modules"), path.join(folder, "node_modules"), "junction");
  const project = {
    name: "plugin",
    runtime: { name: "nodejs", options: { typescript: false } },
    plugins: { providers: [{ name: PACKAGE, path: pluginFolder, version: manifest.version }] },
  };
  writeFileSync(path.join(folder, "Pulumi.yaml"), YAML.stringify(project));
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name: "plugin", main: "index.js" }));
  writeFileSync(path.join(folder, "index.js"), PROGRAM);
  const stack = await createWrittenStack(workspace, environment);
  // Last, because its server would keep a test file alive whose stack could not be made.
  const sandbox = await startSandbox();
  let printed = "";
  async function pulumi(...words: string[]): Promise<CommandResult> {
    const result = await stack.pulumi(...words);
    printed += result.output;
    return result;
  }
  for (const namespace of [PACKAGE, "launchdarkly"]) {
    await stack.configAll({
      plaintext: { [`${namespace}:apiHost`]: sandbox.url },
      secret: { [`${namespace}:accessToken`]: sandbox.adminKey },
    });
  }
  return {
    sandbox,
    stack,
    declare(...resources) {
      writeFileSync(path.join(folder, "resources.json"), JSON.stringify({ resources }));
    },
    up: (...words) => pulumi("up", "--yes", "--non-interactive", "--skip-preview", ...words),
    preview: (...words) => pulumi("preview", "--non-interactive", "--diff", ...words),
    pulumi,
    exported: () => stack.exported(),
    resources() {
      const { deployment } = JSON.parse(stack.exported()) as { deployment: { resources?: StoredResource[] } | null };
      return (deployment?.resources ?? []).filter(({ type }) => /^(?:launchdarkly-rotation|pulumi-nodejs):/.test(type));
    },
    printed: () => printed,
    changes: () => sandbox.requests.filter(({ method }) => method !== "GET").length,
    async stop() {
      await sandbox.stop();
      workspace.remove();
    },
  };
}
