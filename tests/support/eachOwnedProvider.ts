/** A resource that owns its access token for every test of a file, at a sandbox whose clock stands still. */
import assert from "node:assert/strict";

import { type AccessToken, createAccessToken } from "../../sandbox/accessToken";
import type { PlannedFault } from "../../sandbox/faults";
import { ownedKindOf } from "./kinds";
import type { OwnableRoutes } from "./ownable";
import { nothing, type OwnedProvider, startOwnedProvider } from "./ownedProvider";
import type { Properties } from "./providerProcess";

export interface OwnedTest extends OwnedProvider {
  readonly routes: OwnableRoutes;
  /** The state after the first `up`, with nothing requested or shown since. */
  created(news?: Properties): Promise<Properties>;
  /** `up`s from a state until one succeeds. */
  upFrom(state: Properties, news: Properties): Promise<Properties>;
  /** The state after a refresh. */
  read(state: Properties): Promise<Properties>;
  /** What was shown so far. */
  said(): string;
  /** Has the next request to a route refused with a status, unless more is said. */
  fail(route: string, status: number, more?: Partial<PlannedFault>): void;
  /** The current token of a state, as the sandbox keeps it. */
  kept(state: Properties): AccessToken;
  /** Adds a token that a killed run has left, used so long after its creation. */
  leave(description: string, usedAfter?: number): string;
}

/** To be called in a `describe`. */
export function eachOwnedProvider(): () => OwnedTest {
  let subject: OwnedProvider;
  beforeEach(async () => {
    subject = await startOwnedProvider();
    subject.sandbox.clock.hold();
  });
  afterEach(() => subject.stop());
  return () => withHelpers(subject);
}

function withHelpers(subject: OwnedProvider): OwnedTest {
  const { sandbox, shown } = subject;
  return {
    ...subject,
    routes: ownedKindOf("RotatingAccessToken").routes,
    async created(news = subject.inputs()) {
      const state = await subject.upUntilDone(nothing, news);
      subject.newRequests();
      shown.length = 0;
      return state;
    },
    upFrom: (state, news) => subject.upUntilDone({ state, error: undefined }, news),
    async read(state) {
      const provider = await subject.provider();
      return (await provider.read("", state)).props as Properties;
    },
    said: () => shown.join("\n"),
    fail(route, status, more = {}) {
      sandbox.faults.add({ route, when: "before", fault: { kind: "status", status }, ...more });
    },
    kept: (state) => sandbox.store.find(String(state["tokenId"])) ?? assert.fail("the token is there"),
    leave(description, usedAfter) {
      const now = sandbox.clock.now();
      const token = createAccessToken({ name: "ci", serviceToken: true, description }, sandbox.memberIds[0], now);
      sandbox.store.save({ ...token, lastUsed: usedAfter === undefined ? 0 : now + usedAfter });
      return token.id;
    },
  };
}
