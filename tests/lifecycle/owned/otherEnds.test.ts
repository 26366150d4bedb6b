/** What LaunchDarkly shows of a previous token's end counts, and not that it agreed to set it. */
import assert from "node:assert/strict";

import { eachOwnedProvider } from "../../support/eachOwnedProvider";
import { PATCH } from "../../support/ownedProvider";
import type { Properties } from "../../support/providerProcess";

const LOOK = "GET /api/v2/tokens/:id";
const HOUR = 3_600_000;

/** The end of the previous token that the state names. */
function endIn(state: Properties): string {
  const [previous] = state["previousTokens"] as { expiresAt: string }[];
  assert.equal(state["oldKeyExpiresAt"], previous?.expiresAt);
  return String(previous?.expiresAt);
}

describe("the end of a previous token", () => {
  const subject = eachOwnedProvider();

  for (const [hours, verdict] of [
    [2, /warning: Ends early: the previous token .* by what LaunchDarkly shows, though .* was asked for/],
    [48, /warning: Ends late: the previous token .* by what LaunchDarkly shows, though .* was asked for/],
  ] as const) {
    it(`is what LaunchDarkly shows, ${hours} hours from now, with a warning, and is not asked for again`, async () => {
      const { inputs, created, up, upFrom, sandbox, said, newRequests } = subject();
      const before = await created();
      const shown = sandbox.clock.now() + hours * HOUR;
      sandbox.faults.add({ route: PATCH, when: "after", fault: { kind: "alter", fields: { expiry: shown } } });
      const news = inputs({ triggers: { a: 2 } });
      const state = await upFrom(before, news);
      assert.match(said(), verdict);
      assert.equal(endIn(state), new Date(shown).toISOString());
      newRequests();
      await up({ state, error: undefined }, news);
      assert.deepEqual(newRequests(), [], "nothing is left to do");
      await upFrom(state, inputs({ triggers: { a: 2 }, oldKeyExpiry: "12h" }));
      assert.deepEqual(newRequests(), [LOOK, PATCH], "until the program asks for another end");
    });
  }

  for (const status of [400, 422]) {
    it(`stays the one that it has where LaunchDarkly refuses a later one (${status}), and the next run asks again`, async () => {
      const { inputs, created, up, upFrom, sandbox, newRequests } = subject();
      const before = await created();
      const state = await upFrom(before, inputs({ triggers: { a: 2 }, oldKeyExpiry: "1h" }));
      const end = endIn(state);
      const news = inputs({ triggers: { a: 2 }, oldKeyExpiry: "2h" });
      sandbox.faults.add({ route: PATCH, when: "before", fault: { kind: "status", status }, times: 2 });
      const failed = await up({ state, error: undefined }, news);
      assert.match(String(failed.error?.message), new RegExp(`could not be set\\. .*Its end is still ${end}\\.`));
      assert.equal(endIn(failed.state ?? assert.fail()), end, "nothing is promised that LaunchDarkly does not keep");
      newRequests();
      const after = await upFrom(failed.state ?? assert.fail(), news);
      assert.deepEqual(newRequests(), [LOOK, PATCH]);
      assert.equal(Date.parse(endIn(after)) - Date.parse(end), HOUR);
    });
  }

  it("is the one that was asked for where LaunchDarkly cuts the seconds", async () => {
    const { inputs, created, upFrom, sandbox, said } = subject();
    const before = await created();
    const asked = sandbox.clock.now() + 24 * HOUR;
    const fields = { expiry: Math.floor(asked / 60_000) * 60_000 };
    sandbox.faults.add({ route: PATCH, when: "after", fault: { kind: "alter", fields } });
    const state = await upFrom(before, inputs({ triggers: { a: 2 } }));
    assert.match(said(), /info: Retired: /);
    assert.equal(endIn(state), new Date(asked).toISOString());
  });

  for (const fields of [{ _id: null }, { _id: "another" }]) {
    it(`is looked at once when the answer shows another token or none: ${JSON.stringify(fields)}`, async () => {
      const { inputs, created, upFrom, sandbox, said, newRequests } = subject();
      const before = await created();
      sandbox.faults.add({ route: PATCH, when: "after", fault: { kind: "alter", fields } });
      await upFrom(before, inputs({ triggers: { a: 2 } }));
      assert.deepEqual(newRequests().slice(-2), [PATCH, LOOK]);
      assert.match(said(), /info: Retired: /);
    });
  }

  it("is set anew by the next up where neither the answer nor the look shows it", async () => {
    const { inputs, created, up, sandbox, said, newRequests, accepts } = subject();
    const before = await created();
    const fault = { kind: "alter", fields: { _id: null } } as const;
    for (const route of [PATCH, LOOK]) sandbox.faults.add({ route, when: "after", fault });
    const news = inputs({ triggers: { a: 2 } });
    const run = await up({ state: before, error: undefined }, news);
    assert.match(said(), /warning: Still works: .*its end could not be set/);
    newRequests();
    await up(run, news);
    assert.deepEqual(newRequests(), [LOOK, PATCH]);
    assert.ok(accepts(before["token"]));
  });
});
