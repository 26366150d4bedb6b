/** What killed runs leave of a token that the stack owns, and who cleans up. */
import assert from "node:assert/strict";

import { eachOwnedProvider } from "../../support/eachOwnedProvider";
import { nothing } from "../../support/ownedProvider";
import type { Properties } from "../../support/providerProcess";

const MINUTE = 60_000;

describe("an access token that the stack owns, and a run that was killed", () => {
  const subject = eachOwnedProvider();

  it("has its token deleted by the next rotation, also if it was verified", async () => {
    const { inputs, marked, assertSound, created, upFrom, said, leave } = subject();
    const state = await created();
    const mark = `[Pulumi shop/production/ci ${String(state["nonce"])} #2]`;
    const strays = [leave(mark), leave(mark, 2_000)];
    const after = await upFrom(state, inputs({ triggers: { a: 2 } }));
    assert.ok(strays.every((id) => !marked().includes(id)));
    assertSound(after);
    assert.match(said(), /warning: Deleted: access token \w+ \(ending in \w{4}\)\. .* nobody has its key/);
  });

  it("has its token left alone if somebody uses it, as after an older state was restored", async () => {
    const { inputs, marked, created, upFrom, said, leave } = subject();
    const state = await created();
    const id = leave(`[Pulumi shop/production/ci ${String(state["nonce"])} #2]`, 20 * MINUTE);
    await upFrom(state, inputs({ triggers: { a: 2 } }));
    assert.ok(marked().includes(id));
    assert.match(said(), new RegExp(`warning: Left alone: ${id} .* somebody may use it\\.`));
  });

  it("has its token deleted by the next up after a refresh", async () => {
    const { inputs, marked, up, created, read, said, leave } = subject();
    const state = await created();
    const id = leave(`[Pulumi shop/production/ci ${String(state["nonce"])} #2]`);
    const seen = await read(state);
    assert.ok(marked().includes(id), "a refresh changes nothing at LaunchDarkly");
    assert.match(said(), new RegExp(`Lost .*: a request of this stack has made ${id}`));
    const { state: after } = await up({ state: seen, error: undefined }, inputs());
    assert.ok(!marked().includes(id));
    assert.equal(after?.["token"], state["token"]);
  });

  it("has its first token deleted by the next creation, unless it was used", async () => {
    const { inputs, marked, upUntilDone, said, leave } = subject();
    const owner = "shop/production/ci";
    const unused = leave(`[Pulumi ${owner} 0123456789abcdef #1]`);
    const used = leave(`[Pulumi ${owner} 0123456789abcdee #1]`, 1_000);
    const others = leave("[Pulumi shop/staging/ci 0123456789abcded #1]");
    await upUntilDone(nothing, inputs());
    assert.ok(!marked().includes(unused));
    assert.ok(marked().includes(used) && marked().includes(others));
    assert.match(said(), new RegExp(`warning: Left alone: ${used} `));
  });

  it("has its first token named by every refresh, where it was verified and nobody has used it since", async () => {
    const { created, read, said, leave, marked } = subject();
    const state = await created();
    const verified = leave("[Pulumi shop/production/ci 0123456789abcdef #1]", 1_000);
    const others = leave("[Pulumi shop/staging/ci 0123456789abcdef #1]", 1_000);
    const inUse = leave("[Pulumi shop/production/ci 0123456789abcdee #1]", 20 * MINUTE);
    await read(state);
    assert.match(said(), new RegExp(`warning: Left alone .*: ${verified} `));
    assert.ok(!said().includes(others) && !said().includes(inUse));
    assert.ok(marked().includes(verified));
  });

  it("is not suspected where the resource is being replaced", async () => {
    const { inputs, marked, created, upFrom } = subject();
    const state = await upFrom(await created(), inputs({ verify: false, triggers: { a: 2 } }));
    const methods = await subject().provider();
    // As the engine does it: the old inputs first, then none.
    await methods.check(inputs(), inputs({ serviceToken: false }));
    await methods.check({}, inputs({ serviceToken: false }));
    const made: { outs?: unknown } = await methods.create(inputs({ serviceToken: false }));
    assert.ok(marked().includes(String(state["tokenId"])));
    await methods.delete("", state);
    assert.deepEqual(marked(), [String((made.outs as Properties)["tokenId"])]);
  });
});
