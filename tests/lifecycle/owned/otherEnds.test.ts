/** What LaunchDarkly shows of a previous record's end counts, and not that it agreed to set it. */
import assert from "node:assert/strict";

import { eachOwned } from "../../support/eachOwned";
import { type OwnedKind, ownedKinds } from "../../support/kinds";
import type { Properties } from "../../support/providerProcess";

const HOUR = 3_600_000;

/** The end of the previous record that the state names. */
function endOf({ credential: { outputs } }: OwnedKind, state: Properties): string {
  const [previous] = state[outputs.previous] as { expiresAt: string }[];
  assert.equal(state["oldKeyExpiresAt"], previous?.expiresAt);
  return String(previous?.expiresAt);
}

for (const kind of ownedKinds) {
  const { className, outputs, wording } = kind.credential;
  const { show: LOOK, change: PATCH } = kind.routes;
  const { idField } = kind;

  describe(`the end of the previous record of a ${className}`, () => {
    const subject = eachOwned(kind);
    const endIn = (state: Properties) => endOf(kind, state);

    for (const [hours, verdict] of [
      [
        2,
        new RegExp(
          `warning: Ends early: the previous ${wording.short} .* by what LaunchDarkly shows, though .* was asked for`,
        ),
      ],
      [
        48,
        new RegExp(
          `warning: Ends late: the previous ${wording.short} .* by what LaunchDarkly shows, though .* was asked for`,
        ),
      ],
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
        const times = kind.credential.expiry(0).length;
        const news = inputs({ triggers: { a: 2 }, oldKeyExpiry: "2h" });
        sandbox.faults.add({ route: PATCH, when: "before", fault: { kind: "status", status }, times });
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

    for (const fields of [{ [idField]: null }, { [idField]: "another" }]) {
      it(`is looked at once when the answer shows another record or none: ${JSON.stringify(fields)}`, async () => {
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
      const fault = { kind: "alter", fields: { [idField]: null } } as const;
      sandbox.faults.add({ route: PATCH, when: "after", fault });
      // A creation that may be sent twice lists nothing: what is retired is looked at first.
      sandbox.faults.add({ route: LOOK, when: "after", fault, skip: kind.isRepeatable ? 1 : 0 });
      const news = inputs({ triggers: { a: 2 } });
      const run = await up({ state: before, error: undefined }, news);
      assert.match(said(), /warning: Still works: .*its end could not be set/);
      newRequests();
      await up(run, news);
      assert.deepEqual(newRequests(), [LOOK, PATCH]);
      assert.ok(accepts(before[outputs.key]));
    });
  });
}
