/**
 * A token that the stack owns, whose resource is replaced: the key that people held keeps working for its grace, in every
 * order in which the engine may make and delete.
 */
import assert from "node:assert/strict";

import { eachOwnedProvider } from "../../support/eachOwnedProvider";
import { CREATE, OWNER, PATCH } from "../../support/ownedProvider";
import type { Properties } from "../../support/providerProcess";
import { MOVED, movedOf, orders, previousOf } from "./replacementOrders";

const HOUR = 3_600_000;

describe("a token that the stack owns, whose resource is replaced", () => {
  const subject = eachOwnedProvider();
  const ending = (state: Properties) => String(state["tokenLastFour"]);
  const news = (more: Properties = {}) => subject().inputs({ serviceToken: false, ...more });

  /** What a preview, or an up, says of the change. */
  async function shownOf(
    state: Properties,
    before: Properties,
    edited: Properties,
    isPreview: boolean,
  ): Promise<string> {
    const { provider, shown, said } = subject();
    const { check, diff } = await provider();
    shown.length = 0;
    await check(before, { ...edited, __preview: isPreview });
    const { changes, replaces } = await diff("", state, edited);
    assert.deepEqual([changes, replaces], [true, ["serviceToken"]]);
    return said();
  }

  for (const [how, replace] of Object.entries(orders)) {
    it(`leaves the key that people held its grace: ${how}`, async () => {
      const { sandbox, inputs, created, upFrom, accepts, said } = subject();
      const first = await created();
      sandbox.clock.move(HOUR);
      const second = await upFrom(first, inputs({ triggers: { a: 2 } }));
      sandbox.clock.move(HOUR);
      const edited = news({ triggers: { a: 2 } });
      const now = sandbox.clock.now();
      const after = await replace(subject(), second, edited);
      assert.notEqual(after["nonce"], second["nonce"]);
      assert.ok([first, second, after].every(({ token }) => accepts(token)));
      const expiry = (state: Properties) => sandbox.store.find(String(state["tokenId"]))?.expiry;
      assert.deepEqual([expiry(second), expiry(first)], [now + 24 * HOUR, now + 23 * HOUR], "each keeps its own end");
      assert.match(said(), new RegExp(`Handed on.*: ${String(second["tokenId"])} .* works until`));
    });

    it(`owns the old tokens from then on: ${how}`, async () => {
      const { inputs, created, upFrom, marked, provider } = subject();
      const second = await upFrom(await created(), inputs({ triggers: { a: 2 } }));
      const edited = news({ triggers: { a: 2 } });
      const asked = how.startsWith(MOVED) ? movedOf(edited) : edited;
      const after = await upFrom(await replace(subject(), second, edited), asked);
      const ids = previousOf(after);
      assert.equal(ids.length, 2);
      assert.ok(ids.includes(String(second["tokenId"])));
      await (await provider()).delete("", after);
      assert.deepEqual(marked(), [], "a destroy deletes them");
    });
  }

  it("deletes them as its last step when oldKeyExpiry is immediate", async () => {
    const { created, marked } = subject();
    const state = await created();
    const after = await orders["because serviceToken changed"](subject(), state, news({ oldKeyExpiry: "immediate" }));
    assert.deepEqual(marked(), [String(after["tokenId"])]);
  });

  it("says in the preview what becomes of the old key", async () => {
    const { inputs, created, upFrom } = subject();
    const first = await created();
    const verdict = "warning: Will replace: serviceToken changed. A new token is created. ";
    const unless = " Under retainOnDelete no old key is ended. Under deleteBeforeReplace the old key";
    const begins = " gets its end before there is a new one.";
    const dead = " is dead before there is a new one.";
    assert.equal(
      await shownOf(first, inputs(), news(), true),
      `${verdict}The current key (ending in ${ending(first)}) keeps working for 1 day.${unless}${begins}`,
    );
    const immediate = { oldKeyExpiry: "immediate" };
    const second = await upFrom(first, inputs({ triggers: { a: 2 } }));
    assert.equal(
      await shownOf(second, inputs(), news(immediate), true),
      `${verdict}The current key (ending in ${ending(second)}) ends with this pulumi up, as its last step. So do the previous tokens: ${String(first["tokenId"])} (ending in ${ending(first)}).${unless}${dead}`,
    );
  });

  it("says nothing before the up has done it", async () => {
    const { inputs, created } = subject();
    assert.equal(await shownOf(await created(), inputs(), news(), false), "");
  });

  it("has the old tokens again at the next up where the deletion failed", async () => {
    const { created, accepts, fail, provider } = subject();
    const state = await created();
    const edited = news();
    fail(PATCH, 403);
    await assert.rejects(orders["because serviceToken changed"](subject(), state, edited), {
      message: /Not destroyed \(ci\): /,
    });
    const next = await provider();
    await next.check(edited, edited);
    await next.delete("", state);
    assert.ok(accepts(state["token"]), "the engine tries again, and its grace begins then");
  });

  it("is as it was where the new token can't be created", async () => {
    const { created, provider, fail, kept, marked } = subject();
    const state = await created();
    const methods = await provider();
    await methods.check({}, news());
    fail(CREATE, 403);
    await assert.rejects(methods.create(news()), { message: /^Not created \(ci\): .* Nothing was changed\.$/ });
    assert.deepEqual(marked(), [String(state["tokenId"])]);
    assert.equal(kept(state).expiry, undefined);
  });

  it("has its end in the state where LaunchDarkly knows no expiry, and is deleted when that has come", async () => {
    const { sandbox, created, upFrom, accepts } = subject();
    sandbox.openQuestions.knowsTokenExpiry = false;
    const state = await created();
    const made = await orders["by --replace or a taint"](subject(), state, news());
    const adopted = await upFrom(made, news());
    const end = new Date(sandbox.clock.now() + 24 * HOUR).toISOString();
    const [previous] = adopted["previousTokens"] as { id: string; expiresAt: string }[];
    assert.deepEqual([previous?.id, previous?.expiresAt], [state["tokenId"], end]);
    assert.ok(accepts(state["token"]));
    sandbox.clock.move(25 * HOUR);
    await upFrom(adopted, news());
    assert.ok(!accepts(state["token"]));
  });

  it("is destroyed with all its tokens where the program does not have it any more", async () => {
    const { created, provider, marked, inputs } = subject();
    const state = await created();
    const methods = await provider();
    await methods.check({}, inputs({ owner: OWNER.replace(/ci$/, "web"), name: "web" }));
    await methods.delete("", state);
    assert.deepEqual(marked(), []);
  });
});
