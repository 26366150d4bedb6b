/** An end that somebody else has given an access token that is reset: a refresh tells it, previews name it, and a run acts. */
import assert from "node:assert/strict";

import { eachRotationProvider } from "../support/eachRotationProvider";
import type { Properties } from "../support/providerProcess";
import { rejection } from "../support/rejection";
import { GET_TOKEN, RESET, WHO } from "../support/routes";

const DAY = 86_400_000;

describe("an end that somebody else has given a token that is reset", () => {
  const subject = eachRotationProvider();
  const given = { oldKeyExpiry: "1d" };

  /** Somebody gives the token an end, so much later. */
  function end(milliseconds: number): string {
    const { sandbox, token } = subject();
    const found = sandbox.store.find(token.id) ?? assert.fail();
    const expiry = sandbox.clock.now() + milliseconds;
    sandbox.store.save({ ...found, expiry });
    return new Date(expiry).toISOString();
  }

  /** A key of unknown age, whose token ends so much later, as a refresh has seen it. */
  async function endingIn(milliseconds: number): Promise<{ state: Properties; at: string; told: string[] }> {
    const { provider, inputs } = subject();
    const { outs } = await provider.create(inputs(given));
    const at = end(milliseconds);
    provider.shown.length = 0;
    const state = (await provider.read({ ...outs, lastRotatedAt: null })).outs;
    return { state, at, told: provider.shown.splice(0) };
  }

  async function preview(state: Properties): Promise<{ changes: boolean | undefined; said: string }> {
    const { provider, inputs } = subject();
    provider.shown.length = 0;
    const news = inputs(given);
    await provider.check(news, { ...news, __preview: true });
    const { changes } = await provider.diff(state, news);
    return { changes, said: provider.shown.splice(0).join("\n") };
  }

  it("is told by the refresh that sees it, and by no other", async () => {
    const { provider } = subject();
    const { state, at, told } = await endingIn(30 * DAY);
    assert.equal(told.length, 1);
    assert.match(String(told[0]), /^warning: Given an expiry outside Pulumi \(.*\): the token ends at /);
    assert.ok(told[0]?.includes(`: the token ends at ${at}, whatever its key.`));
    await provider.read(state);
    assert.deepEqual(provider.shown, []);
  });

  it("is named by each preview while it is far, and resets nothing", async () => {
    const { provider, inputs, newRequests } = subject();
    const { state, at } = await endingIn(30 * DAY);
    newRequests();
    for (const nth of ["first", "second"]) {
      const { changes, said } = await preview(state);
      assert.equal(changes, false, nth);
      assert.match(said, /warning: Will expire \(.*\): the token, at /);
      assert.ok(said.includes(`the token, at ${at}, which somebody else has set.`), nth);
    }
    assert.equal((await provider.diff(state, inputs(given))).changes, false);
    assert.deepEqual(newRequests(), []);
  });

  it("resets the token when it is near, and is gone if that lifts it", async () => {
    const { sandbox, provider, inputs, newRequests, accepts, keyIn } = subject();
    sandbox.openQuestions.liftsTokenExpiry = true;
    const { state, at } = await endingIn(3 * DAY);
    const { changes, said } = await preview(state);
    assert.equal(changes, true);
    assert.ok(said.includes(`expires at ${at}. The current key`), said);
    assert.match(said, /warning: May not help \(.*\): LaunchDarkly does not say whether a reset lifts the expiry/);
    newRequests();
    const after = await provider.update(state, inputs(given));
    assert.deepEqual(newRequests(), [RESET, WHO, GET_TOKEN]);
    assert.equal(after["lastRotationReason"], `expires at ${at}`);
    assert.ok(accepts(keyIn(state)) && accepts(keyIn(after)));
    assert.equal("foreignEnd" in after, false);
    assert.deepEqual(await preview(after), { changes: false, said: "" });
  });

  it("is told by the run that has not lifted it, which no later run tries again", async () => {
    const { provider, inputs, newRequests } = subject();
    const { state, at } = await endingIn(3 * DAY);
    const after = await provider.update(state, inputs(given));
    const told = provider.shown.splice(0).find((message) => message.startsWith("warning: Will expire"));
    assert.ok(told?.includes(`the token and its key, at ${at}.`), told);
    assert.match(String(told), /a reset has not lifted it: no other one is tried\. Use RotatingAccessToken/);
    newRequests();
    const { changes, said } = await preview({ ...after, lastRotatedAt: null });
    assert.equal(changes, false);
    assert.match(said, /no other one is tried\. Use RotatingAccessToken/);
    assert.deepEqual(newRequests(), []);
  });

  it("says why the new key of a token that has expired is refused, and keeps it", async () => {
    const { provider, inputs } = subject();
    const { state, at } = await endingIn(-DAY);
    const { changes, said } = await preview(state);
    assert.equal(changes, true);
    assert.ok(said.includes(`expired at ${at}.`), said);
    const failure = await rejection(provider.update(state, inputs(given)));
    assert.ok(failure.message.includes(`but the token expired at ${at}, and the reset has not lifted that.`));
    assert.match(failure.message, /Use RotatingAccessToken/);
  });
});
