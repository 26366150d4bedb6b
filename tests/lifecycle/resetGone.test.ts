/** Accounts at which the reset of access tokens is gone. */
import assert from "node:assert/strict";

import { eachRotationProvider } from "../support/eachRotationProvider";
import { rejection } from "../support/rejection";
import { rotationMethods } from "../support/rotationMethods";
import { RESET } from "../support/routes";

describe("an account whose access tokens can't be reset any more, in the dynamic-provider process", () => {
  const subject = eachRotationProvider();

  for (const { name, prepare, rotate } of rotationMethods) {
    it(`${name} changes nothing, asks once, and names RotatingAccessToken as the way out`, async () => {
      const { sandbox, newRequests, accepts, currentKey } = subject();
      const olds = await prepare(subject());
      sandbox.openQuestions.isTokenResetGone = true;
      const before = currentKey();
      newRequests();
      const { message, saved } = await rejection(rotate(subject(), olds, "1h"));
      assert.match(message, /Not reset: LaunchDarkly does not offer the reset of access tokens any more \(410\)/);
      assert.match(message, /Use RotatingAccessToken, .* as initialToken and its id as initialTokenId/);
      assert.equal(saved, undefined);
      assert.equal(newRequests().filter((route) => route === RESET).length, 1);
      assert.ok(currentKey() === before && accepts(before));
    });
  }
});
