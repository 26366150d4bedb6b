/** A key whose age begins in the future, because a run had a fast clock: previews and runs say so. */
import assert from "node:assert/strict";

import { type Sandbox, startSandbox } from "../../../sandbox/sandbox";
import { eachOwned } from "../../support/eachOwned";
import { ownedKinds } from "../../support/kinds";
import { unnamed } from "../../support/unnamed";
import { inProcessProvider } from "../../support/inProcessProvider";
import type { Properties } from "../../support/providerProcess";

const DAY = 86_400_000;

for (const kind of ownedKinds) {
  const { className, outputs, wording } = kind.credential;

  describe(`a key of a ${className} that a run with a fast clock has made`, () => {
    const subject = eachOwned(kind);

    it("is warned of while rotateAfter can't tell its age, and is not replaced", async () => {
      const { inputs, created, provider, sandbox, said } = subject();
      const news = inputs({ rotateAfter: "90d" });
      const state = await created(news);
      state["lastRotatedAt"] = new Date(sandbox.clock.now() + 730 * DAY).toISOString();
      const { check, diff } = await provider();
      await check(news, news);
      assert.equal((await diff("", state, news)).changes, false);
      assert.match(said(), /warning: Age unknown: .*Check this machine's clock.*change triggers once/);
    });

    it("is warned of where the grace of the one before began in the future, and ends with an instant", async () => {
      const { inputs, created, upFrom, up, provider, sandbox, place, said, accepts } = subject();
      const before = await created();
      const news = inputs({ triggers: { a: 2 } });
      const rotated = await upFrom(before, news);
      const ahead = 730 * DAY;
      // What a run would have left whose clock was two years fast.
      const [retirement] = rotated["retirements"] as { id: string; retiredAt: number; end: number }[];
      const { id, retiredAt, end } = retirement ?? assert.fail();
      const late = { ...retirement, retiredAt: retiredAt + ahead, end: end + ahead, asked: end + ahead };
      place.end(id, late.end);
      const state = { ...rotated, retirements: [late] };
      const { check, diff } = await provider();
      await check(news, { ...news, __preview: true });
      assert.equal((await diff("", state, news)).changes, false);
      assert.match(
        said(),
        new RegExp(
          `warning: Ends late: the grace of the previous ${wording.short} .* is in the future\\. Check this machine's`,
        ),
      );
      const instant = new Date(sandbox.clock.now() + DAY).toISOString();
      const { error } = await up({ state, error: undefined }, { ...news, oldKeyExpiry: instant });
      assert.equal(error, undefined);
      assert.equal(place.records().find((one) => one.id === id)?.expiry, Date.parse(instant));
      assert.ok(accepts(before[outputs.key]));
    });
  });
}

describe("a key of an AccessTokenRotation that a run with a fast clock has made", () => {
  let sandbox: Sandbox;
  afterEach(() => sandbox.stop());

  it("is warned of, too", async () => {
    sandbox = await startSandbox();
    const said: string[] = [];
    const log = (severity: string, message: string, urn?: string) =>
      Promise.resolve(void said.push(`${severity}: ${unnamed(message, urn)}`));
    const { id: tokenId } = sandbox.createToken();
    const { create, check, diff } = await inProcessProvider(sandbox, { log });
    const news = { tokenId, oldKeyExpiry: "1h", rotateAfter: "90d" };
    const made: { outs?: unknown } = await create(news);
    const state: Properties = {
      ...(made.outs as Properties),
      lastRotatedAt: new Date(Date.now() + 730 * DAY).toISOString(),
    };
    await check(news, news);
    assert.equal((await diff("", state, news)).changes, false);
    assert.match(said.join("\n"), /warning: Age unknown .*: the state says that this key is from/);
  });
});
