/** A process of the plugin for all tests of a `describe`, with a sandbox and a run for each. */
import assert from "node:assert/strict";

import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { type Calls, callsOf } from "./pluginCalls";
import { type PluginProcess, startPluginProcess } from "./pluginProcess";

export interface Plugin {
  readonly sandbox: Sandbox;
  readonly process: PluginProcess;
  readonly call: Calls;
  /** What this run has shown, such as "info: …". */
  said(): string[];
  /** How many requests the sandbox has got that change something. */
  changes(): number;
}

export function eachPlugin(): () => Plugin {
  let process: PluginProcess;
  let sandbox: Sandbox;
  before(async () => {
    process = await startPluginProcess();
  });
  after(() => process.stop());
  beforeEach(async () => {
    sandbox = await startSandbox();
    await process.begin(sandbox);
  });
  afterEach(async () => {
    const said = [process.written(), ...process.shown.map(({ message }) => message)].join("\n");
    assert.ok(!sandbox.store.everyKey().some((key) => said.includes(key)), "a key is shown");
    await sandbox.stop();
  });
  return () => ({
    sandbox,
    process,
    call: callsOf(process),
    said: () => process.shown.map(({ severity, message }) => `${severity}: ${message}`),
    changes: () => sandbox.requests.filter(({ method }) => method !== "GET").length,
  });
}
