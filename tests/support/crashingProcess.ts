/** A Node process in which an error of the provider goes unhandled, so that Node dumps it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import { build, type BuildOptions } from "esbuild";

import { repository } from "../../tools/stack/workspace";
import type { Properties } from "./providerProcess";

export interface Crash {
  /** The class of the resource, where it is the plugin's. */
  readonly className?: string;
  readonly config: Readonly<Record<string, string>>;
  /** What the stack created before; the call then gets its state. */
  readonly created?: Properties;
  readonly method: "create" | "update" | "read" | "client.look";
  /** The inputs of create and update; the state for a read or update of a stack that created nothing. */
  readonly properties: Properties;
}

export interface Dump {
  readonly status: number | null;
  /** Standard output and standard error. */
  readonly written: string;
  /** Node's diagnostic report. */
  readonly report: string;
}

/** Reads the crash from standard input, so that no key is among the arguments or in the environment of the report. */
const SCRIPT = `
const { readFileSync } = require("node:fs");
const { readConfiguration } = require("./provider/run/configuration");
const { createProvider } = require("./provider/hosts/dynamic/provider");
const { lifecycleOf } = require("./provider/lifecycle/lifecycleOf");
const { runIn } = require("./provider/run/run");
const { accessToken } = require("./provider/credentials/accessToken/credential");
const { config, created, method, properties } = JSON.parse(readFileSync(0, "utf8"));
const host = {
  clock: () => Date.now(),
  elapsed: () => performance.now(),
  random: () => 0,
  wait: () => Promise.resolve(),
  environment: () => undefined,
  log: () => Promise.resolve(),
  namespace: "launchdarkly",
  isEngineGone: () => Promise.resolve(false),
};
void (async () => {
  const configuration = readConfiguration({ config: (key) => config[key], ...host });
  const { client } = runIn({ ...host }).session(configuration);
  const provider = createProvider(host, lifecycleOf(accessToken));
  await provider.configure({ config: { get: (key) => config[key] } });
  const secretsRead = (_name, value) => (value?.["4dabf18193072939515e22adb298388d"] === undefined ? value : value.value);
  const olds = created && JSON.parse(JSON.stringify((await provider.create(created)).outs), secretsRead);
  const calls = {
    create: () => provider.create(properties),
    update: () => provider.update(properties.tokenId, olds ?? properties, properties),
    read: () => provider.read(properties.tokenId, olds ?? properties),
    "client.look": () => client.look(accessToken, { tokenId: properties.tokenId }),
  };
  await calls[method]();
})();
`;

/** The same of calls of the plugin, whose errors go unhandled before gRPC would send them. */
const PLUGIN_SCRIPT = `
const { readFileSync } = require("node:fs");
const { CreateRequest, ReadRequest, UpdateRequest } = require("@pulumi/pulumi/proto/provider_pb");
const { credentials } = require("./provider/credentials/all");
const calls = require("./provider/hosts/plugin/change");
const { kindsOf, tokenOf } = require("./provider/hosts/plugin/kinds");
const { createPluginHost } = require("./provider/hosts/plugin/pluginHost");
const { createPluginRun } = require("./provider/hosts/plugin/pluginRun");
const { toWire } = require("./provider/hosts/plugin/wire");
const { lifecycleOf } = require("./provider/lifecycle/lifecycleOf");
const { className, config, created, method, properties } = JSON.parse(readFileSync(0, "utf8"));
const host = { ...createPluginHost(""), wait: () => Promise.resolve() };
void (async () => {
  const run = createPluginRun(host);
  run.begin(config);
  const kind = kindsOf(credentials, lifecycleOf).get(tokenOf(className));
  const on = (request) => request.setUrn("urn:pulumi:production::shop::" + tokenOf(className) + "::ci");
  const creation = (inputs) => on(new CreateRequest()).setProperties(toWire(inputs));
  const olds = created ? (await calls.create(kind, run, creation(created))).getProperties() : toWire(properties);
  const requests = {
    create: () => creation(properties),
    update: () => on(new UpdateRequest()).setOlds(olds).setNews(toWire(properties)),
    read: () => on(new ReadRequest()).setId("one").setProperties(olds),
  };
  await calls[method](kind, run, requests[method]());
})();
`;

const SCRIPTS = { dynamic: SCRIPT, plugin: PLUGIN_SCRIPT };

/** The provider and the script in one file, as the package has it. */
async function bundled(host: keyof typeof SCRIPTS): Promise<string> {
  const file = path.join(repository, "tools", "build", "bundle.mjs");
  const { options } = (await import(file)) as { options: BuildOptions };
  const { outputFiles } = await build({
    ...options,
    ...(host === "plugin" && { external: [] }),
    stdin: { contents: SCRIPTS[host], resolveDir: repository },
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}

/** Made once for each host. */
const scripts = new Map<string, Promise<string>>();

export async function crashingProcess(crash: Crash, host: keyof typeof SCRIPTS = "dynamic"): Promise<Dump> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "crash-"));
  try {
    const flags = ["--trace-uncaught", "--report-uncaught-exception", `--report-directory=${folder}`];
    const file = path.join(folder, "script.js");
    const script = scripts.get(host) ?? bundled(host);
    scripts.set(host, script);
    writeFileSync(file, await script);
    const child = spawn(process.execPath, [...flags, file], { cwd: repository, stdio: "pipe" });
    let written = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => (written += chunk.toString()));
    }
    child.stdin.end(JSON.stringify(crash));
    const [status] = (await once(child, "close")) as [number | null];
    const report = readdirSync(folder)
      .filter((name) => name.endsWith(".json"))
      .map((name) => readFileSync(path.join(folder, name), "utf8"))
      .join("\n");
    return { status, written, report };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
