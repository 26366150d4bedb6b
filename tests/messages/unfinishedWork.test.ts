/** What is said of work that the last run left undone: a table of where a key stands, before and after. */
import assert from "node:assert/strict";

import { accessToken } from "../../provider/credentials/accessToken/credential";
import { sdkKey } from "../../provider/credentials/sdkKey/credential";
import { finishedWork, unfinishedWork } from "../../provider/messages/rotationOutcome";
import type { State } from "../../provider/model/state";
import { AT, held } from "../support/heldState";

const inDoubt: State = { ...held, lostReset: { sentAt: AT, expiry: AT, processed: null } };
const late: State = { ...held, lateResetPossible: true };
const unproven: State = { ...held, verificationPending: true };

describe("work that is left to do", () => {
  const carriedOut = "Will look: the answer to the last reset was lost. If the reset was carried out, this run";
  const lateOne = "Will look: an attempt of the last reset may be late. If it was carried out, this run";
  const table: [what: string, state: State, ofToken: string | undefined, ofSdkKey: string | undefined][] = [
    ["none, of a key that is settled", held, undefined, undefined],
    ["none, of a key that is lost: that is a rotation", { ...held, key: null }, undefined, undefined],
    [
      "to look for a reset in doubt",
      inDoubt,
      `${carriedOut} resets the token again.`,
      `${carriedOut} takes its key over.`,
    ],
    ["to look for a late one", late, `${lateOne} resets the token again.`, `${lateOne} takes its key over.`],
    [
      "to verify",
      unproven,
      "Will verify: the new key of the last reset. Nothing is reset again.",
      "Will verify: the new key of the last reset. Nothing is reset again.",
    ],
  ];
  for (const [what, state, ofToken, ofSdkKey] of table) {
    it(`is ${what}`, () => {
      assert.equal(unfinishedWork(accessToken, state), ofToken);
      assert.equal(unfinishedWork(sdkKey, state), ofSdkKey);
    });
  }
});

describe("work that a run has done", () => {
  const another: State = { ...held, key: "api-bbbb", lastFour: "bbbb" };
  const nothing = "Not carried out: the last reset changed nothing, and the key is the current one.";
  const takenOver = "Taken over: the last reset was carried out, and its key ends in bbbb.";
  const table: [what: string, before: State, after: State, verify: boolean, said: string | undefined][] = [
    ["none, where nothing was left", held, another, true, undefined],
    ["a look that found the same key", inDoubt, held, true, nothing],
    ["a look that found another key", inDoubt, another, true, takenOver],
    ["a look for a late reset that found the same key", late, held, true, nothing],
    ["a look for a late reset that found another key", late, another, true, takenOver],
    ["a verification", unproven, held, true, "Verified: the new key of the last reset (ending in aaaa) works."],
    ["no verification, where the program wants none any more", unproven, held, false, undefined],
  ];
  for (const [what, before, after, verify, said] of table) {
    it(`is ${what}`, () => {
      assert.equal(finishedWork(before, after, verify), said);
    });
  }
});
