/** A resource that owns an additional key of an environment, at a sandbox, in the test's own process. */
import assert from "node:assert/strict";

import { rotatingMobileKey } from "../../provider/credentials/rotatingMobileKey/credential";
import { rotatingSdkKey } from "../../provider/credentials/rotatingSdkKey/credential";
import { PartialFailure, type Provider } from "../../provider/hosts/dynamic/provider";
import type { ReplaceCredential } from "../../provider/model/credential";
import type { Host } from "../../provider/run/host";
import type { EnvironmentName, InspectedKey } from "../../sandbox/additionalKeys";
import type { PlannedFault } from "../../sandbox/faults";
import type { OpenQuestions } from "../../sandbox/openQuestions";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { hostAt, inProcessProvider, stored } from "./inProcessProvider";
import type { Properties } from "./providerProcess";

const KEYS = "/api/v2/projects/:projectKey/environments/:environmentKey/sdk-keys";
export const LIST = `GET ${KEYS}`;
export const CREATE = `POST ${KEYS}`;
export const LOOK = `GET ${KEYS}/:sdkKeyKey`;
export const PATCH = `PATCH ${KEYS}/:sdkKeyKey`;
export const DELETE = `DELETE ${KEYS}/:sdkKeyKey`;

/** The requests that make, change or end something. */
export const CHANGING = [CREATE, PATCH, DELETE];

/** The classes, and the names of their outputs. */
export const ownedKeys = [
  { credential: rotatingSdkKey, output: "sdkKey", prefix: "sdk-" },
  { credential: rotatingMobileKey, output: "mobileKey", prefix: "mob-" },
] as const;

export interface OwnedKeyProvider {
  readonly sandbox: Sandbox;
  readonly environment: EnvironmentName;
  readonly shown: string[];
  /** Methods of a new process: each run has one. */
  provider(): Promise<Provider>;
  inputs(more?: Properties): Properties;
  /** One `pulumi up`: the state after it, and how it failed. */
  up(state: Properties | undefined, news: Properties): Promise<Run>;
  /** One that must succeed. */
  done(state: Properties | undefined, news: Properties): Promise<Properties>;
  preview(state: Properties | undefined, news: Properties): Promise<string[]>;
  refresh(state: Properties): Promise<Properties>;
  destroy(state: Properties): Promise<void>;
  /** The routes of the requests that the sandbox got since the last call. */
  newRequests(): string[];
  keys(): InspectedKey[];
  /** Whether a key works. */
  works(key: unknown): boolean;
  fail(route: string, status: number, more?: Partial<PlannedFault>): void;
  stop(): Promise<void>;
}

export interface Run {
  readonly state: Properties | undefined;
  readonly error: Error | undefined;
}

export const OWNER = "acme/urn:pulumi:production::shop::pulumi-nodejs:dynamic/launchdarkly:Class::server";
const UPDATE = { __preview: false };

export async function startOwnedKeyProvider(
  credential: ReplaceCredential,
  host: Partial<Host> = {},
  openQuestions: Partial<OpenQuestions> = {},
): Promise<OwnedKeyProvider> {
  const sandbox = await startSandbox({ openQuestions });
  sandbox.clock.hold();
  const environment = sandbox.createEnvironment({ projectKey: "shop" });
  const { projectKey, environmentKey } = environment;
  const shown: string[] = [];
  let seen = 0;

  const provider = () => inProcessProvider(sandbox, { ...hostAt(sandbox, shown), ...host }, { port: credential });
  const keys = () => sandbox.additionalKeys.all({ projectKey, environmentKey });

  async function up(state: Properties | undefined, news: Properties): Promise<Run> {
    const { check, create, diff, update } = await provider();
    try {
      const { failures = [] } = await check(state === undefined ? {} : news, { ...news, ...UPDATE });
      if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
      if (state === undefined) return { state: stored((await create(news)).outs), error: undefined };
      const { changes, replaces } = await diff("", state, news);
      assert.deepEqual(replaces ?? [], []);
      if (changes !== true) return { state, error: undefined };
      return { state: stored((await update("", state, news)).outs), error: undefined };
    } catch (error) {
      assert.ok(error instanceof Error);
      shown.push(error.message);
      return { state: error instanceof PartialFailure ? stored(error.properties) : state, error };
    }
  }

  return {
    sandbox,
    environment,
    shown,
    provider,
    up,
    keys,
    inputs: (more = {}) => ({
      owner: OWNER,
      ...{ projectKey, environmentKey, name: "shop server", triggers: { a: 1 } },
      ...more,
    }),
    async done(state, news) {
      const run = await up(state, news);
      if (run.error !== undefined) throw run.error;
      return run.state ?? assert.fail("there is a state");
    },
    async preview(state, news) {
      const before = shown.length;
      const { check, diff } = await provider();
      const { failures = [] } = await check(state === undefined ? {} : news, { ...news, __preview: true });
      if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
      if (state !== undefined) await diff("", state, news);
      return shown.slice(before);
    },
    refresh: async (state) => stored((await (await provider()).read("", state)).props),
    destroy: async (state) => (await provider()).delete("", state),
    newRequests() {
      const routes = sandbox.requests.slice(seen).map(({ route }) => route);
      seen = sandbox.requests.length;
      return routes;
    },
    works: (key) => keys().some((one) => one.key === key && one.works),
    fail(route, status, more = {}) {
      sandbox.faults.add({ route, when: "before", fault: { kind: "status", status }, ...more });
    },
    async stop() {
      const said = shown.join("\n");
      assert.ok(!sandbox.store.everyKey().some((key) => said.includes(key)), "the provider has shown a key");
      await sandbox.stop();
    },
  };
}
