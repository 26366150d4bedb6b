/** Random answers to a reset or a creation, of every credential: none loses the key that it has, shows it, or breaks a state. */
import assert from "node:assert/strict";

import fc from "fast-check";

import { processReset, resetOperation } from "../../provider/client/credentialRequests";
import { createOperation, processCreate } from "../../provider/client/recordRequests";
import type { Reply } from "../../provider/client/transport";
import { initialState, lostState, rotatedState } from "../../provider/decisions/nextState";
import { withNewRecord } from "../../provider/decisions/replace/nextState";
import type { Credential } from "../../provider/model/credential";
import { newOwnedState } from "../../provider/model/ownedState";
import { credentialsOfStacks, resetCredentials } from "../support/kinds";
import { ADMIN_KEY, assertIsKept, assertOwnedIsKept, NEW_KEY, NOW } from "./odd";
import { answer, assertShowsNoKey } from "./oddAnswer";
import { runs } from "./runs";

/** What an answer has that makes a key, by class: the field of the key, and what says which record it is of. */
const MADE: Readonly<Record<string, object>> = {
  AccessTokenRotation: { token: NEW_KEY },
  SdkKeyRotation: { apiKey: NEW_KEY },
  MobileKeyRotation: { mobileKey: NEW_KEY },
  RelayProxyKeyRotation: { fullKey: NEW_KEY },
  RotatingAccessToken: { token: NEW_KEY },
  // Without its identifier, such a key is asked for again, and read.
  RotatingSdkKey: { value: NEW_KEY, key: "shop-1" },
  RotatingMobileKey: { value: NEW_KEY, key: "shop-1" },
};

/** The answer, with the new key in its place or as it is. */
function given(reply: Reply, { className }: Credential, hasKey: boolean): Reply {
  assert.ok(reply.kind === "answer");
  const made = MADE[className] ?? assert.fail(`say in MADE where ${className} has its new key`);
  return hasKey ? { ...reply, status: 200, body: { ...(reply.body as object), ...made } } : reply;
}

describe("fuzzed answers to what makes a key", () => {
  for (const credential of resetCredentials) {
    const identity = Object.fromEntries(credential.identity.map((name) => [name, "t1"]));
    const operation = resetOperation(credential, identity, undefined);
    const nothingSaid = credential.details.parse({});
    const before = initialState(
      identity,
      {},
      { key: ADMIN_KEY, lastFour: "89ab", lastModified: 1, details: {} },
      nothingSaid,
    );

    it(`never lose the key of ${credential.className}, never show one, and give a state that can be kept`, () => {
      fc.assert(
        fc.property(answer, fc.boolean(), (reply, hasKey) => {
          const result = processReset(credential, operation, given(reply, credential, hasKey), ADMIN_KEY, NOW);
          if (hasKey) assert.ok(result.kind === "reset" && result.key === NEW_KEY);
          if (result.kind !== "reset") {
            assertShowsNoKey(result.error);
            return;
          }
          const order = { triggers: null, reason: "why", expiry: NOW, verify: true, lateResetPossible: false };
          assertIsKept(rotatedState(before, { ...order, ...result }), credential);
          assertIsKept(lostState(before, { sentAt: NOW, expiry: undefined }, result.found), credential);
        }),
        runs,
      );
    });
  }

  for (const credential of credentialsOfStacks) {
    const fixed = Object.fromEntries(credential.fixed.map(({ input }) => [input, input === "serviceToken" || "one"]));
    const operation = createOperation(credential, "ci", {}, fixed);
    const empty = newOwnedState("9f86d081884c7d65", fixed);

    it(`never lose the key of ${credential.className}, never show one, and give a state that can be kept`, () => {
      let seen = 0;
      fc.assert(
        fc.property(answer, fc.boolean(), (reply, hasKey) => {
          const result = processCreate(credential, operation, given(reply, credential, hasKey), ADMIN_KEY, NOW);
          if (hasKey) assert.ok(result.kind === "created" && result.key === NEW_KEY);
          if (result.kind !== "created") assertShowsNoKey(result.error);
          else if (result.record !== undefined) {
            seen++;
            const made = { ...result, record: result.record, number: 1, settings: {} };
            const state = withNewRecord(credential, empty, made, { triggers: {}, verify: true }, "why");
            assertOwnedIsKept(state, credential);
          }
        }),
        runs,
      );
      assert.ok(seen > 0, "no answer had a record");
    });
  }
});
