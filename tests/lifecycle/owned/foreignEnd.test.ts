/** An end that somebody else has given the current token of a stack that owns it: named while it is far, acted on when near. */
import assert from "node:assert/strict";

import { eachOwnedProvider } from "../../support/eachOwnedProvider";
import { CREATE } from "../../support/ownedProvider";
import type { Properties } from "../../support/providerProcess";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe("an end that somebody else has given the token of a stack", () => {
  const subject = eachOwnedProvider();

  /** A token that was made long ago and ends so much later, as a refresh has seen it. */
  async function endingIn(milliseconds: number): Promise<Properties> {
    const { sandbox, created, kept, read, shown } = subject();
    const state = await created();
    sandbox.clock.move(100 * DAY);
    sandbox.store.save({ ...kept(state), expiry: sandbox.clock.now() + milliseconds });
    const seen = await read(state);
    shown.length = 0;
    return seen;
  }

  async function preview(state: Properties): Promise<boolean | undefined> {
    const { provider, inputs } = subject();
    const { check, diff } = await provider();
    await check(inputs(), { ...inputs(), __preview: true });
    return (await diff("", state, inputs())).changes;
  }

  it("is named by each preview while it is far, and rotates nothing", async () => {
    const { sandbox, inputs, up, said, newRequests } = subject();
    const state = await endingIn(30 * DAY);
    newRequests();
    for (const nth of ["first", "second"]) assert.equal(await preview(state), false, nth);
    const end = new Date(sandbox.clock.now() + 30 * DAY).toISOString();
    assert.equal(
      said().split(`warning: Will expire: the current token, at ${end}, which somebody else has set.`).length,
      3,
    );
    assert.equal((await up({ state, error: undefined }, inputs())).state, state);
    assert.deepEqual(newRequests(), []);
  });

  it("makes another token when it is near, which the preview says, and the old key works on for its grace", async () => {
    const { sandbox, inputs, upFrom, said, newRequests, accepts, kept } = subject();
    const state = await endingIn(3 * DAY);
    assert.equal(await preview(state), true);
    assert.match(said(), /Will rotate: the token will expire at 20\S+Z\. The current key .* keeps working for 1 day/);
    newRequests();
    const after = await upFrom(state, inputs());
    assert.ok(newRequests().includes(CREATE));
    assert.match(String(after["lastRotationReason"]), /^the token will expire at 20/);
    assert.ok(accepts(state["token"]) && accepts(after["token"]));
    assert.equal(kept(state).expiry, sandbox.clock.now() + DAY);
    newRequests();
    await upFrom(after, inputs());
    assert.deepEqual(newRequests(), []);
  });

  it("is only named while frozen is true", async () => {
    const { inputs, up, said, newRequests } = subject();
    const state = await endingIn(3 * DAY);
    newRequests();
    await up({ state, error: undefined }, inputs({ frozen: true }));
    assert.match(said(), /Will not rotate: frozen is true, though a rotation is due \(the token will expire at/);
    assert.deepEqual(newRequests(), []);
  });
});
