/** Every message that a run may show, made of samples. */
import assert from "node:assert/strict";

import { accessToken } from "../../provider/credentials/accessToken/credential";
import { resetCredentials as credentials } from "../support/kinds";
import { FIRST_ROTATION } from "../../provider/decisions/rotationReason";
import * as announcement from "../../provider/messages/announcement";
import * as imports from "../../provider/messages/run";
import * as dropped from "../../provider/messages/drift";
import * as foreignEnd from "../../provider/messages/foreignEnd";
import { drift } from "../../provider/messages/drift";
import {
  announceTakeBack,
  clockWarning,
  describeWait,
  skippedCheckpoints,
  unknownAge,
} from "../../provider/messages/run";
import * as outcome from "../../provider/messages/rotationOutcome";
import { finishedWork, unfinishedWork } from "../../provider/messages/rotationOutcome";
import type { OldKeyExpiry } from "../../provider/model/duration";
import type { State } from "../../provider/model/state";
import { storedState } from "../support/storedState";
import { exceptional as ownedExceptional, routine as ownedRoutine } from "./replace/everyMessage";
import { foreseen, refused, selfRotations } from "./refusals";

const NOW = Date.parse("2026-11-25T12:00:00Z");
const HOUR = 3_600_000;
const LATER = new Date(NOW + HOUR).toISOString();
const REASONS = [
  "triggers.quarter changed",
  "91 days old, rotateAfter is 90d",
  "rotated outside Pulumi (key ending in 1234)",
];
const WHY = "LaunchDarkly did not answer the request to reset access token 610955: no answer within 30 s.";

const expiries: readonly (OldKeyExpiry | undefined)[] = [
  undefined,
  { kind: "immediate" },
  { kind: "unknown" },
  { kind: "duration", milliseconds: 24 * HOUR },
  { kind: "instant", epochMilliseconds: NOW + HOUR },
];
export const held = storedState({
  tokenId: "610955",
  token: "api-00000000-0000-4000-8000-00000000abcd",
  tokenLastFour: "abcd",
  oldKeyExpiresAt: LATER,
  lastRotationReason: "triggers.quarter changed",
});
const sent = { sentAt: NOW, expiry: NOW };
const inDoubt: State = { ...held, lostReset: { ...sent, processed: null } };
const unproven: State = { ...held, verificationPending: true };
const late: State = { ...held, lateResetPossible: true };
const ending: State = { ...held, foreignEnd: { at: NOW + HOUR, outlastsReset: false } };
const outlasting: State = { ...held, foreignEnd: { at: NOW + HOUR, outlastsReset: true } };
const foreign: State = { ...held, lastFour: "1234" };

const texts = (said: readonly (announcement.Announcement | undefined)[]) =>
  said.flatMap((one) => (one === undefined ? [] : [one.message]));

/** What runs say when nothing goes wrong. */ export const routine: readonly string[] = [
  ...credentials.flatMap(({ initialKey, noGrace }) =>
    expiries.flatMap((oldKeyExpiry) => [
      ...REASONS.map(
        (reason) => announcement.announceRotation({ reason, oldKeyExpiry, noGrace, lastFour: "abcd" }).message,
      ),
      announcement.announceRotation({ reason: FIRST_ROTATION.text, oldKeyExpiry, noGrace, initialKey }).message,
    ]),
  ),
  ...credentials.map((credential) => announcement.announceTakeOver(credential).message),
  ...REASONS.flatMap((reason) =>
    [true, false].map((isPreview) => announcement.announceFrozen(reason, isPreview).message),
  ),
  ...REASONS.flatMap((lastRotationReason) =>
    [NOW, NOW + 2 * HOUR].map((now) => outcome.describeReset({ ...held, lastRotationReason }, now)),
  ),
  outcome.describeTakeOver(held),
  ...credentials.flatMap((credential) =>
    [inDoubt, unproven, late].map((state) => unfinishedWork(credential, state) ?? assert.fail()),
  ),
  ...[inDoubt, unproven, late].flatMap((state) =>
    [held, { ...held, key: "another" }].map((after) => finishedWork(state, after, true) ?? assert.fail()),
  ),
  ...texts(drift(accessToken, held, { ...held, details: { ...held.details, role: "reader" } })),
  ...texts(drift(accessToken, held, foreign)),
  ...texts(drift(accessToken, held, ending)),
  ...texts([foreignEnd.announceForeignEnd(accessToken, ending, NOW)]),
  foreignEnd.announceDoubtfulReset(accessToken).message,
  ...texts(drift(accessToken, held, { ...held, keyRefused: true })),
  ...credentials
    .filter(({ isReadable }) => isReadable)
    .flatMap((credential) => texts(drift(credential, held, { ...held, key: "another" }))),
  dropped.describeMissing().message,
  announceTakeBack(),
  imports.announceBaseline().message,
  imports.describeBaseline(),
  dropped.leftAlone().message,
  ...credentials.map((credential) => dropped.describeMoved(credential, held).message),
  describeWait(8_000, 0, 0),
  describeWait(8_000, 200, 37),
  ...ownedRoutine,
];

/** What they say of a failure, or what a person has to act on: it may take some more words. */
export const exceptional: readonly string[] = [
  ...texts([NOW, NOW + HOUR].map((now) => foreignEnd.announceForeignEnd(accessToken, outlasting, now))),
  ...texts([foreignEnd.describeOutlasting(accessToken, outlasting, NOW + HOUR)]),
  outcome.describeUnverified(held, foreignEnd.describeExpired(accessToken, outlasting, NOW + HOUR) ?? assert.fail()),
  imports.describeNotImportable("the token", ["initialToken"]),
  imports.describeOddId(["projectKey", "environmentKey"]),
  imports.describeImportProblem("LaunchDarkly does not accept the key."),
  ...expiries.map((oldKeyExpiry) => {
    const early = { oldKeyExpiresAt: LATER, triggers: ["triggers.build"], now: NOW };
    return announcement.announceRotation({
      reason: "triggers.build changed",
      lastFour: "abcd",
      oldKeyExpiry,
      previous: early,
    }).message;
  }),
  ...texts(
    announcement.scheduleWarnings(
      { oldKeyExpiry: { kind: "instant", epochMilliseconds: NOW }, rotateAfter: { milliseconds: HOUR, text: "1h" } },
      announcement.cutShort,
    ),
  ),
  ...credentials.flatMap((credential) => {
    const { wording } = credential;
    return [
      ...[true, false].map((mayBeLate) => outcome.describeFailure(wording, held, WHY, mayBeLate)),
      ...[true, false].map((isHeld) => outcome.describeLostReset(wording, { isHeld })),
      outcome.describeLostReset(wording, { isHeld: true, until: NOW, error: new Error(WHY) }),
      ...[true, false].map((isHeld) => outcome.describeDoubt(wording, { isHeld, expiry: NOW, error: new Error(WHY) })),
      outcome.describeUnverified(held, outcome.superseded(wording, "1234")),
      outcome.describeUnverified(held, outcome.anothers(wording, "the key belongs to another access token (6109cc)")),
      dropped.keptThoughMissing(credential).message,
      dropped.describeDeletion(credential, held).message,
      ...texts([dropped.announceReplacement(credential, held)]),
    ];
  }),
  outcome.describeUnverified(held, outcome.notVerified(WHY)),
  ...[true, false].map((isHeld) => outcome.describeAnotherReset(isHeld)),
  outcome.describeBrokenReset(held, "Invalid time value"),
  unknownAge(LATER),
  ...[3 * HOUR, -3 * HOUR].map(clockWarning),
  skippedCheckpoints(),
  ...selfRotations,
  ...foreseen(WHY),
  ...refused(REASONS),
  ...ownedExceptional,
];
