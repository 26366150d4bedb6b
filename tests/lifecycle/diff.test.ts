import assert from "node:assert/strict";

import { UNKNOWN_VALUE } from "../../provider/schemas/unknownValue";
import type { Properties } from "../support/providerProcess";
import { rejection } from "../support/rejection";
import { type RotationProvider, startRotationProvider } from "../support/rotationProvider";

describe("diff, in the dynamic-provider process", () => {
  let subject: RotationProvider;
  let olds: Properties;

  before(async () => {
    subject = await startRotationProvider();
    olds = (await subject.provider.create(subject.inputs())).outs;
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
      /is due for a reset \(triggers\.a changed\), but oldKeyExpiry is 2020-01-01T00:00:00\.000Z, which has passed/,
    );
  });

  it("says why it will rotate and what happens to the old key", async () => {
    const { provider, inputs, token } = subject;
    assert.deepEqual(await provider.diff(olds, inputs({ triggers: { b: 1 } })), { changes: true, replaces: [] });
    assert.deepEqual(provider.shown, [
      `info: Access token "ci" (${token.id}) will be reset by pulumi up: triggers.a removed, triggers.b added. The current key (ending in ${String(olds["tokenLastFour"])}) keeps working for 1 hour.`,
    ]);
  });

  it("warns when the old key will die at once because the program does not say otherwise", async () => {
    const { provider, token } = subject;
    await provider.diff(olds, { tokenId: token.id, triggers: { a: 2 } });
    assert.match(
      String(provider.shown[0]),
      /^warning: .*triggers\.a changed\. The current key \(ending in \w{4}\) dies at once, because oldKeyExpiry is not set/,
    );
  });

  it("takes a trigger that is not known yet for a change, and says so", async () => {
    const { provider, inputs } = subject;
    assert.equal((await provider.diff(olds, inputs({ triggers: { a: UNKNOWN_VALUE } }))).changes, true);
    assert.match(String(provider.shown[0]), /will be reset by pulumi up: triggers\.a is not known yet\./);
  });

  it("replaces the resource for another token", async () => {
    const { provider, inputs } = subject;
    const expected = { changes: true, replaces: ["tokenId"] };
    assert.deepEqual(await provider.diff(olds, inputs({ tokenId: "61095542756dba551110ae21" })), expected);
    assert.deepEqual(await provider.diff(olds, inputs({ tokenId: UNKNOWN_VALUE })), expected);
  });
});
