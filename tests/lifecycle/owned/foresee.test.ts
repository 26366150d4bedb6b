/** What a preview asks before a record is made, and where it fails. */
import assert from "node:assert/strict";

import { type EachOwned, eachOwned } from "../../support/eachOwned";
import { eachOwnedProvider } from "../../support/eachOwnedProvider";
import { ownedKinds } from "../../support/kinds";
import type { Properties } from "../../support/providerProcess";
import { GET_TOKEN, WHO } from "../../support/routes";

/** What the program adds in a preview. */
const PREVIEW = { __preview: true };

/** As the engine does: the check, and for a resource that exists its diff. */
async function previewBy({ provider }: Pick<EachOwned, "provider">, news: Properties, olds?: Properties) {
  const { check, diff } = await provider();
  const checked = await check(olds === undefined ? {} : news, { ...news, ...PREVIEW });
  const inputs = checked.inputs as Properties;
  assert.deepEqual(checked.failures, []);
  assert.ok(!("__preview" in inputs), "the note goes no further");
  return olds === undefined ? undefined : diff("", olds, inputs);
}

for (const kind of ownedKinds) {
  describe(`a preview of the record of a ${kind.credential.className}`, () => {
    const subject = eachOwned(kind);
    const preview = (news: Properties, olds?: Properties) => previewBy(subject(), news, olds);

    it("asks whose key the stack's is, and its role, if a record has to be made", async () => {
      const { inputs, newRequests, created } = subject();
      await preview(inputs());
      assert.deepEqual(
        newRequests(),
        [WHO, GET_TOKEN, kind.routes.list],
        "and which it may have had under another name",
      );
      const state = await created();
      assert.equal((await preview(inputs({ triggers: { a: 2 } }), state))?.changes, true);
      assert.deepEqual(
        newRequests(),
        [WHO, GET_TOKEN, kind.routes.list],
        "and which there are that the state does not know",
      );
      await preview(inputs({ triggers: { a: 2 }, frozen: true }), state);
      await preview(inputs(), state);
      assert.deepEqual(newRequests(), []);
    });

    it("warns of a role that can't create one, and of a LaunchDarkly that is busy", async () => {
      const { sandbox, inputs, said, fail, newRequests } = subject();
      const admin = sandbox.store.find(sandbox.adminId) ?? assert.fail("the admin token is there");
      sandbox.store.save({ ...admin, role: "reader" });
      await preview(inputs());
      assert.match(said(), /warning: Can't rotate: the key of launchdarkly:accessToken has the role reader/);
      newRequests();
      fail(WHO, 503);
      await preview(inputs());
      assert.match(said(), /warning: Not checked: this preview could not ask LaunchDarkly/);
      assert.deepEqual(newRequests(), [WHO]);
    });

    it("fails where the up would: with a dead admin key", async () => {
      const { inputs, fail } = subject();
      fail(WHO, 401);
      await assert.rejects(preview(inputs()), { message: /^Can't create \(ci\): .*does not accept the key/ });
    });
  });
}

describe("a preview of a token that the stack owns", () => {
  const subject = eachOwnedProvider();
  const preview = (news: Properties, olds?: Properties) => previewBy(subject(), news, olds);

  it("says when a previous token was last used that it will end, or give another end", async () => {
    const { sandbox, inputs, kept, created, upFrom, newRequests, shown, said } = subject();
    const before = await created();
    const state = await upFrom(before, inputs({ triggers: { a: 2 } }));
    await preview(inputs({ triggers: { a: 2 }, oldKeyExpiry: "immediate" }), state);
    assert.match(
      said(),
      /Will delete: .* LaunchDarkly shows no use since it was replaced\./,
      "its own verification is no use",
    );
    sandbox.clock.move(60_000);
    sandbox.store.save({ ...kept(before), lastUsed: sandbox.clock.now() });
    sandbox.clock.move(4 * 60_000);
    for (const [oldKeyExpiry, expected] of [
      ["immediate", /Will delete: the previous token .*\. Its key ends at once\. Last used 4 minutes ago\./],
      ["48h", /Will end: the previous token .*, at 20\S+Z\. Last used 4 minutes ago\./],
    ] as const) {
      newRequests();
      shown.length = 0;
      await preview(inputs({ triggers: { a: 2 }, oldKeyExpiry }), state);
      assert.match(said(), expected);
      assert.deepEqual(newRequests(), [GET_TOKEN]);
    }
  });

  it("fails where the up would: for the token that the stack authenticates with", async () => {
    const { sandbox, inputs, created } = subject();
    const own = inputs({ initialToken: sandbox.adminKey, initialTokenId: sandbox.adminId, role: "admin" });
    const state = await created(own);
    await assert.rejects(preview({ ...own, triggers: { a: 2 } }, state), { message: /would lock this stack out/ });
  });

  it("says what a take-over changes of the token, but not the mark that it adds", async () => {
    const { sandbox, inputs, shown } = subject();
    const taken = async (token: { readonly id: string; readonly key: string }, more: Properties) => {
      shown.length = 0;
      await preview(inputs({ initialToken: token.key, initialTokenId: token.id, ...more }));
      return shown.filter((line) => line.includes("Will change"));
    };
    const token = sandbox.createToken({ name: "by hand", role: "writer", description: "for ci" });
    assert.deepEqual(await taken(token, { name: "by hand", description: "for ci" }), []);
    const [said, ...more] = await taken(token, { name: "ci", role: "reader" });
    assert.match(said ?? "", /^warning: Will change.*: name by hand → ci, role writer → reader\. The key stays\.$/);
    assert.deepEqual(more, []);
    const [described] = await taken(token, { name: "by hand", description: "for deploys" });
    assert.match(described ?? "", /: description "for ci" → "for deploys"\. The key stays\.$/);
  });

  it("fails where the up would: for a take-over with a key of another token", async () => {
    const { sandbox, inputs, newRequests } = subject();
    const [one, other] = [sandbox.createToken({ role: "writer" }), sandbox.createToken({ role: "writer" })];
    await preview(inputs({ initialToken: one.key, initialTokenId: one.id }));
    assert.deepEqual(newRequests(), [WHO, GET_TOKEN]);
    const mixed = inputs({ initialToken: one.key, initialTokenId: other.id });
    await assert.rejects(preview(mixed), { message: /belongs to another one/ });
    const dead = inputs({ initialToken: "api-11111111-2222-4333-8444-55555555dead", initialTokenId: one.id });
    await assert.rejects(preview(dead), { message: /^Can't take over \(ci\): .*does not accept the key api-…dead/ });
  });
});
