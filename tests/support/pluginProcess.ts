/** The real process of the plugin, spoken to over gRPC as the engine does. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import readline from "node:readline";

import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";

import { toWire } from "../../provider/hosts/plugin/wire";
import type { Sandbox } from "../../sandbox/sandbox";
import { killed } from "./childExit";
import { type ShownOnRow, startEngine } from "./engine";
import { pluginFolder } from "./pluginFolder";
import { answered } from "./providerProcess";

export interface PluginProcess {
  readonly client: ResourceProviderClient;
  readonly process: ChildProcess;
  readonly shown: ShownOnRow[];
  written(): string;
  /** Begins a run, as the engine does: with these settings, by default those that the sandbox needs. */
  begin(sandbox: Sandbox, settings?: Readonly<Record<string, unknown>>): Promise<void>;
  /** Takes the engine away, as when the CLI is killed. */
  stopEngine(): void;
  stop(): Promise<void>;
}

/** @param environment more variables */
export async function startPluginProcess(environment: Readonly<Record<string, string>> = {}): Promise<PluginProcess> {
  const shown: ShownOnRow[] = [];
  const engine = await startEngine([], shown);
  const program = path.join(pluginFolder, "plugin.cjs");
  const child = spawn(process.execPath, [program, engine.address], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let written = "";
  child.stderr.on("data", (chunk: Buffer) => (written += chunk.toString()));
  const [port] = (await once(readline.createInterface(child.stdout), "line")) as [string];
  child.stdout.on("data", (chunk: Buffer) => (written += chunk.toString()));
  const client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  await answered<messages.ProviderHandshakeResponse>((done) =>
    client.handshake(new messages.ProviderHandshakeRequest().setEngineAddress(engine.address), done),
  );
  return {
    client,
    process: child,
    shown,
    written: () => written,
    async begin({ url, adminKey }, settings = { apiHost: url, accessToken: adminKey }) {
      shown.length = 0;
      written = "";
      const request = new messages.ConfigureRequest().setArgs(toWire(settings, new Set(["accessToken"])));
      await answered<messages.ConfigureResponse>((done) => client.configure(request, done));
    },
    stopEngine: engine.stop,
    async stop() {
      client.close();
      await killed(child);
      engine.stop();
    },
  };
}
