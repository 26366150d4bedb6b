/** A stand-in for LaunchDarkly's API on loopback, for trying the package without an account, and for its tests. */
import { EventEmitter, once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";

import { createAccessToken, MEMBER_IDS, type Settings } from "./accessToken";
import { type AdditionalKeys, createAdditionalKeys } from "./additionalKeys";
import { createApp } from "./app";
import { createMovableClock, type MovableClock } from "./clock";
import { createEnvironment, type EnvironmentSettings, nameOf } from "./environment";
import { createFaultPlan, type FaultPlan } from "./faults";
import { patchEvent } from "./flag";
import { type OpenQuestions, UNANSWERED } from "./openQuestions";
import { createRateLimiter, type RateLimiter, type RateLimits } from "./rateLimits";
import { createRelayConfiguration, type RelayConfigurationSettings } from "./relayConfiguration";
import type { LoggedRequest } from "./requestLog";
import { createStore, type Store } from "./store";
import { createStreams } from "./streams";

export interface SandboxOptions {
  /** @default any free port */
  readonly port?: number;
  /** Where to keep the tokens, the environments and the Relay Proxy configurations over restarts. @default nowhere */
  readonly file?: string;
  /** How long every answer takes, in milliseconds. @default 0 */
  readonly latencyMs?: number;
  /** @default none */
  readonly rateLimits?: RateLimits;
  /** How LaunchDarkly behaves where its description does not say. */
  readonly openQuestions?: Partial<OpenQuestions>;
}

export interface Sandbox {
  /** Such as "http://127.0.0.1:40123". */
  readonly url: string;
  /** The key of a service token with the Admin role. */
  readonly adminKey: string;
  readonly adminId: string;
  readonly clock: MovableClock;
  readonly faults: FaultPlan;
  readonly rateLimiter: RateLimiter;
  /** How long every answer takes. */
  readonly latency: { milliseconds: number };
  /** How it behaves where LaunchDarkly's description does not say. */
  readonly openQuestions: OpenQuestions;
  readonly store: Store;
  /** The requests received, oldest first. */
  readonly requests: LoggedRequest[];
  /**
   * Tells of every request: `arrived` when it does, `processed` before it is answered, `reset` then too if it reset a
   * credential, `idle` when it was the last one under way.
   */
  readonly events: EventEmitter<SandboxEvents>;
  /** Resolves when no request is under way. */
  idle(): Promise<void>;
  /** The most requests that were under way at the same time. */
  mostAtOnce(): number;
  /** The account's two members, by their ids; a token may be another's. */
  readonly memberIds: typeof MEMBER_IDS;
  /**
   * Adds a token, as somebody else in the account would.
   *
   * @param memberId whose it is. @default the first member's
   */
  createToken(settings?: Settings, memberId?: string): { readonly id: string; readonly key: string };
  /** Adds an environment, and with its first environment a project, as somebody else in the account would. */
  createEnvironment(settings?: EnvironmentSettings): CreatedEnvironment;
  /** The keys that environments have beside their default ones. */
  readonly additionalKeys: AdditionalKeys;
  /**
   * Turns the account's one feature flag, which is off at first, on or off. SDKs for servers that have a stream open
   * learn of it at once.
   */
  turnFlag(isOn: boolean): void;
  /** How many streams of events are open. */
  openStreams(): number;
  /** Adds a Relay Proxy configuration, as somebody else in the account would. */
  createRelayConfiguration(settings?: RelayConfigurationSettings): { readonly id: string; readonly key: string };
  stop(): Promise<void>;
}

export interface CreatedEnvironment {
  readonly id: string;
  readonly projectKey: string;
  readonly environmentKey: string;
  readonly sdkKey: string;
  readonly mobileKey: string;
}

interface SandboxEvents {
  arrived: [];
  processed: [LoggedRequest];
  reset: [LoggedRequest];
  idle: [];
}

const ADMIN_NAME = "sandbox admin";

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const clock = createMovableClock(() => {
    streams.endRefused();
  });
  const store = createStore(options.file, () => {
    streams.endRefused();
  });
  const streams = createStreams(() => {
    const end = store.nextEnd(clock.now());
    return end === Infinity ? undefined : end - clock.now();
  });
  const faults = createFaultPlan();
  const rateLimiter = createRateLimiter(options.rateLimits ?? {});
  const requests: LoggedRequest[] = [];
  const latency = { milliseconds: options.latencyMs ?? 0 };
  const openQuestions = { ...UNANSWERED, ...options.openQuestions };
  const events = new EventEmitter<SandboxEvents>();
  let atOnce = 0;
  let mostAtOnce = 0;

  function createToken(settings: Settings = {}, memberId: string = MEMBER_IDS[0]) {
    const token = createAccessToken({ serviceToken: true, ...settings }, memberId, clock.now());
    store.save(token);
    return { id: token.id, key: token.keys[0].value };
  }

  const kept = store.all().find(({ name }) => name === ADMIN_NAME);
  const admin = kept ? { id: kept.id, key: kept.keys[0].value } : createToken({ name: ADMIN_NAME, role: "admin" });
  const app = createApp({
    store,
    now: () => clock.now(),
    rateLimiter,
    faults,
    latency,
    openQuestions,
    streams,
    log: (request) => {
      requests.push(request);
      events.emit("processed", request);
      if (request.hasReset) events.emit("reset", request);
    },
    arrived: () => {
      mostAtOnce = Math.max(mostAtOnce, ++atOnce);
      events.emit("arrived");
    },
    ended: () => {
      if (--atOnce === 0) events.emit("idle");
    },
  });
  const server = http.createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    adminKey: admin.key,
    adminId: admin.id,
    clock,
    faults,
    rateLimiter,
    latency,
    openQuestions,
    store,
    requests,
    events,
    async idle() {
      if (atOnce > 0) await once(events, "idle");
    },
    mostAtOnce: () => mostAtOnce,
    memberIds: MEMBER_IDS,
    createToken,
    createEnvironment(settings = {}) {
      const environment = createEnvironment(settings, clock.now());
      const { id, projectKey, key: environmentKey, sdkKeys, mobileKeys } = environment;
      const isThere = store.environments.all().some((one) => nameOf(one) === nameOf(environment));
      if (isThere) throw new Error(`There is an environment ${nameOf(environment)} already`);
      store.environments.save(environment);
      return { id, projectKey, environmentKey, sdkKey: sdkKeys[0].value, mobileKey: mobileKeys[0].value };
    },
    additionalKeys: createAdditionalKeys(store, () => clock.now()),
    turnFlag(isOn) {
      store.flag.turn(isOn);
      streams.send(patchEvent(store.flag.current()));
    },
    openStreams: streams.count,
    createRelayConfiguration(settings = {}) {
      const configuration = createRelayConfiguration(settings, clock.now());
      store.relayConfigurations.save(configuration);
      return { id: configuration.id, key: configuration.keys[0].value };
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
