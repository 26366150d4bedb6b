/** A preview while LaunchDarkly's rate limit holds requests back: it asks once, waits for nothing, and says so. */
import assert from "node:assert/strict";

import { rotatingAccessToken } from "../../provider/credentials/rotatingAccessToken/credential";
import { type Provider } from "../../provider/hosts/dynamic/provider";
import { lifecycleOf } from "../../provider/lifecycle/lifecycleOf";
import type { Lifecycle } from "../../provider/lifecycle/lifecycle";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { inProcessProvider } from "../support/inProcessProvider";
import { kinds } from "../support/kinds";
import { OWNER } from "../support/ownedProvider";
import type { Properties } from "../support/providerProcess";
import { unnamed } from "../support/unnamed";
import { GET_TOKEN, WHO } from "../support/routes";

const PREVIEW = { __preview: true };

describe("a preview while LaunchDarkly's rate limit holds requests back", () => {
  let sandbox: Sandbox;
  let shown: string[];
  let waits: number;

  beforeEach(async () => {
    sandbox = await startSandbox();
    shown = [];
    waits = 0;
  });
  afterEach(() => sandbox.stop());

  const provider = (lifecycle: Lifecycle): Promise<Provider> =>
    inProcessProvider(
      sandbox,
      {
        wait: () => {
          waits++;
          return Promise.resolve();
        },
        log: (severity, message, urn) => Promise.resolve(void shown.push(`${severity}: ${unnamed(message, urn)}`)),
      },
      { lifecycle },
    );

  /** As the engine does for a resource that exists. */
  async function preview({ check, diff }: Provider, state: Properties, olds: Properties, news: Properties) {
    assert.deepEqual((await check(olds, { ...news, ...PREVIEW })).failures, []);
    return diff("id", state, news);
  }

  /** Has LaunchDarkly refuse a request for ten minutes, and forgets what was asked and said. */
  function close(route: string): void {
    const fault = { kind: "status", status: 429, headers: { "Retry-After": "600" } } as const;
    sandbox.faults.add({ route, when: "before", times: Infinity, fault });
    sandbox.requests.length = 0;
    shown = [];
    waits = 0;
  }
  const asked = (route: string) => sandbox.requests.filter((request) => request.route === route).length;
  const unforeseen = () => shown.filter((message) => message.startsWith("warning: Not checked: "));

  function assertSaid(route: string): void {
    assert.equal(asked(route), 1, "once");
    assert.equal(waits, 0, "it waits for nothing");
    assert.equal(unforeseen().length, 1, shown.join("\n"));
    assert.match(unforeseen().join(), /rate limit held back the request/);
    assert.ok(!shown.some((message) => message.includes("Held up")), "nothing is held up");
  }

  for (const { credential, rotatable, LOOK } of kinds) {
    for (const route of [...new Set([WHO, LOOK, GET_TOKEN])]) {
      it(`asks ${route} once for a rotation of ${credential.className}, and nothing for the next`, async () => {
        const lifecycle = lifecycleOf(credential);
        const news = { ...rotatable.add(sandbox, "ci").identity, triggers: { a: 1 } };
        const outs = (await (await provider(lifecycle)).create(news)).outs as Properties;
        close(route);
        const run = await provider(lifecycle);
        const edited = { ...news, triggers: { a: 2 } };
        for (let times = 0; times < 2; times++) {
          assert.equal((await preview(run, outs, news, edited)).changes, true);
        }
        await run.check({}, { ...news, ...PREVIEW });
        assertSaid(route);
      });
    }
  }

  const inputs = { owner: OWNER, name: "ci", role: "writer", triggers: { a: 1 } };

  for (const route of [WHO, GET_TOKEN]) {
    it(`asks ${route} once for a rotation and a creation of RotatingAccessToken`, async () => {
      const outs = (await (await provider(lifecycleOf(rotatingAccessToken))).create(inputs)).outs as Properties;
      close(route);
      const run = await provider(lifecycleOf(rotatingAccessToken));
      const edited = { ...inputs, triggers: { a: 2 } };
      assert.equal((await preview(run, outs, inputs, edited)).changes, true);
      await run.check({}, { ...inputs, owner: `${OWNER}2`, ...PREVIEW });
      assertSaid(route);
    });

    it(`asks ${route} once for a take-over by RotatingAccessToken`, async () => {
      const { id, key } = sandbox.createToken({ role: "writer" });
      close(route);
      const run = await provider(lifecycleOf(rotatingAccessToken));
      await run.check({}, { ...inputs, initialToken: key, initialTokenId: id, ...PREVIEW });
      assertSaid(route);
    });
  }

  it("says that it could not ask when a token was last used that will end", async () => {
    const outs = (await (await provider(lifecycleOf(rotatingAccessToken))).create(inputs)).outs as Properties;
    const rotated = { ...inputs, triggers: { a: 2 } };
    const state = (await (await provider(lifecycleOf(rotatingAccessToken))).update("id", outs, rotated))
      .outs as Properties;
    close(GET_TOKEN);
    const ended = { ...rotated, oldKeyExpiry: "immediate" };
    assert.equal(
      (await preview(await provider(lifecycleOf(rotatingAccessToken)), state, rotated, ended)).changes,
      true,
    );
    assertSaid(GET_TOKEN);
    assert.match(unforeseen().join(), /could not ask LaunchDarkly when the keys that will end were last used/);
    assert.match(
      shown.join("\n"),
      /Will delete: the previous token \S+ \(ending in \w{4}\)\. Its key ends at once\.$/m,
    );
  });
});
