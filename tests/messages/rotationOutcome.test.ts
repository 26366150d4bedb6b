/** What a run says of a reset, and of one that did not come about: a table. */
import assert from "node:assert/strict";

import { accessToken } from "../../provider/credentials/accessToken/credential";
import * as outcome from "../../provider/messages/rotationOutcome";
import { AT, held, HOUR, iso } from "../support/heldState";

const { wording } = accessToken;
const error = new Error("no answer within 30 s.");
const reset = { ...held, lastFour: "bbbb", oldKeyExpiresAt: iso(AT + HOUR), lastRotationReason: "triggers.a changed" };
const AGAIN = "Run pulumi up again: it resets the token once more and gets a new key.";

const table: [what: string, said: string, expected: string][] = [
  [
    "a reset whose old key lives on",
    outcome.describeReset(reset, AT),
    `Reset: triggers.a changed. The new key ends in bbbb. The old key works until ${iso(AT + HOUR)}.`,
  ],
  [
    "a reset whose old key ends at this moment",
    outcome.describeReset(reset, AT + HOUR),
    "Reset: triggers.a changed. The new key ends in bbbb. The old key is dead.",
  ],
  [
    "a reset that says nothing of the old key",
    outcome.describeReset({ ...reset, oldKeyExpiresAt: null }, AT),
    "Reset: triggers.a changed. The new key ends in bbbb. The old key is dead.",
  ],
  ["a take-over", outcome.describeTakeOver(held), "Taken over: the key ending in aaaa, without a reset."],
  ["a failure that changed nothing", outcome.describeFailure(wording, held, "why.", false), "Not reset: why."],
  [
    "a failure after an attempt that may be late",
    outcome.describeFailure(wording, held, "why.", true),
    "Not reset: why. But an earlier attempt may be late. Run pulumi up again: it looks, and resets the token once more if it must.",
  ],
  [
    "the same where no key would be lost",
    outcome.describeFailure(wording, { ...held, key: null }, "why.", true),
    "Not reset: why. But an earlier attempt may be late. Run pulumi up again: it resets the token.",
  ],
  [
    "a lost reset in whose grace the old key works",
    outcome.describeLostReset(wording, { isHeld: true, until: AT }),
    `Reset, but the new key is lost: LaunchDarkly's answer was lost. The old key works until ${iso(AT)}. ${AGAIN}`,
  ],
  [
    "a lost reset without a grace",
    outcome.describeLostReset(wording, { isHeld: true }),
    `Reset, but the new key is lost: LaunchDarkly's answer was lost. The old key is dead. ${AGAIN}`,
  ],
  [
    "a lost reset of a key that nobody holds, and another one that failed",
    outcome.describeLostReset(wording, { isHeld: false, error }),
    `Reset, but the new key is lost: LaunchDarkly's answer was lost. The key that its users hold may be dead. Another reset failed: no answer within 30 s. ${AGAIN}`,
  ],
  [
    "a doubt about a reset with a grace",
    outcome.describeDoubt(wording, { isHeld: true, expiry: AT, error }),
    `May have been reset: LaunchDarkly's answer was lost, and the token could not be read afterwards (no answer within 30 s.) If it was reset, the old key works until ${iso(AT)}. Run pulumi up again: it looks, and resets the token once more only if it must.`,
  ],
  [
    "a doubt about a reset without one",
    outcome.describeDoubt(wording, { isHeld: true, expiry: undefined, error }),
    "May have been reset: LaunchDarkly's answer was lost, and the token could not be read afterwards (no answer within 30 s.) If it was reset, the old key is dead. Run pulumi up again: it looks, and resets the token once more only if it must.",
  ],
  [
    "a doubt about a key that nobody holds",
    outcome.describeDoubt(wording, { isHeld: false, expiry: AT, error }),
    `May have been reset: LaunchDarkly's answer was lost, and the token could not be read afterwards (no answer within 30 s.) Nobody holds the current key. ${AGAIN}`,
  ],
  [
    "a key that did not pass",
    outcome.describeUnverified(held, outcome.notVerified("LaunchDarkly refused it.")),
    "Reset, but not verified: the new key (ending in aaaa) is saved, but it did not pass. LaunchDarkly refused it. Run pulumi up again: it verifies the key again, and resets nothing.",
  ],
  [
    "a key that another reset has replaced since",
    outcome.describeUnverified(held, outcome.superseded(wording, "cccc")),
    "Reset, but not verified: the new key (ending in aaaa) is saved, but the token has been reset once more since (key ending in cccc), by somebody else or by a late request. Run pulumi up again: it resets the token anew.",
  ],
  [
    "another reset of the same run",
    outcome.describeAnotherReset(true),
    "Reset again at once: LaunchDarkly's answer with the new key was lost. The old key is dead.",
  ],
  [
    "another reset of a key that nobody holds",
    outcome.describeAnotherReset(false),
    "Reset again at once: LaunchDarkly's answer with the new key was lost. Nobody holds the key before it.",
  ],
];

describe("the outcome of a rotation", () => {
  for (const [what, said, expected] of table) {
    it(`is told of ${what}`, () => {
      assert.equal(said, expected);
    });
  }
});
