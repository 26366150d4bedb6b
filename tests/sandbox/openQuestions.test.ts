/** The switches for what LaunchDarkly's description leaves open. */
import assert from "node:assert/strict";

import { UNANSWERED } from "../../sandbox/openQuestions";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { eachCaller } from "../support/sandboxCaller";

const TIMESTAMPS = ["creationDate", "lastModified", "lastUsed"];
const YEAR = 365 * 86_400_000;

interface Added {
  readonly id: string;
  /** When the newest of its old keys dies; undefined if there is none. */
  diesAt(): number | null | undefined;
}

/** What can be reset with a grace, and where. */
const RESETS_WITH_GRACE: Record<string, { add: (sandbox: Sandbox) => Added; resetPath: (id: string) => string }> = {
  "a token's old key": {
    add({ store, createToken }) {
      const { id } = createToken();
      return { id, diesAt: () => store.find(id)?.keys[1]?.expiresAt };
    },
    resetPath: (id) => `/tokens/${id}/reset`,
  },
  "an old SDK key": {
    add({ store, createEnvironment }) {
      const { id, environmentKey } = createEnvironment({ projectKey: "shop" });
      return { id: environmentKey, diesAt: () => store.environments.find(id)?.sdkKeys[1]?.expiresAt };
    },
    resetPath: (id) => `/projects/shop/environments/${id}/apiKey`,
  },
  "an old Relay Proxy key": {
    add({ store, createRelayConfiguration }) {
      const { id } = createRelayConfiguration();
      return { id, diesAt: () => store.relayConfigurations.find(id)?.keys[1]?.expiresAt };
    },
    resetPath: (id) => `/account/relay-auto-configs/${id}/reset`,
  },
};

describe("the sandbox's answers to what LaunchDarkly's description leaves open", () => {
  const caller = eachCaller();
  const { call } = caller;

  /** Resets with a grace of so many milliseconds from a fixed instant, and returns the key that was made. */
  const resetFrom = async (start: number, grace: number) =>
    String((await call("POST", `/tokens/${caller.token.id}/reset?expiry=${start + grace}`)).json["token"]);

  const alive = (keys: string[], at: number) =>
    keys.map((key) => caller.sandbox.store.findByKey(key, at) !== undefined);

  it("can be a reset that ends the grace of older keys at once, and never that of the key it replaces", async () => {
    caller.sandbox.clock.hold();
    const start = caller.sandbox.clock.now();
    caller.sandbox.openQuestions.endsOlderGrace = true;
    const second = await resetFrom(start, 100_000);
    assert.deepEqual(alive([caller.token.key, second], start), [true, true]);
    const third = await resetFrom(start, 200_000);
    assert.deepEqual(alive([caller.token.key, second, third], start), [false, true, true]);
    assert.deepEqual(alive([second, third], start + 199_999), [true, true]);
    assert.deepEqual(alive([second, third], start + 200_000), [false, true]);
  });

  it("are, unless switched, that older keys keep their grace and timestamps are numbers", async () => {
    const start = caller.sandbox.clock.now();
    const second = await resetFrom(start, 100_000);
    await resetFrom(start, 200_000);
    assert.deepEqual(alive([caller.token.key, second], start + 99_999), [true, true]);
    assert.deepEqual(alive([caller.token.key, second], start + 100_000), [false, true]);
    const { json } = await call("GET", `/tokens/${caller.token.id}`);
    assert.deepEqual(
      TIMESTAMPS.map((name) => typeof json[name]),
      ["number", "number", "number"],
    );
  });

  it("can be timestamps as strings of digits, in every answer that shows a token", async () => {
    caller.sandbox.openQuestions.timestampsAsText = true;
    const list = (await call("GET", "/tokens")).json["items"] as Record<string, unknown>[];
    const shown = [
      ...list,
      (await call("GET", `/tokens/${caller.token.id}`)).json,
      (await call("PATCH", `/tokens/${caller.token.id}`, caller.sandbox.adminKey, [])).json,
      (await call("POST", `/tokens/${caller.token.id}/reset`)).json,
      (await call("POST", "/tokens", caller.sandbox.adminKey, { role: "reader" })).json,
    ];
    assert.equal(shown.length, 6);
    for (const one of shown) for (const name of TIMESTAMPS) assert.match(String(one[name]), /^\d+$/);
    assert.ok(shown.every((one) => TIMESTAMPS.every((name) => typeof one[name] === "string")));
    assert.equal(shown[2]?.["lastModified"], String(caller.sandbox.store.find(caller.token.id)?.creationDate));
  });

  it("can be that an environment is refused to a caller that may not view its SDK key", async () => {
    const { projectKey, environmentKey, sdkKey } = caller.sandbox.createEnvironment();
    const path = `/projects/${projectKey}/environments/${environmentKey}`;
    const reader = caller.sandbox.createToken({ role: "reader" });
    assert.equal((await call("GET", path, reader.key)).status, 200);
    caller.sandbox.openQuestions.refusesWithoutViewSdkKey = true;
    assert.equal((await call("GET", path, reader.key)).status, 403);
    assert.equal((await call("GET", path)).json["apiKey"], sdkKey);
  });

  for (const [what, { add, resetPath }] of Object.entries(RESETS_WITH_GRACE)) {
    describe(`on the expiry of ${what}`, () => {
      let start: number;
      let reset: (expiry: number) => Promise<[status: number, code: unknown]>;
      let diesAt: () => number | null | undefined;

      beforeEach(() => {
        const added = add(caller.sandbox);
        ({ diesAt } = added);
        caller.sandbox.clock.hold();
        start = caller.sandbox.clock.now();
        reset = async (expiry) => {
          const { status, json } = await call("POST", `${resetPath(added.id)}?expiry=${expiry}`);
          return [status, json["code"]];
        };
      });

      it("are, unless switched, that a past one is refused and a far one taken", async () => {
        for (const past of [start - 1, 0, -1]) assert.deepEqual(await reset(past), [400, "invalid_request"]);
        assert.equal(diesAt(), undefined, "nothing was reset");
        assert.deepEqual(await reset(start), [200, undefined]);
        assert.equal(diesAt(), start);
        assert.deepEqual(await reset(start + 100 * YEAR), [200, undefined]);
        assert.equal(diesAt(), start + 100 * YEAR);
      });

      it("can be that a past one is taken for now", async () => {
        caller.sandbox.openQuestions.acceptsPastResetExpiry = true;
        for (const past of [start - 1, 0, -1]) {
          assert.deepEqual(await reset(past), [200, undefined]);
          assert.equal(diesAt(), start);
        }
      });

      it("can be that a far one is refused", async () => {
        caller.sandbox.openQuestions.longestGraceMs = YEAR;
        for (const far of [start + YEAR + 1, start + 100 * YEAR]) {
          assert.deepEqual(await reset(far), [400, "invalid_request"]);
        }
        assert.equal(diesAt(), undefined, "nothing was reset");
        assert.deepEqual(await reset(start + YEAR), [200, undefined]);
        assert.equal(diesAt(), start + YEAR);
      });
    });
  }

  it("is whether a reset takes away the expiry of the token itself", async () => {
    const { sandbox } = caller;
    for (const lifts of [false, true]) {
      sandbox.openQuestions.liftsTokenExpiry = lifts;
      const { id } = sandbox.createToken({ name: "ci" });
      const expiry = sandbox.clock.now() + YEAR;
      sandbox.store.save({ ...(sandbox.store.find(id) ?? assert.fail()), expiry });
      const { status, json } = await call("POST", `/tokens/${id}/reset`);
      assert.equal(status, 200);
      const shown = (await call("GET", `/tokens/${id}`)).json;
      for (const body of [json, shown]) assert.equal(body["expiry"], lifts ? undefined : expiry);
    }
  });

  it("can be given when it starts", async () => {
    let other: Sandbox | undefined;
    try {
      other = await startSandbox({ openQuestions: { timestampsAsText: true } });
      assert.deepEqual(other.openQuestions, { ...UNANSWERED, timestampsAsText: true });
      assert.deepEqual(caller.sandbox.openQuestions, UNANSWERED);
      assert.equal(UNANSWERED.timestampsAsText, false);
    } finally {
      await other?.stop();
    }
  });
});
