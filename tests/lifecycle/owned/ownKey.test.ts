/** A stack that owns the token it authenticates with. */
import assert from "node:assert/strict";

import { eachOwnedProvider } from "../../support/eachOwnedProvider";
import { nothing } from "../../support/ownedProvider";
import type { Properties } from "../../support/providerProcess";

describe("a stack that owns the token it authenticates with", () => {
  const subject = eachOwnedProvider();

  /** Has the stack take its own admin token over. */
  async function own(more: Properties = {}): Promise<{ state: Properties; news: Properties }> {
    const { sandbox, inputs, upUntilDone } = subject();
    const admin = { initialToken: sandbox.adminKey, initialTokenId: sandbox.adminId, role: "admin" };
    const news = inputs({ ...admin, ...more });
    return { state: await upUntilDone(nothing, news), news };
  }

  it("is not rotated unless that is allowed, nor with an immediate end", async () => {
    const { up } = subject();
    const { state, news } = await own();
    for (const [more, refusal] of [
      [{}, /would lock this stack out/],
      [{ allowSelfRotation: true, oldKeyExpiry: "immediate" }, /would end at the next pulumi up/],
    ] as const) {
      const { error } = await up({ state, error: undefined }, { ...news, ...more, triggers: { a: 2 } });
      assert.match(String(error?.message), refusal);
    }
  });

  it("is rotated when that is allowed, and never ended while the stack authenticates with it", async () => {
    const { sandbox, up, accepts, upFrom, said } = subject();
    const { state, news } = await own({ allowSelfRotation: true });
    const after = await upFrom(state, { ...news, triggers: { a: 2 } });
    assert.match(said(), /Before that, put the new one \(ending in \w{4}\) into/);
    await up({ state: after, error: undefined }, { ...news, triggers: { a: 2 }, oldKeyExpiry: "immediate" });
    assert.match(said(), /Not ended: the stack authenticates with the previous token/);
    assert.ok(accepts(sandbox.adminKey));
  });
});
