/** A token that the stack owns, after the admin key was changed: what a destroy says to do. */
import assert from "node:assert/strict";

import { resetKey } from "../../../sandbox/accessToken";
import { eachOwnedProvider } from "../../support/eachOwnedProvider";

const OF_LAST_UP =
  /the settings of the last pulumi up, not today's\. If launchdarkly:accessToken has changed since, run/;

describe("a token that the stack owns, after the admin key was changed", () => {
  const subject = eachOwnedProvider();

  /** Kills the key that providers are configured with, as Pulumi does it from the state. */
  function changeAdminKey(): void {
    const { sandbox } = subject();
    const admin = sandbox.store.find(sandbox.adminId) ?? assert.fail("the admin token is there");
    const now = sandbox.clock.now();
    sandbox.store.save(resetKey(admin, now, now));
  }
  const failure = (work: Promise<unknown>) =>
    work.then(
      () => assert.fail("it fails"),
      (error: unknown) => (error as Error).message,
    );

  it("says at a destroy that its settings are those of the last up, and leaves all as it is", async () => {
    const { created, provider, marked } = subject();
    const state = await created();
    changeAdminKey();
    const message = await failure((await provider()).delete("", state));
    assert.match(
      message,
      /^Not destroyed: .*does not accept the key api-…\w{4} .* Without the program, Pulumi deletes /,
    );
    assert.match(message, OF_LAST_UP);
    assert.equal(marked().length, 1);
  });

  it("names the configuration alone where an up deletes it, which has today's settings", async () => {
    const { created, provider, inputs } = subject();
    const state = await created();
    changeAdminKey();
    const { check, delete: remove } = await provider();
    await check(inputs(), inputs());
    const message = await failure(remove("", state));
    assert.match(message, /does not accept the key .* Check launchdarkly:accessToken\./);
    assert.doesNotMatch(message, OF_LAST_UP);
  });
});
