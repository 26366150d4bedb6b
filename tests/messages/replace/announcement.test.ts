/** What a preview says of a token that the stack owns: what will be made, and what becomes of those before it. */
import assert from "node:assert/strict";

import type { SettingChange } from "../../../provider/model/credential";
import { rotatingAccessToken } from "../../../provider/credentials/rotatingAccessToken/credential";
import * as announcement from "../../../provider/messages/replace/announcement";
import { announceWork, type KnownRetirement } from "../../../provider/messages/replace/work";
import type { OldKeyExpiry } from "../../../provider/model/duration";
import { AT, HOUR, iso, ownedState, previousToken } from "../../support/ownedSamples";

const { wording } = rotatingAccessToken;
const grace: OldKeyExpiry = { kind: "duration", milliseconds: 24 * HOUR };
const immediate: OldKeyExpiry = { kind: "immediate" };

describe("the announcement of an owned token", () => {
  type Row = [what: string, due: Partial<announcement.DueRecord>, severity: string, said: string];
  const key = "The current key (ending in 0000)";
  const rows: Row[] = [
    ["a grace", {}, "info", ` ${key} keeps working for 1 day.`],
    [
      "an instant",
      { oldKeyExpiry: { kind: "instant", epochMilliseconds: AT } },
      "info",
      ` ${key} keeps working until ${iso(AT)}.`,
    ],
    [
      "an end that is not known yet",
      { oldKeyExpiry: { kind: "unknown" } },
      "info",
      " When the current key ends is not known yet.",
    ],
    [
      "an end at the next run, and a use",
      { oldKeyExpiry: immediate, lastUsed: AT - 2 * HOUR },
      "warning",
      ` ${key} works until the pulumi up after this one. Last used 2 hours ago.`,
    ],
    [
      "an end at the next run of a key that nobody used",
      { oldKeyExpiry: immediate, lastUsed: 0 },
      "warning",
      ` ${key} works until the pulumi up after this one. LaunchDarkly shows no use of it.`,
    ],
    [
      "an end at the next run where no use is known",
      { oldKeyExpiry: immediate },
      "warning",
      ` ${key} works until the pulumi up after this one.`,
    ],
    ["no end where there is no key", { state: ownedState({ key: null }) }, "info", ""],
    ["no end where the token is gone", { state: ownedState({ isGone: true }), oldKeyExpiry: immediate }, "info", ""],
  ];
  for (const [what, due, severity, said] of rows) {
    it(`tells ${what}`, () => {
      const sample = {
        state: ownedState(),
        reason: "triggers.a changed",
        oldKeyExpiry: grace,
        lastUsed: null,
        now: AT,
      };
      assert.deepEqual(announcement.announceNextRecord({ ...sample, ...due }), {
        severity,
        message: `Will rotate: triggers.a changed.${said}`,
      });
    });
  }

  it("tells of another kind of token how long the old key works", () => {
    const said = (count: number, oldKeyExpiry: OldKeyExpiry = grace) => {
      const state = {
        lastFour: "0000",
        previous: Array<ReturnType<typeof previousToken>>(count).fill(previousToken()),
      };
      return announcement.announceReplacedRecord(wording, ["serviceToken"], state, oldKeyExpiry);
    };
    const unless = " Under retainOnDelete no old key is ended. Under deleteBeforeReplace the old key";
    const begins = " gets its end before there is a new one.";
    const dead = " is dead before there is a new one.";
    const begin = "Will replace: serviceToken changed. A new token is created. The current key (ending in 0000)";
    assert.deepEqual(said(1), { severity: "warning", message: `${begin} keeps working for 1 day.${unless}${begins}` });
    const atOnce = `${begin} ends with this pulumi up, as its last step.`;
    assert.equal(said(0, immediate).message, `${atOnce}${unless}${dead}`);
    assert.equal(
      said(1, immediate).message,
      `${atOnce} So do the previous tokens: t1 (ending in ab12).${unless}${dead}`,
    );
  });

  it("tells of an end that somebody else has set while it is to come", () => {
    assert.equal(announcement.announceEnd(wording, { foreignExpiry: null }, AT), undefined);
    assert.equal(announcement.announceEnd(wording, { foreignExpiry: AT }, AT), undefined);
    assert.match(
      String(announcement.announceEnd(wording, { foreignExpiry: AT + 1 }, AT)?.message),
      /^Will expire: the current token, at 2026-11-25T00:00:00\.001Z, which somebody else has set\./,
    );
  });
});

describe("the announcement of other work on an owned token", () => {
  const said = (
    more: Parameters<typeof ownedState>[0],
    changes: readonly SettingChange[],
    retirements: readonly KnownRetirement[],
  ) =>
    announceWork(wording, ownedState(more), changes, retirements, AT + 3 * HOUR).map(
      ({ severity, message }) => `${severity}: ${message}`,
    );

  it("is none where nothing is to be done", () => {
    assert.deepEqual(said({}, [], []), []);
  });

  it("names the settings that change, with what they are and become, in one sentence", () => {
    const changes = [
      { kind: "set", setting: "name", value: "x" } as const,
      { kind: "remove", setting: "role" } as const,
    ];
    assert.deepEqual(said({ settings: { name: "ci", role: "reader" } }, changes, []), [
      "info: Will change: name ci → x, role reader → none. The key stays.",
    ]);
  });

  it("says that a key is verified, but not where there is none", () => {
    const verify = "info: Will verify: the key. No other token is created.";
    assert.deepEqual(said({ verificationPending: true }, [], []), [verify]);
    assert.deepEqual(said({ verificationPending: true, key: null }, [], []), []);
  });

  const previous = previousToken();
  const token = "the previous token t1 (ending in ab12)";
  const rows: [what: string, lastUsed: number | null, use: string][] = [
    ["no use that is known", null, ""],
    ["no use at all", 0, " LaunchDarkly shows no use since it was replaced."],
    ["a use up to its replacement", AT, " LaunchDarkly shows no use since it was replaced."],
    ["a use since", AT + HOUR, " Last used 2 hours ago."],
  ];
  for (const [what, lastUsed, use] of rows) {
    it(`says of the end of a previous token ${what}`, () => {
      const end = { kind: "end", record: previous, at: undefined, lastUsed } as const;
      const expire = { kind: "expire", record: previous, at: AT, lastUsed } as const;
      assert.deepEqual(said({}, [], [end, expire]), [
        `warning: Will delete: ${token}. Its key ends at once.${use}`,
        `info: Will end: ${token}, at ${iso(AT)}.${use}`,
      ]);
    });
  }
});
