/** What a preview asks LaunchDarkly before a rotation, for each credential. */
import assert from "node:assert/strict";

import type { Fault } from "../../sandbox/faults";
import { eachRotationProvider } from "../support/eachRotationProvider";
import { kindOf, kinds } from "../support/kinds";
import type { Properties } from "../support/providerProcess";
import { rejection } from "../support/rejection";
import { GET_TOKEN, WHO } from "../support/routes";

/** What the program adds in a preview. */
const PREVIEW = { __preview: true };

for (const kind of kinds) {
  const { credential, LOOK } = kind;

  describe(`a preview of a due rotation of ${credential.className}, in the dynamic-provider process`, () => {
    const subject = eachRotationProvider({ kind });

    /** As the engine does for a resource that exists: its check, and then its diff. */
    async function preview(olds: Properties, news: Properties) {
      const { provider } = subject();
      const { inputs, failures } = await provider.check(olds, { ...news, ...PREVIEW });
      assert.deepEqual(failures, []);
      assert.ok(!("__preview" in inputs), "the note goes no further");
      return provider.diff(olds, inputs);
    }

    async function created(): Promise<Properties> {
      const { provider, inputs, newRequests } = subject();
      const { outs } = await provider.create(inputs());
      // Another run.
      await provider.configure(settings());
      newRequests();
      provider.shown.length = 0;
      return outs;
    }
    const settings = (key?: string) => ({
      "launchdarkly:apiHost": subject().sandbox.url,
      "launchdarkly:accessToken": key ?? subject().sandbox.adminKey,
    });

    it("asks whose key the stack's is, its role, and for the credential: each once, and nothing else", async () => {
      const { inputs, newRequests, provider } = subject();
      const olds = await created();
      const edited = inputs({ triggers: { a: 2 } });
      assert.equal((await preview(olds, edited)).changes, true);
      assert.deepEqual(newRequests().sort(), [WHO, GET_TOKEN, LOOK].sort());
      await preview(olds, edited);
      assert.deepEqual(newRequests(), [LOOK]);
      assert.ok(!provider.shown.join().includes("has the role"));
    });

    it("asks nothing while nothing is due, while it is frozen, or in an up", async () => {
      const { provider, inputs, newRequests } = subject();
      const olds = await created();
      await preview(olds, inputs());
      await preview(olds, inputs({ triggers: { a: 2 }, frozen: true }));
      assert.equal(
        (await provider.diff(olds, (await provider.check(olds, inputs({ triggers: { a: 2 } }))).inputs)).changes,
        true,
      );
      assert.deepEqual(newRequests(), []);
    });

    it("fails where the up would: for a dead admin key, and for what is not there", async () => {
      const { provider, credential: one, inputs } = subject();
      const olds = await created();
      await provider.configure(settings("api-11111111-2222-4333-8444-55555555dead"));
      const edited = inputs({ triggers: { a: 2 } });
      assert.match(
        (await rejection(preview(olds, edited))).message,
        /Can't reset: .*does not accept the key api-…dead/,
      );
      await provider.configure(settings());
      one.remove();
      const missing = new RegExp(`Can't reset: LaunchDarkly found no such ${credential.wording.missing.what} `);
      assert.match((await rejection(preview(olds, edited))).message, missing);
      const first = await rejection(provider.check({}, { ...inputs(), ...PREVIEW }));
      assert.match(first.message, /^Can't (?:reset|take over): LaunchDarkly found no such/);
    });

    it("warns once of a role that can't reset", async () => {
      const { sandbox, provider, inputs } = subject();
      const olds = await created();
      await provider.configure(settings(sandbox.createToken({ role: "reader" }).key));
      for (let times = 0; times < 2; times++) await preview(olds, inputs({ triggers: { a: 2 } }));
      assert.equal(provider.shown.filter((message) => message.includes("has the role reader")).length, 1);
    });

    const busy: Record<string, Fault> = {
      "does not answer": { kind: "drop" },
      "is out of order": { kind: "status", status: 503 },
      "is busy": { kind: "status", status: 429, headers: { "Retry-After": "0" } },
    };
    for (const [what, fault] of Object.entries(busy)) {
      it(`warns and passes when LaunchDarkly ${what}, without another try`, async () => {
        const { sandbox, provider, inputs, newRequests } = subject();
        const olds = await created();
        sandbox.faults.add({ route: WHO, when: "before", times: Infinity, fault });
        assert.equal((await preview(olds, inputs({ triggers: { a: 2 } }))).changes, true);
        assert.deepEqual(newRequests(), [WHO]);
        assert.match(
          provider.shown.join("\n"),
          /warning: Not checked: this preview could not ask LaunchDarkly whether the rotations will work\. /,
        );
      });
    }
  });
}

describe("a preview of the rotation of the stack's own token, in the dynamic-provider process", () => {
  const subject = eachRotationProvider({ kind: kindOf("AccessTokenRotation") });

  it("is refused as the up is", async () => {
    const { sandbox, provider, inputs, newRequests } = subject();
    const { message } = await rejection(provider.check({}, inputs({ tokenId: sandbox.adminId, ...PREVIEW })));
    assert.match(
      message,
      /this is the token that launchdarkly:accessToken .* authenticates with, and a reset would lock/,
    );
    assert.deepEqual(newRequests(), [WHO]);
  });
});
