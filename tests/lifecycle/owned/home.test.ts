/** A token that the stack owns, at another LaunchDarkly or in another account: what everyHome.test.ts does not ask of every kind. */
import assert from "node:assert/strict";

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

  it("does not make the diff of a refresh fail, which no program mends", async () => {
    const { created, inputs } = subject();
    const { diff } = await elsewhere();
    assert.deepEqual(await diff("", await created(), inputs()), { changes: false });
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

  it("is another account: no end of a record that has the same id there", async () => {
    const { created, inputs, upFrom, provider, newRequests, marked } = subject();
    const graceful = { triggers: { a: 2 }, oldKeyExpiry: "1h" };
    const rotated = await upFrom(await created(), inputs(graceful));
    const before = marked();
    newRequests();
    const { update } = await provider();
    const news = inputs({ ...graceful, oldKeyExpiry: "immediate" });
    await assert.rejects(update("", ofOther(rotated), news), { message: /Another account/ });
    assert.deepEqual(newRequests(), [WHO]);
    assert.deepEqual(marked(), before);
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
