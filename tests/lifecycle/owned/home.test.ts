/** A token that the stack owns, and a run that works with another LaunchDarkly, or another account. */
import assert from "node:assert/strict";

import { ACCOUNT_ID } from "../../../sandbox/accessToken";
import { type Sandbox, startSandbox } from "../../../sandbox/sandbox";
import { rotatingAccessToken } from "../../../provider/credentials/rotatingAccessToken/credential";
import { eachOwnedProvider } from "../../support/eachOwnedProvider";
import { inProcessProvider } from "../../support/inProcessProvider";
import { DELETE, LIST } from "../../support/ownedProvider";
import type { Properties } from "../../support/providerProcess";
import { WHO } from "../../support/routes";
import { lifecycleOf } from "../../../provider/lifecycle/lifecycleOf";

describe("where a token that the stack owns lives", () => {
  const subject = eachOwnedProvider();
  let other: Sandbox;
  beforeEach(async () => {
    other = await startSandbox();
  });
  afterEach(() => other.stop());

  const elsewhere = () => inProcessProvider(other, {}, { lifecycle: lifecycleOf(rotatingAccessToken) });
  const ofOther = (state: Properties): Properties => ({
    ...state,
    home: { host: subject().sandbox.url, accountId: "another" },
  });

  it("is in the state from the first up on, also of one that is taken over", async () => {
    const { sandbox, created, inputs } = subject();
    const home = { host: sandbox.url, accountId: ACCOUNT_ID };
    assert.deepEqual((await created())["home"], home);
    const { id, key } = sandbox.createToken({ name: "ci", serviceToken: true });
    assert.deepEqual((await created(inputs({ initialToken: key, initialTokenId: id })))["home"], home);
  });

  it("is held to by refresh, preview, up and destroy: nothing is asked for there, and nothing is forgotten", async () => {
    const { created, inputs, accepts, sandbox } = subject();
    const state = await created();
    const news = inputs({ triggers: { a: 2 } });
    const { check, diff, read, update, delete: remove } = await elsewhere();
    await check(news, news);
    const calls = [
      () => read("", state),
      () => diff("", state, inputs()),
      () => diff("", state, news),
      () => update("", state, news),
      () => remove("", state),
    ];
    for (const call of calls) {
      await assert.rejects(call(), (error: Error) => {
        assert.match(error.message, /^Another LaunchDarkly(?: \(ci\))?: /);
        return error.message.includes(`set launchdarkly:apiHost to ${sandbox.url}`);
      });
    }
    assert.equal(other.requests.length, 0);
    assert.ok(accepts(state["token"]));
  });

  it("does not make the diff of a refresh fail, which no program mends", async () => {
    const { created, inputs } = subject();
    const { diff } = await elsewhere();
    assert.deepEqual(await diff("", await created(), inputs()), { changes: false });
  });

  it("is noted in a state of an older release by the next call that writes it, and asks for none", async () => {
    const { created, inputs, upFrom, read, provider } = subject();
    const { home, ...older } = await created();
    const { diff } = await provider();
    assert.deepEqual(await diff("", older, inputs()), { changes: false });
    assert.ok(!("home" in (await read(older))), "a refresh shows no change");
    assert.deepEqual((await upFrom(older, inputs({ triggers: { a: 2 } })))["home"], home);
  });

  it("is another account: no rotation, no refresh and no destroy, where the token is not to be seen", async () => {
    const { created, inputs, provider, sandbox, newRequests, marked } = subject();
    const state = ofOther(await created());
    const news = inputs({ triggers: { a: 2 } });
    const hidden = { ...state, tokenId: "61095542756dba551110ae21", token: "api-11111111-2222-4333-8444-555555555555" };
    const cells: [() => Promise<unknown>, string[]][] = [
      [async () => (await provider()).update("", state, news), [WHO]],
      [async () => (await provider()).read("", hidden), [LIST, "GET /api/v2/tokens/:id", WHO]],
      [async () => (await provider()).delete("", hidden), [LIST, WHO]],
      [async () => (await provider()).update("", { ...hidden, openMark: true }, inputs()), [LIST, WHO]],
    ];
    const before = marked();
    newRequests();
    for (const [call, requests] of cells) {
      await assert.rejects(call(), {
        message: /^Another account(?: \(ci\))?: the state is of LaunchDarkly's account another/,
      });
      assert.deepEqual(newRequests(), requests);
    }
    assert.deepEqual(marked(), before);
    assert.ok(!sandbox.requests.some(({ route }) => route === DELETE));
  });

  it("is another account: settings and ends that fail with 404 forget nothing", async () => {
    const { created, inputs, upFrom, provider } = subject();
    const rotated = await upFrom(await created(), inputs({ triggers: { a: 2 }, oldKeyExpiry: "1h" }));
    const gone = { tokenId: "61095542756dba551110ae21", token: "api-11111111-2222-4333-8444-555555555555" };
    const [before] = rotated["previousTokens"] as [Properties];
    const [retirement] = rotated["retirements"] as [Properties];
    const id = "61095542756dba551110ae22";
    const previous = { previousTokens: [{ ...before, id }], retirements: [{ ...retirement, id }] };
    const { update } = await provider();
    const base = { triggers: { a: 2 }, oldKeyExpiry: "1h" };
    await assert.rejects(update("", ofOther({ ...rotated, ...gone }), inputs({ ...base, role: "reader" })), {
      message: /Another account/,
    });
    await assert.rejects(update("", ofOther({ ...rotated, ...previous }), inputs({ ...base, oldKeyExpiry: "2h" })), {
      message: /Another account/,
    });
  });
});
