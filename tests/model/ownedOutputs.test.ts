/** The state of a token that the stack owns, as Pulumi keeps it, and read again. */
import assert from "node:assert/strict";

import { ownedOutputs, readOwned, savedOwned } from "../../provider/model/outputs";
import { newOwnedState, type OwnedState, type Previous } from "../../provider/model/ownedState";
import { AT, HOUR, iso, nonce, ownedState, previousToken } from "../support/ownedSamples";
import { rotatingAccessToken } from "../../provider/credentials/rotatingAccessToken/credential";
import { rotatingMobileKey } from "../../provider/credentials/rotatingMobileKey/credential";
import { rotatingSdkKey } from "../../provider/credentials/rotatingSdkKey/credential";

const outputsOf = (more: Partial<OwnedState> = {}) => ownedOutputs(rotatingAccessToken, ownedState(more));

describe("the outputs of a token that the stack owns", () => {
  const rows: [what: string, state: Partial<Previous>, shown: object][] = [
    ["without an end, never used", {}, { id: "t1", lastFour: "ab12", expiresAt: null, lastUsedAt: null }],
    ["with its end", { end: AT + HOUR }, { id: "t1", lastFour: "ab12", expiresAt: iso(AT + HOUR), lastUsedAt: null }],
    ["with its last use", { lastUsed: AT }, { id: "t1", lastFour: "ab12", expiresAt: null, lastUsedAt: iso(AT) }],
    [
      "of which nothing is known",
      { lastFour: null, lastUsed: null },
      { id: "t1", lastFour: null, expiresAt: null, lastUsedAt: null },
    ],
  ];
  for (const [what, state, shown] of rows) {
    it(`show a previous token ${what}`, () => {
      assert.deepEqual(outputsOf({ previous: [previousToken(state)] })["previousTokens"], [shown]);
    });
  }

  it("show no use of a previous key, of which LaunchDarkly never says any", () => {
    const previous = [previousToken({ end: AT })];
    for (const credential of [rotatingSdkKey, rotatingMobileKey]) {
      const shown = ownedOutputs(credential, ownedState({ previous }));
      assert.deepEqual(shown["previousKeys"], [{ id: "t1", lastFour: "ab12", expiresAt: iso(AT) }]);
    }
  });

  it("keep what people need not see of a previous token apart", () => {
    const previous = [previousToken({ end: AT, byDeletion: true }), previousToken({ id: "t0", retiredAt: null })];
    assert.deepEqual(outputsOf({ previous })["retirements"], [
      { id: "t1", retiredAt: AT, end: AT, byDeletion: true },
      { id: "t0", retiredAt: null, end: null, byDeletion: false },
    ]);
  });

  it("are JSON, whatever the state holds", () => {
    const outputs = outputsOf({ settings: { name: "ci", role: undefined } });
    assert.deepEqual(outputs["settings"], { name: "ci" });
    assert.ok(!("role" in (outputs["settings"] as object)) && !Object.hasOwn(outputs, "previous"));
    assert.deepEqual(JSON.parse(JSON.stringify(outputs)), outputs);
  });

  it("are saved by the nonce of the marks, beside the state", () => {
    const state = ownedState();
    assert.deepEqual(savedOwned(rotatingAccessToken, state), {
      id: nonce,
      outputs: ownedOutputs(rotatingAccessToken, state),
      state,
    });
  });
});

describe("the state of a token that the stack owns, read", () => {
  const rows: [what: string, state: Partial<OwnedState>, read: Partial<OwnedState>][] = [
    ["as it was written", {}, {}],
    [
      "with every previous token and what is known of its end",
      {
        previous: [
          previousToken({ end: AT, lastUsed: AT - HOUR }),
          previousToken({ id: "t0", byDeletion: true, lastUsed: AT }),
        ],
      },
      {
        previous: [
          previousToken({ end: AT, lastUsed: AT - HOUR }),
          previousToken({ id: "t0", byDeletion: true, lastUsed: AT }),
        ],
      },
    ],
    [
      "with no use where there was none",
      { previous: [previousToken({ lastUsed: 0 })] },
      { previous: [previousToken({ lastUsed: null })] },
    ],
  ];
  for (const [what, state, read] of rows) {
    it(`is ${what}`, () => {
      assert.deepEqual(readOwned(rotatingAccessToken, outputsOf(state)), ownedState({ ...state, ...read }));
    });
  }

  it("takes a previous token without more for one that still needs its end", () => {
    const outputs = outputsOf({ previous: [previousToken({ end: AT, byDeletion: true })] });
    const read = readOwned(rotatingAccessToken, { ...outputs, retirements: undefined });
    assert.ok(!("problems" in read));
    assert.deepEqual(read.previous, [previousToken({ retiredAt: null, lastUsed: null })]);
  });

  it("is empty where older outputs say nothing", () => {
    const outputs = { ...outputsOf(), previousTokens: undefined, retirements: undefined };
    assert.deepEqual(readOwned(rotatingAccessToken, outputs), ownedState());
  });

  it("is none of outputs that no release has written, and names each once", () => {
    const wrong = { ...outputsOf(), previousTokens: [{ id: 1 }, "x"], retirements: "none" };
    assert.deepEqual(readOwned(rotatingAccessToken, wrong), {
      problems: ["previousTokens.0.id", "previousTokens.1", "retirements"],
    });
    assert.deepEqual(readOwned(rotatingAccessToken, { ...outputsOf(), settings: { name: 1, role: 2 } }), {
      problems: ["settings.name", "settings.role"],
    });
    const noInstants = { openSince: 1e300, foreignExpiry: 8.64e15 + 1, lastUsed: -1e300 };
    assert.deepEqual(readOwned(rotatingAccessToken, { ...outputsOf(), ...noInstants }), {
      problems: ["openSince", "foreignExpiry", "lastUsed"],
    });
  });
});

describe("what the state of an owned token has only while it is so", () => {
  const rows: Partial<OwnedState>[] = [
    { home: { host: "https://app.launchdarkly.com", accountId: "a1" } },
    { baselinePending: true },
    { isReplacement: true },
  ];
  for (const more of rows) {
    const [name = ""] = Object.keys(more);

    it(`is in its outputs then, and not otherwise: ${name}`, () => {
      assert.ok(!(name in outputsOf()), "a refresh of an older state would show a change");
      const outputs = outputsOf(more);
      assert.deepEqual(outputs[name], more[name as keyof OwnedState]);
      assert.deepEqual(readOwned(rotatingAccessToken, outputs), ownedState(more));
    });
  }

  it("is of the end of a previous token what was asked for, and whether it is an estimate", () => {
    const previous = [previousToken({ asked: AT + HOUR, isEstimate: true }), previousToken({ id: "t0" })];
    const outputs = outputsOf({ previous });
    assert.deepEqual(outputs["retirements"], [
      { id: "t1", retiredAt: AT, end: null, asked: AT + HOUR, isEstimate: true, byDeletion: false },
      { id: "t0", retiredAt: AT, end: null, byDeletion: false },
    ]);
    const read = readOwned(rotatingAccessToken, outputs);
    assert.ok(!("problems" in read));
    assert.deepEqual(
      read.previous.map(({ asked, isEstimate }) => [asked, isEstimate]),
      [
        [AT + HOUR, true],
        [undefined, undefined],
      ],
    );
  });
});

describe("the outputs of keys whose names are another credential's", () => {
  it("are read by those names, in turn", () => {
    const fixed = { projectKey: "shop", environmentKey: "production" };
    const settings = { name: "ci", description: "text" };
    const said = { settings, shown: settings };
    const owned = ownedState({
      ...said,
      fixed,
      key: "sdk-1111",
      currentId: "k2",
      newer: { id: "k3", lastFour: "3333" },
    });
    for (const credential of [rotatingSdkKey, rotatingAccessToken, rotatingSdkKey]) {
      const one = credential === rotatingSdkKey ? owned : ownedState();
      assert.deepEqual(readOwned(credential, ownedOutputs(credential, one)), one);
    }
  });

  it("are those of a resource that has made nothing yet where nothing is said", () => {
    const read = readOwned(rotatingAccessToken, { nonce });
    assert.deepEqual(read, newOwnedState(nonce, { serviceToken: true }));
    assert.deepEqual(readOwned(rotatingAccessToken, {}), { problems: ["nonce"] });
  });

  it("say nothing that a new resource does not know", () => {
    const { key, currentId, lastFour, newer, previous, openAttempts, ...record } = newOwnedState(nonce, {});
    assert.deepEqual([key, currentId, lastFour, newer, previous, openAttempts], [null, null, null, null, [], []]);
    const { baselinePending, verificationPending, openMark, isReplacement, isGone } = record;
    assert.deepEqual([baselinePending, verificationPending, openMark, isReplacement, isGone], Array(5).fill(false));
    assert.equal(record.rotationCount, 0);
  });
});
