/** States that older releases wrote, as recorded: this one reads them. */
import assert from "node:assert/strict";

import { eachRotationProvider } from "../support/eachRotationProvider";
import { recordedStates } from "../support/recordedStates";
import { rejection } from "../support/rejection";

describe("a state that an older release wrote", () => {
  const subject = eachRotationProvider();

  for (const { release, kind, requests, outputs } of recordedStates) {
    it(`is taken over from ${release}: ${kind}`, async () => {
      const { provider, inputs, token, newRequests, currentKey } = subject();
      const olds = outputs({ id: token.id, currentKey: token.key });
      assert.equal((await provider.diff(olds, inputs())).changes, requests.length > 0);
      const outs = await provider.update(olds, inputs());
      assert.deepEqual(newRequests(), requests);
      assert.equal(outs["token"], currentKey());
      assert.equal((await provider.diff(outs, inputs())).changes, false);
    });
  }

  it("is refused in words when it is none of ours, without a request", async () => {
    const { provider, inputs, newRequests } = subject();
    const { message } = await rejection(provider.update({ tokenId: "t", rotationCount: "many" }, inputs()));
    assert.match(message, /^The state of an AccessTokenRotation can't be read: rotationCount is not what any release/);
    assert.deepEqual(newRequests(), []);
  });
});
