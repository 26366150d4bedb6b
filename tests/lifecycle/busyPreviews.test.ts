/** A preview while LaunchDarkly's rate limit holds requests back: it asks once, waits for nothing, and says so. */
import assert from "node:assert/strict";

import { rotatingAccessToken } from "../../provider/credentials/rotatingAccessToken/credential";
import { type Provider } from "../../provider/hosts/dynamic/provider";
import { lifecycleOf } from "../../provider/lifecycle/lifecycleOf";
import type { Lifecycle } from "../../provider/lifecycle/lifecycle";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { inProcessProvider } from "../support/inProcessProvider";
import { kinds, ownedKinds } from "../support/kinds";
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

  for (const kind of ownedKinds) {
    const { credential, routes } = kind;
    const reads = [...new Set([WHO, GET_TOKEN, routes.list, routes.show])];
    const run = () => provider(lifecycleOf(credential));
    const placed = () => {
      const subject = kind.add(sandbox, "ci");
      return { subject, news: { owner: OWNER, triggers: { a: 1 }, ...subject.inputs } };
    };
    /** A preview has two questions: whether rotations will work, and when a key was last used that will end. */
    function assertOnce(route: string): void {
      assert.ok(asked(route) <= 1, "once");
      assert.equal(waits, 0, "it waits for nothing");
      const said = unforeseen();
      assert.equal(said.length > 0, asked(route) > 0, "says what it could not ask");
      assert.equal(new Set(said.map((message) => message.replace(/\. LaunchDarkly's.*/, ""))).size, said.length);
    }

    for (const route of reads) {
      it(`asks ${route} once, if it does, for a rotation, a retirement and a creation of ${credential.className}`, async () => {
        const { news } = placed();
        const outs = (await (await run()).create(news)).outs as Properties;
        const rotated = { ...news, triggers: { a: 2 } };
        const later = (await (await run()).update("id", outs, rotated)).outs as Properties;
        close(route);
        const next = await run();
        const edited = { ...rotated, triggers: { a: 3 }, oldKeyExpiry: "immediate" };
        assert.equal((await preview(next, { ...later, openMark: true }, rotated, edited)).changes, true);
        await next.check({}, { ...news, owner: `${OWNER}2`, ...PREVIEW });
        assertOnce(route);
      });

      it(`asks ${route} once, if it does, for a take-over by ${credential.className}`, async () => {
        const { news, subject } = placed();
        const given = subject.takeOver().inputs;
        close(route);
        await (await run()).check({}, { ...news, ...given, ...PREVIEW });
        assertOnce(route);
      });
    }

    it(`asks something for each of them: ${credential.className}`, async () => {
      const { news } = placed();
      const outs = (await (await run()).create(news)).outs as Properties;
      close("none");
      const next = await run();
      await preview(next, { ...outs, openMark: true }, news, {
        ...news,
        triggers: { a: 2 },
        oldKeyExpiry: "immediate",
      });
      // When a record was last used is asked where LaunchDarkly says it.
      const looked = [WHO, routes.list, ...(credential.tellsUse ? [routes.show] : [])];
      for (const route of looked) assert.ok(asked(route) > 0, route);
      assert.deepEqual(
        sandbox.requests.filter(({ route }) => !reads.includes(route)),
        [],
      );
    });
  }

  const inputs = { owner: OWNER, name: "ci", role: "writer", triggers: { a: 1 } };

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
