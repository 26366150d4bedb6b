/** A resource that owns its access token, at a sandbox, in the test's own process: what its methods get and leave. */
import assert from "node:assert/strict";

import { type Sandbox, type SandboxOptions, startSandbox } from "../../sandbox/sandbox";
import { rotatingAccessToken } from "../../provider/credentials/rotatingAccessToken/credential";
import { PartialFailure, type Provider } from "../../provider/hosts/dynamic/provider";
import { markIn } from "../../provider/model/mark";
import type { Host } from "../../provider/run/host";
import { inProcessProvider } from "./inProcessProvider";
import { unnamed } from "./unnamed";
import type { Properties } from "./providerProcess";
import { lifecycleOf } from "../../provider/lifecycle/lifecycleOf";

export const LIST = "GET /api/v2/tokens";
export const CREATE = "POST /api/v2/tokens";
export const PATCH = "PATCH /api/v2/tokens/:id";
export const DELETE = "DELETE /api/v2/tokens/:id";

export const OWNER =
  "organization/urn:pulumi:production::shop::pulumi-nodejs:dynamic/launchdarkly:RotatingAccessToken::ci";

/** What the engine keeps of a resource, and what a run of it came to. */
export interface Run {
  /** Undefined while the resource is not in the state. */
  readonly state: Properties | undefined;
  readonly error: Error | undefined;
}

export interface OwnedProvider {
  readonly sandbox: Sandbox;
  readonly shown: string[];
  /** Methods of a new process: each `up` has one. */
  provider(): Promise<Provider>;
  inputs(more?: Properties): Properties;
  /** One `pulumi up`, as the engine does it: creates, or updates if diff or a failed run before says so. */
  up(before: Run, news: Properties): Promise<Run>;
  /** `up`s until one succeeds. */
  upUntilDone(before: Run, news: Properties): Promise<Properties>;
  /** The routes of the requests that the sandbox got since the last call. */
  newRequests(): string[];
  /** The ids of the tokens with a mark at the sandbox. */
  marked(): string[];
  accepts(key: unknown): boolean;
  /** Fails if a token at the sandbox is neither in the state nor named for a person, or the state's key does not work. */
  assertSound(state: Properties): void;
  /** Fails if a key that the sandbox knows was shown. */
  assertSilent(): void;
  stop(): Promise<void>;
}

export const nothing: Run = { state: undefined, error: undefined };

export async function startOwnedProvider(
  options: SandboxOptions = {},
  host: Partial<Host> = {},
): Promise<OwnedProvider> {
  const sandbox = await startSandbox(options);
  const shown: string[] = [];
  const errors: string[] = [];
  let seen = 0;

  const provider = () =>
    inProcessProvider(
      sandbox,
      {
        clock: () => sandbox.clock.now(),
        wait: () => Promise.resolve(),
        log: (severity, message, urn) => {
          shown.push(`${severity}: ${unnamed(message, urn)}`);
          return Promise.resolve();
        },
        ...host,
      },
      { lifecycle: lifecycleOf(rotatingAccessToken) },
    );

  const accepts = (key: unknown) => sandbox.store.findByKey(String(key), sandbox.clock.now()) !== undefined;
  const marked = () =>
    sandbox.store
      .all()
      .filter(({ description }) => markIn(description ?? null) !== undefined)
      .map(({ id }) => id);

  async function up({ state, error: before }: Run, news: Properties): Promise<Run> {
    const { check, create, diff, update } = await provider();
    try {
      const { failures = [] } = await check(state === undefined ? {} : news, news);
      if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
      if (state === undefined) return { state: stored((await create(news)).outs), error: undefined };
      const { changes, replaces } = await diff("", state, news);
      assert.deepEqual(replaces ?? [], []);
      if (changes !== true && before === undefined) return { state, error: undefined };
      return { state: stored((await update("", state, news)).outs), error: undefined };
    } catch (error) {
      assert.ok(error instanceof Error);
      errors.push(error.message);
      return { state: error instanceof PartialFailure ? stored(error.properties) : state, error };
    }
  }

  function assertSilent(): void {
    const said = [...shown, ...errors].join("\n");
    assert.ok(!sandbox.store.everyKey().some((key) => said.includes(key)), "the provider has shown a key");
  }

  return {
    sandbox,
    shown,
    provider,
    inputs: (more = {}) => ({ owner: OWNER, name: "ci", role: "writer", triggers: { a: 1 }, ...more }),
    up,
    async upUntilDone(before, news) {
      let run = before;
      for (let runs = 1; runs <= 5; runs++) {
        run = await up(run, news);
        if (run.error === undefined && run.state !== undefined) return run.state;
      }
      throw run.error ?? new Error("no up succeeded");
    },
    newRequests() {
      const routes = sandbox.requests.slice(seen).map(({ route }) => route);
      seen = sandbox.requests.length;
      return routes;
    },
    marked,
    accepts,
    assertSound(state) {
      assert.ok(accepts(state["token"]), "the state's key works");
      const previous = (state["previousTokens"] as { id: string }[]).map(({ id }) => id);
      const known = [String(state["tokenId"]), ...previous];
      const isNamed = (id: string) => shown.some((line) => line.includes(id) && line.includes("Left alone"));
      const forgotten = marked().filter((id) => !known.includes(id) && !isNamed(id));
      assert.deepEqual(forgotten, [], "no token is forgotten");
    },
    assertSilent,
    async stop() {
      assertSilent();
      await sandbox.stop();
    },
  };
}

/** As the engine keeps it. */
function stored(outs: unknown): Properties {
  return JSON.parse(JSON.stringify(outs)) as Properties;
}
