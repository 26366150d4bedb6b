/** The provider's process, configured for a sandbox with one credential to rotate. */
import assert from "node:assert/strict";

import type { RotatableCredential } from "../../sandbox/rotatable";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../sandbox/sandbox";
import { type Kind, kindOf } from "./kinds";
import { type Methods, type Properties, type ProviderProcess, startProviderProcess } from "./providerProcess";

export interface RotationProvider {
  readonly sandbox: Sandbox;
  /** The process, with the methods of the credential's resource. */
  readonly provider: ProviderProcess;
  readonly credential: RotatableCredential;
  /** Its id, and the key that its users hold at first. */
  readonly token: { readonly id: string; readonly key: string };
  inputs(more?: Properties): Properties;
  /** The key among the outputs of the resource. */
  keyIn(outs: Properties): unknown;
  /** The routes of the requests that the sandbox got since the last call. */
  newRequests(): string[];
  /** The current key at the sandbox. */
  currentKey(): string | undefined;
  /** Whether the sandbox accepts a key now. */
  accepts(key: unknown): boolean;
  stop(): Promise<void>;
}

export interface RotationProviderOptions {
  /** @default an access token */
  readonly kind?: Kind;
  /** Where it runs; stopping the rotation leaves it running. @default a process of its own */
  readonly process?: ProviderProcess;
  /** Settings that differ from what the sandbox needs. */
  readonly config?: Readonly<Record<string, string>>;
  readonly sandbox?: SandboxOptions;
}

export async function startRotationProvider(options: RotationProviderOptions = {}): Promise<RotationProvider> {
  const { kind = kindOf("AccessTokenRotation") } = options;
  const sandbox = await startSandbox(options.sandbox);
  const credential = kind.rotatable.add(sandbox, "ci");
  const process = options.process ?? (await startProviderProcess());
  const methods: Methods = process.of(kind.credential.className);
  await process.configure({
    "launchdarkly:apiHost": sandbox.url,
    "launchdarkly:accessToken": sandbox.adminKey,
    ...options.config,
  });
  const expiry = kind.graces[0] === undefined ? {} : { oldKeyExpiry: kind.graces[0] };
  let seen = 0;
  return {
    sandbox,
    provider: { ...process, ...methods },
    credential,
    token: { id: Object.values(credential.identity).join("/"), key: credential.firstKey },
    inputs: (more = {}) => ({ ...credential.identity, triggers: { a: 1 }, ...expiry, ...more }),
    keyIn: (outs) => outs[kind.credential.outputs.key],
    newRequests() {
      const routes = sandbox.requests.slice(seen).map(({ route }) => route);
      seen = sandbox.requests.length;
      return routes;
    },
    currentKey: () => credential.currentKey(),
    accepts: (key) => credential.accepts(String(key)),
    async stop() {
      if (options.process === undefined) await process.stop();
      await sandbox.stop();
      // In every test, so that it holds for every error there is.
      const shown = process.written() + process.shown.join("\n");
      const keys = sandbox.store.everyKey();
      assert.ok(!keys.some((key) => shown.includes(key)), "the provider has shown a key");
    },
  };
}
