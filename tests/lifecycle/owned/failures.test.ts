/** A token that the stack owns, when a request fails: one behaviour each. failedEnds.test.ts has what holds for every record. */
import assert from "node:assert/strict";

import { PartialFailure } from "../../../provider/hosts/dynamic/provider";
import { eachOwnedProvider } from "../../support/eachOwnedProvider";
import { DELETE, OWNER, PATCH } from "../../support/ownedProvider";
import type { Properties } from "../../support/providerProcess";
import { GET_TOKEN, WHO } from "../../support/routes";

const HOUR = 3_600_000;

describe("an access token that the stack owns, when LaunchDarkly or the run fails", () => {
  const subject = eachOwnedProvider();

  it("says which tokens the stack could let go when the account has as many as it may", async () => {
    const { sandbox, inputs, marked, up, created, upFrom } = subject();
    const second = await upFrom(await created(), inputs({ triggers: { a: 2 } }));
    const before = marked();
    sandbox.openQuestions.tokenLimit = sandbox.store.all().length;
    const { error, state } = await up({ state: second, error: undefined }, inputs({ triggers: { a: 3 } }));
    const [previous] = second["previousTokens"] as { id: string }[];
    assert.match(String(error?.message), /^Not created \(ci\): .*token_limit_reached.* Nothing was changed/);
    assert.ok(error?.message.includes(`could let go of ${String(previous?.id)}`));
    assert.equal(state, second);
    assert.deepEqual(marked(), before);
  });

  it("keeps a new key that can't be verified, and the one before without an end, until it is", async () => {
    const { sandbox, inputs, up, upUntilDone, newRequests, accepts, created, fail, kept } = subject();
    const before = await created();
    fail(WHO, 401, { skip: 1, times: 5 });
    const news = inputs({ triggers: { a: 2 }, oldKeyExpiry: "1h" });
    const { state, error } = await up({ state: before, error: undefined }, news);
    assert.match(String(error?.message), /Created, but not verified \(ci\): the new key \(ending in \w{4}\) is saved/);
    assert.equal(kept(before).expiry, undefined);
    // Long after the grace would have ended.
    sandbox.clock.move(5 * HOUR);
    newRequests();
    const after = await upUntilDone({ state, error }, news);
    assert.deepEqual(newRequests(), [WHO, GET_TOKEN, PATCH], "without another token");
    assert.ok(accepts(before["token"]), "the grace begins when the key is handed on");
    assert.equal(kept(before).expiry, sandbox.clock.now() + HOUR);
    assert.equal(after["token"], state?.["token"]);
  });

  it("deletes the one before at its end where LaunchDarkly knows no expiry", async () => {
    const { sandbox, inputs, newRequests, accepts, created, upFrom, said } = subject();
    sandbox.openQuestions.knowsTokenExpiry = false;
    const before = await created();
    const news = inputs({ triggers: { a: 2 } });
    const after = await upFrom(before, news);
    assert.match(
      said(),
      /warning: No expiry: LaunchDarkly gave the previous token \(ending in \w{4}\) none\. LaunchDarkly refused to change access token \w+ .*\. The first pulumi up after .* deletes it/,
    );
    const [previous] = after["previousTokens"] as { expiresAt: string }[];
    assert.equal(previous?.expiresAt, new Date(sandbox.clock.now() + 24 * HOUR).toISOString());
    sandbox.clock.move(23 * HOUR);
    newRequests();
    await upFrom(after, news);
    assert.deepEqual(newRequests(), []);
    sandbox.clock.move(HOUR);
    await upFrom(after, news);
    assert.deepEqual(newRequests(), [WHO, GET_TOKEN, DELETE]);
    assert.ok(!accepts(before["token"]));
  });

  it("names what is wrong with the inputs, and repeats no value", async () => {
    const { inputs, provider } = subject();
    const { check } = await provider();
    for (const [more, problem] of [
      [{ name: undefined }, /^name is required/],
      [{ name: " " }, /^name must be a name/],
      [{ customRoleIds: ["ops"] }, /^customRoleIds must not be given beside role/],
      [{ role: undefined, inlineRole: [] }, /^inlineRole must be a list of policy statements/],
      [{ initialToken: "api-01234567" }, /^initialTokenId must be given with initialToken/],
      [{ initialToken: "sdk-01234567", initialTokenId: "0123" }, /^initialToken is a key of another kind/],
      [{ serviceToken: "yes" }, /^serviceToken must be true or false/],
      [{ oldKeyExpiry: "soon" }, /^oldKeyExpiry must be a duration/],
      [{ tokenId: "0123" }, /^tokenId is no input of RotatingAccessToken/],
    ] as const) {
      const news = JSON.parse(JSON.stringify(inputs(more))) as Properties;
      const { failures = [] } = await check({}, { ...news, owner: OWNER });
      assert.equal(failures.length, 1, JSON.stringify(failures));
      assert.match(String(failures[0]?.reason), problem);
      assert.ok(!failures[0]?.reason.includes("01234567"));
    }
  });

  it("keeps what an earlier try has saved when a later one fails before it does anything", async () => {
    const { inputs, created, fail, accepts } = subject();
    const olds = await created();
    const news = inputs({ triggers: { a: 2 }, oldKeyExpiry: "1h", role: "reader" });
    const methods = await subject().provider();
    fail(WHO, 403, { skip: 1, times: Infinity });
    await assert.rejects(methods.update("", olds, news), PartialFailure);
    // Nothing that has to do with LaunchDarkly: what a call may fail at before it is said what is left.
    const odd = { ...news, oldKeyExpiry: "2020-01-01T00:00:00Z" };
    await assert.rejects(methods.update("", olds, odd), (error: unknown) => {
      assert.ok(error instanceof PartialFailure);
      assert.ok(accepts(error.properties["token"]));
      assert.notEqual(error.properties["token"], olds["token"]);
      return true;
    });
  });
});
