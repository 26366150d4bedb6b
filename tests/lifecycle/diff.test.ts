/** Pulumi's diff: when a rotation is due, and what is said of it. */
import assert from "node:assert/strict";

import { UNKNOWN_VALUE } from "../../provider/model/json";
import type { Properties } from "../support/providerProcess";
import { rejection } from "../support/rejection";
import { type RotationProvider, startRotationProvider } from "../support/rotationProvider";

describe("diff, in the dynamic-provider process", () => {
  let subject: RotationProvider;
  let olds: Properties;

  before(async () => {
    subject = await startRotationProvider();
    const { outs } = await subject.provider.create(subject.inputs());
    // The key before it is dead, so that nothing warns of its end.
    olds = { ...outs, oldKeyExpiresAt: new Date(0).toISOString() };
    subject.newRequests();
  });
  beforeEach(() => {
    subject.provider.shown.length = 0;
  });
  afterEach(() => {
    assert.deepEqual(subject.newRequests(), [], "diff sends no request");
  });
  after(() => subject.stop());

  it("reports no change when nothing changed, and says nothing", async () => {
    const { provider, inputs } = subject;
    assert.deepEqual(await provider.diff(olds, inputs()), { changes: false, replaces: [] });
    assert.deepEqual(provider.shown, []);
  });

  it("reports no change for an edit of anything but triggers", async () => {
    const { provider, inputs } = subject;
    for (const edit of [{ oldKeyExpiry: "2h" }, { oldKeyExpiry: "immediate" }, { verify: false }]) {
      assert.deepEqual(await provider.diff(olds, inputs(edit)), { changes: false, replaces: [] });
    }
  });

  it("does not mind an instant that has passed while no rotation is due", async () => {
    const { provider, inputs } = subject;
    const { changes } = await provider.diff(olds, inputs({ oldKeyExpiry: "2020-01-01T00:00:00Z" }));
    assert.equal(changes, false);
  });

  it("refuses an instant that has passed when a rotation is due", async () => {
    const { provider, inputs } = subject;
    const news = inputs({ triggers: { a: 2 }, oldKeyExpiry: "2020-01-01T00:00:00Z" });
    const { message } = await rejection(provider.diff(olds, news));
    assert.match(
      message,
      /^Can't reset: oldKeyExpiry is 2020-01-01T00:00:00\.000Z, which has passed .* A reset is due: triggers\.a changed\./,
    );
  });

  it("says why it will rotate and what happens to the old key", async () => {
    const { provider, inputs, token } = subject;
    assert.deepEqual(await provider.diff(olds, inputs({ triggers: { b: 1 } })), { changes: true, replaces: [] });
    assert.deepEqual(provider.shown, [
      `info: Will reset (access token "ci", ${token.id}): triggers.a removed, triggers.b added. The current key (ending in ${String(olds["tokenLastFour"])}) keeps working for 1 hour.`,
    ]);
  });

  it("warns when the key before the current one is still in its grace, and names the trigger that may be to blame", async () => {
    const { provider, inputs } = subject;
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const early = { ...olds, oldKeyExpiresAt: until, lastRotatedAt: new Date(Date.now() - 10 * 60_000).toISOString() };
    assert.deepEqual(await provider.diff(early, inputs()), { changes: false, replaces: [] });
    assert.deepEqual(provider.shown, [], "no rotation, no warning");
    await provider.diff(early, inputs({ triggers: { a: 2 } }));
    assert.match(
      String(provider.shown[0]),
      new RegExp(
        `^warning: .* keeps working for 1 hour\\. The key before it may die early, before ${until}\\. If triggers\\.a changes in every run, every run rotates\\.$`,
      ),
    );
    await provider.diff({ ...early, tokenLastFour: "0000" }, inputs());
    assert.match(
      String(provider.shown[1]),
      new RegExp(`^warning: .* The key before it may die early, before ${until}\\.$`),
    );
  });

  it("says during a leak that an older key may live on, and nothing of restless triggers", async () => {
    const { provider, inputs } = subject;
    const until = new Date(Date.now() + 3_600_000).toISOString();
    await provider.diff({ ...olds, oldKeyExpiresAt: until }, inputs({ triggers: { a: 2 }, oldKeyExpiry: "immediate" }));
    assert.match(
      String(provider.shown[0]),
      new RegExp(`^warning: .* dies at once\\. The key before it may live on until ${until}\\.$`),
    );
  });

  it("reports a change when the key is as old as rotateAfter says, with no edit, and says how old", async () => {
    const { provider, inputs } = subject;
    const aged = (days: number) => ({ ...olds, lastRotatedAt: new Date(Date.now() - days * 86_400_000).toISOString() });
    assert.equal((await provider.diff(aged(89.9), inputs({ rotateAfter: "90d" }))).changes, false);
    assert.equal((await provider.diff(aged(91), inputs())).changes, false);
    assert.deepEqual(provider.shown, []);
    assert.equal((await provider.diff(aged(-91), inputs({ rotateAfter: "90d" }))).changes, false);
    assert.match(
      String(provider.shown[0]),
      /^warning: Age unknown \(.*\): /,
      "an instant in the future is not believed",
    );
    assert.equal((await provider.diff(aged(91), inputs({ rotateAfter: "90d" }))).changes, true);
    assert.match(String(provider.shown[1]), /Will reset \(.*\): 91 days old, rotateAfter is 90d\. The current/);
  });

  it("warns when the old key will die at once because the program does not say otherwise", async () => {
    const { provider, token } = subject;
    await provider.diff(olds, { tokenId: token.id, triggers: { a: 2 } });
    assert.match(
      String(provider.shown[0]),
      /^warning: .*triggers\.a changed\. The current key \(ending in \w{4}\) dies at once, because oldKeyExpiry is not set/,
    );
  });

  it("says that it may rotate while rotateAfter is not known yet", async () => {
    const { provider, inputs } = subject;
    assert.equal((await provider.diff(olds, inputs({ rotateAfter: UNKNOWN_VALUE }))).changes, true);
    assert.match(String(provider.shown[0]), /May reset \(.*\): rotateAfter is not known yet\./);
  });

  it("takes a trigger that is not known yet for a possible change, and says so", async () => {
    const { provider, inputs } = subject;
    assert.equal((await provider.diff(olds, inputs({ triggers: { a: UNKNOWN_VALUE } }))).changes, true);
    assert.match(String(provider.shown[0]), /May reset \(.*\): triggers\.a is not known yet\./);
  });

  it("takes a tokenId that is not known yet for a possible change, and announces no rotation", async () => {
    const { provider, inputs } = subject;
    const possible = { changes: true, replaces: [] };
    assert.deepEqual(await provider.diff(olds, inputs({ tokenId: UNKNOWN_VALUE })), possible);
    assert.match(
      provider.shown.join("\n"),
      /^info: Not known yet \(.*\): tokenId\. Another value replaces the resource/,
    );
  });

  it("replaces the resource for another token", async () => {
    const { provider, inputs } = subject;
    const expected = { changes: true, replaces: ["tokenId"] };
    assert.deepEqual(await provider.diff(olds, inputs({ tokenId: "61095542756dba551110ae21" })), expected);
    assert.match(
      provider.shown.join("\n"),
      /^warning: Will drop a key \(access token "ci", \w+\): the stack's only copy of the key ending in \w{4}\. To save it first, run: pulumi stack export --show-secrets/,
    );
  });
});
