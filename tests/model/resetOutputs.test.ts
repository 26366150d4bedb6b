/** The state of a credential that is reset, as Pulumi keeps it, and read again. */
import assert from "node:assert/strict";

import { accessToken } from "../../provider/credentials/accessToken/credential";
import { rotatingAccessToken } from "../../provider/credentials/rotatingAccessToken/credential";
import { sdkKey } from "../../provider/credentials/sdkKey/credential";
import { memoryOf, readOutputs, resourceId, savedState, stateOutputs } from "../../provider/model/outputs";
import type { State } from "../../provider/model/state";
import { AT, held } from "../support/heldState";

/** What every state of it has, whatever happened. */
const WRITTEN = {
  tokenId: "one",
  token: "api-aaaa",
  tokenLastFour: "aaaa",
  triggers: { a: 1 },
  oldKeyExpiresAt: null,
  lastRotatedAt: null,
  adoptedAt: held.adoptedAt,
  rotationCount: 3,
  lastRotationReason: null,
  verificationPending: false,
  keyRefused: false,
  lateResetPossible: false,
  lostReset: null,
  lastModified: held.lastModified,
};
const details = { name: "ci", role: "reader", customRoleIds: [], serviceToken: null, defaultApiVersion: null };
const state: State = { ...held, home: null, details };

/** What a state has only while it is so: an older release's lacks it. */
const OPTIONAL: Partial<State>[] = [
  { home: { host: "https://app.launchdarkly.com", accountId: "a1" } },
  { openReset: { triggers: { a: 2 }, reason: "triggers.a changed", sentAt: AT, expiry: null } },
  { foreignEnd: { at: AT, outlastsReset: true } },
  { baselinePending: true },
];

describe("the outputs of a credential that is reset", () => {
  it("are the state with the credential's names, and nothing of what is not so", () => {
    assert.deepEqual(stateOutputs(accessToken, state), { ...WRITTEN, ...details });
  });

  for (const more of OPTIONAL) {
    it(`have ${Object.keys(more).join()} while it is so`, () => {
      const outputs = stateOutputs(accessToken, { ...state, ...more });
      assert.deepEqual(outputs, { ...WRITTEN, ...details, ...more });
      assert.deepEqual(readOutputs(accessToken, outputs), { ...state, ...more });
    });
  }

  it("are saved under the credential's place, and beside the state", () => {
    const saved = savedState(accessToken, state);
    assert.deepEqual(saved, { id: "one", outputs: stateOutputs(accessToken, state), state });
    assert.equal(resourceId(sdkKey, { projectKey: "shop", environmentKey: "production" }), "shop/production");
  });
});

describe("the state of a credential that is reset, read", () => {
  it("is what was written", () => {
    assert.deepEqual(readOutputs(accessToken, stateOutputs(accessToken, state)), state);
  });

  it("is that of a credential with other names, each read by its own", () => {
    const identity = { projectKey: "shop", environmentKey: "production" };
    const outputs = { ...identity, sdkKey: "sdk-1234", sdkKeyLastFour: "1234" };
    const read = readOutputs(sdkKey, outputs);
    assert.ok(!("problems" in read));
    assert.deepEqual([read.identity, read.key, read.lastFour], [identity, "sdk-1234", "1234"]);
    const again = readOutputs(accessToken, stateOutputs(accessToken, state));
    assert.deepEqual(again, state);
  });

  it("has nothing but its place where outputs say nothing else, and is none without a place", () => {
    const read = readOutputs(accessToken, { tokenId: "one" });
    assert.deepEqual(read, {
      ...{ identity: { tokenId: "one" }, key: null, lastFour: null, triggers: null, rotationCount: 0 },
      ...{ oldKeyExpiresAt: null, lastRotatedAt: null, adoptedAt: null, lastRotationReason: null },
      ...{ baselinePending: false, verificationPending: false, keyRefused: false, lateResetPossible: false },
      ...{ lostReset: null, openReset: null, lastModified: null, foreignEnd: null, home: null },
      details: { name: null, role: null, customRoleIds: [], serviceToken: null, defaultApiVersion: null },
    });
    assert.deepEqual(readOutputs(accessToken, {}), { problems: ["tokenId"] });
  });

  it("has the ending alone of what an older release kept of a key", () => {
    const read = readOutputs(accessToken, { tokenId: "one", tokenLastFour: "api-*****cdef" });
    assert.ok(!("problems" in read));
    assert.equal(read.lastFour, "cdef");
  });

  it("takes an end that somebody else set for one that a reset may lift, unless it says more", () => {
    const read = readOutputs(accessToken, { tokenId: "one", foreignEnd: { at: AT } });
    assert.ok(!("problems" in read));
    assert.deepEqual(read.foreignEnd, { at: AT, outlastsReset: false });
  });

  const wrong: [outputs: object, problems: string[]][] = [
    [{ tokenId: 1 }, ["tokenId"]],
    [{ tokenId: "one", rotationCount: "three" }, ["rotationCount"]],
    [{ tokenId: "one", role: 1 }, ["role"]],
    [
      { tokenId: "one", lostReset: { sentAt: "now", expiry: "later", processed: null } },
      ["lostReset.sentAt", "lostReset.expiry"],
    ],
    [
      { tokenId: "one", openReset: {} },
      ["openReset.triggers", "openReset.reason", "openReset.sentAt", "openReset.expiry"],
    ],
    [{ tokenId: "one", lastModified: 8.64e15 + 1 }, ["lastModified"]],
    [{ tokenId: "one", foreignEnd: { at: -8.64e15 - 1 } }, ["foreignEnd.at"]],
    [{ tokenId: "one", home: { host: 1, accountId: null } }, ["home.host"]],
    [{ token: 1, lastRotatedAt: 2, name: 3 }, ["tokenId", "token", "lastRotatedAt", "name"]],
  ];
  for (const [outputs, problems] of wrong) {
    it(`is none of outputs that no release has written, and names each: ${problems.join()}`, () => {
      assert.deepEqual(readOutputs(accessToken, { ...outputs }), { problems });
    });
  }
});

describe("what a resource remembers for itself", () => {
  it("is all that its state has but what programs read", () => {
    assert.deepEqual([...memoryOf(accessToken)].sort(), [
      ...["adoptedAt", "baselinePending", "foreignEnd", "home", "keyRefused", "lastModified"],
      ...["lateResetPossible", "lostReset", "openReset", "verificationPending"],
    ]);
    assert.deepEqual([...memoryOf(rotatingAccessToken)].sort(), [
      ...["adoptedAt", "baselinePending", "foreignExpiry", "home", "isGone", "isReplacement", "lastUsed"],
      ...["newerToken", "nonce", "openAttempts", "openMark", "openSince", "retirements", "settings", "shown"],
      "verificationPending",
    ]);
  });
});
