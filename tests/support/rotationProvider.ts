/** The provider's process, configured for a sandbox with one token to rotate. */
import assert from "node:assert/strict";

import { type Sandbox, type SandboxOptions, startSandbox } from "../../sandbox/sandbox";
import { type Properties, type ProviderProcess, startProviderProcess } from "./providerProcess";

export interface RotationProvider {
  readonly sandbox: Sandbox;
  readonly provider: ProviderProcess;
  readonly token: { readonly id: string; readonly key: string };
  inputs(more?: Properties): Properties;
  /** The routes of the requests that the sandbox got since the last call. */
  newRequests(): string[];
  /** The token's current key at the sandbox. */
  currentKey(): string | undefined;
  /** Whether the sandbox accepts a key now. */
  accepts(key: unknown): boolean;
  stop(): Promise<void>;
}

export interface RotationProviderOptions {
  /** Where it runs; stopping the rotation leaves it running. @default a process of its own */
  readonly process?: ProviderProcess;
  /** Settings that differ from what the sandbox needs. */
  readonly config?: Readonly<Record<string, string>>;
  readonly sandbox?: SandboxOptions;
}

export async function startRotationProvider(options: RotationProviderOptions = {}): Promise<RotationProvider> {
  const sandbox = await startSandbox(options.sandbox);
  const token = sandbox.createToken({ name: "ci", role: "writer" });
  const provider = options.process ?? (await startProviderProcess());
  await provider.configure({
    "launchdarkly:apiHost": sandbox.url,
    "launchdarkly:accessToken": sandbox.adminKey,
    ...options.config,
  });
  let seen = 0;
  return {
    sandbox,
    provider,
    token,
    inputs: (more = {}) => ({ tokenId: token.id, triggers: { a: 1 }, oldKeyExpiry: "1h", ...more }),
    newRequests() {
      const routes = sandbox.requests.slice(seen).map(({ route }) => route);
      seen = sandbox.requests.length;
      return routes;
    },
    currentKey: () => sandbox.store.find(token.id)?.keys[0].value,
    accepts: (key) => sandbox.store.findByKey(String(key), sandbox.clock.now())?.id === token.id,
    async stop() {
      if (options.process === undefined) await provider.stop();
      await sandbox.stop();
      // In every test, so that it holds for every error there is.
      const shown = provider.written() + provider.shown.join("\n");
      const keys = sandbox.store.all().flatMap((one) => one.keys.map(({ value }) => value));
      assert.ok(!keys.some((key) => shown.includes(key)), "the provider has shown a key");
    },
  };
}
