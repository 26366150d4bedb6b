/** Pulumi's read of a token that the stack owns. */
import assert from "node:assert/strict";

import { eachOwnedProvider } from "../../support/eachOwnedProvider";
import { LIST, PATCH } from "../../support/ownedProvider";
import { GET_TOKEN } from "../../support/routes";

const HOUR = 3_600_000;
const MINUTE = 60_000;

describe("a refresh of an access token that the stack owns", () => {
  const subject = eachOwnedProvider();

  it("names a previous token that was used lately", async () => {
    const { sandbox, inputs, kept, created, upFrom, read, said } = subject();
    const before = await created();
    const after = await upFrom(before, inputs({ triggers: { a: 2 } }));
    sandbox.clock.move(20 * HOUR);
    sandbox.store.save({ ...kept(before), lastUsed: sandbox.clock.now() });
    sandbox.clock.move(4 * MINUTE);
    const seen = await read(after);
    assert.match(
      said(),
      /Still in use \(.*\): the previous token \w+ \(ending in \w{4}\) was used 4 minutes ago, and ends in 3 hours\./,
    );
    const [previous] = seen["previousTokens"] as { lastUsedAt: string }[];
    assert.equal(previous?.lastUsedAt, new Date(sandbox.clock.now() - 4 * MINUTE).toISOString());
  });

  it("shows a role that was changed outside, and the next up sets it back", async () => {
    const { sandbox, inputs, newRequests, created, upFrom, read, said, kept } = subject();
    const state = await created();
    sandbox.store.save({ ...kept(state), role: "admin" });
    const seen = await read(state);
    assert.deepEqual(newRequests(), [LIST]);
    assert.match(said(), /Changed outside Pulumi \(access token "ci", \w+\): role writer → admin/);
    await upFrom(seen, inputs());
    assert.deepEqual(newRequests(), [PATCH]);
    assert.equal(kept(state).role, "writer");
  });

  it("notices that the token is gone, and the next up makes another one", async () => {
    const { sandbox, inputs, assertSound, created, upFrom, read, said } = subject();
    const state = await created();
    sandbox.store.delete(String(state["tokenId"]));
    const seen = await read(state);
    assert.match(said(), /Deleted outside Pulumi \(access token "ci", \w+\): /);
    const after = await upFrom(seen, inputs());
    assert.equal(after["lastRotationReason"], "the token was deleted outside Pulumi");
    assert.deepEqual(after["previousTokens"], []);
    assertSound(after);
  });

  it("does not take a token for gone whose key works", async () => {
    const { created, read, fail } = subject();
    const state = await created();
    fail(LIST, 200, { fault: { kind: "status", status: 200, body: '{"items":[],"totalCount":0}' } });
    fail("GET /api/v2/tokens/:id", 404, { times: 5 });
    await assert.rejects(read(state), { message: /the token's own key is not refused/ });
  });

  it("puts the end of a previous token back that somebody has removed", async () => {
    const { sandbox, inputs, newRequests, created, upFrom, read, kept } = subject();
    const before = await created();
    const after = await upFrom(before, inputs({ triggers: { a: 2 } }));
    const { expiry, ...rest } = kept(before);
    sandbox.store.save(rest);
    newRequests();
    await upFrom(await read(after), inputs({ triggers: { a: 2 } }));
    assert.deepEqual(newRequests(), [LIST, GET_TOKEN, PATCH]);
    assert.equal(kept(before).expiry, expiry);
  });
});
