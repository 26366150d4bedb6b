/** What killed runs leave of a token that the stack owns, and who cleans up. */
import assert from "node:assert/strict";

import { eachOwnedProvider } from "../../support/eachOwnedProvider";
import { nothing } from "../../support/ownedProvider";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe("an access token that the stack owns, and a run that was killed", () => {
  const subject = eachOwnedProvider();

  it("has its tokens kept by the next rotation, with a grace: somebody may have their keys", async () => {
    const { sandbox, inputs, assertSound, created, upFrom, said, leave } = subject();
    const state = await created();
    const mark = `[Pulumi shop/production/ci ${String(state["nonce"])} #2]`;
    const orphans = [leave(mark), leave(mark, 2_000), leave(mark, 20 * MINUTE)];
    const after = await upFrom(state, inputs({ triggers: { a: 2 } }));
    const end = sandbox.clock.now() + 24 * HOUR;
    assert.deepEqual(
      orphans.map((id) => sandbox.store.find(id)?.expiry),
      orphans.map(() => end),
    );
    assertSound(after);
    assert.match(String(sandbox.store.find(String(after["tokenId"]))?.description), / #3-[0-9a-f]{8}\]$/);
    for (const id of orphans) {
      assert.match(said(), new RegExp(`warning: Found: .*${id} .*It|Each is kept as a previous token: `));
      assert.match(said(), new RegExp(`Retired: the previous token ${id} .* works until`));
    }
  });

  it("has its tokens named by the preview of the next rotation, with what becomes of them", async () => {
    const { provider, inputs, created, said, leave, marked } = subject();
    const state = await created();
    const id = leave(`[Pulumi shop/production/ci ${String(state["nonce"])} #2]`);
    const { check, diff } = await provider();
    const news = inputs({ triggers: { a: 2 } });
    await check(inputs(), { ...news, __preview: true });
    await diff("", state, news);
    assert.match(said(), new RegExp(`warning: Will keep: ${id} \\(ending in \\w{4}\\)\\. The mark is this resource's`));
    assert.match(said(), /It is kept as a previous token: it works until its grace ends/);
    assert.equal(marked().length, 2, "a preview changes nothing");
  });

  it("has a newer token than the state's named by a refresh, and the next up makes another one", async () => {
    const { inputs, marked, up, created, read, said, leave, accepts } = subject();
    const state = await created();
    const id = leave(`[Pulumi shop/production/ci ${String(state["nonce"])} #2]`);
    const seen = await read(state);
    assert.ok(marked().includes(id), "a refresh changes nothing at LaunchDarkly");
    assert.match(said(), new RegExp(`warning: Out of date .*: this resource created ${id} \\(ending in`));
    const { state: after } = await up({ state: seen, error: undefined }, inputs());
    assert.ok(marked().includes(id), "somebody may have its key");
    assert.notEqual(after?.["token"], state["token"]);
    assert.match(
      String(after?.["lastRotationReason"]),
      new RegExp(`^a newer token of this resource is at LaunchDarkly, ${id}, whose key is not in this state$`),
    );
    assert.ok(accepts(state["token"]) && accepts(after?.["token"]));
  });

  it("has an older token than the state's kept by the next up after a refresh, which makes no other", async () => {
    const { sandbox, inputs, up, created, read, said, leave } = subject();
    const state = await created();
    const id = leave(`[Pulumi shop/production/ci ${String(state["nonce"])} #1]`);
    const seen = await read(state);
    assert.match(said(), new RegExp(`warning: Found .*: ${id} `));
    const { state: after } = await up({ state: seen, error: undefined }, inputs());
    assert.equal(after?.["token"], state["token"]);
    assert.equal(sandbox.store.find(id)?.expiry, sandbox.clock.now() + 24 * HOUR);
    assert.deepEqual(
      (after?.["previousTokens"] as { id: string }[]).map((one) => one.id),
      [id],
    );
  });

  it("has its first token left alone by the next creation, whatever its use", async () => {
    const { inputs, marked, upUntilDone, said, leave } = subject();
    const owner = "shop/production/ci";
    const left = [undefined, 1_000].map((used) => leave(`[Pulumi ${owner} 0123456789abcdef #1]`, used));
    leave("[Pulumi shop/staging/ci 0123456789abcded #1]");
    await upUntilDone(nothing, inputs());
    for (const id of left) {
      assert.ok(marked().includes(id));
      assert.match(said(), new RegExp(`warning: Left alone: .*${id} `));
    }
    assert.equal(marked().length, 4);
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
});
