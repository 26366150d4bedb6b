/** Every message about a record that the stack owns, made of samples, in the words of a token and of a key. */
import { z } from "zod";

import type { Announcement } from "../../../provider/messages/announcement";
import { describeHidden, describeOwnKeyUsed } from "../../../provider/messages/drift";
import * as announcement from "../../../provider/messages/replace/announcement";
import { ownedDrift } from "../../../provider/messages/replace/drift";
import * as orphans from "../../../provider/messages/replace/orphans";
import * as outcome from "../../../provider/messages/replace/outcome";
import * as work from "../../../provider/messages/replace/work";
import type { ReplaceCredential } from "../../../provider/model/credential";
import type { KeyRecord } from "../../../provider/model/answers";
import type { OldKeyExpiry } from "../../../provider/model/duration";
import { newOwnedState, type OwnedState, type Previous } from "../../../provider/model/ownedState";
import { rotatingAccessToken } from "../../../provider/credentials/rotatingAccessToken/credential";

const NOW = Date.parse("2026-11-25T12:00:00Z");
const HOUR = 3_600_000;
const REASONS = [
  "triggers.quarter changed",
  "91 days old, rotateAfter is 90d",
  "rotated outside Pulumi (key ending in 1234)",
];

const expiries: readonly OldKeyExpiry[] = [
  { kind: "immediate" },
  { kind: "unknown" },
  { kind: "duration", milliseconds: 24 * HOUR },
  { kind: "instant", epochMilliseconds: NOW + HOUR },
];
const previous: Previous = {
  id: "6109aa",
  lastFour: "ef01",
  retiredAt: NOW,
  end: NOW + HOUR,
  byDeletion: false,
  lastUsed: NOW,
};
const owned: OwnedState = {
  ...newOwnedState("0123456789abcdef", { serviceToken: true }),
  ...{ token: "api-0", currentId: "610955", lastFour: "abcd", lastRotationReason: "triggers.quarter changed" },
  settings: { name: "ci" },
  previous: [previous],
};
const record: KeyRecord = {
  id: "610955",
  lastFour: "abcd",
  name: "ci",
  role: "admin",
  description: null,
} as unknown as KeyRecord;
const stray: KeyRecord = { ...record, id: "6109bb" };
const taken: KeyRecord = { ...record, description: "[Pulumi shop/dev/web 0123456789abcdef #1]" };
/** Somebody still uses it. */
const used: Previous = { ...previous, retiredAt: NOW - 2 * HOUR, lastUsed: NOW - HOUR };

const texts = (said: readonly (Announcement | undefined)[]) =>
  said.flatMap((one) => (one === undefined ? [] : [one.message]));

/** What runs say when nothing goes wrong. */
function routineOf(credential: ReplaceCredential): readonly string[] {
  const { wording } = credential;
  return [
    announcement.announceCreation(credential, { name: "ci", initial: undefined }).message,
    announcement.announceCreation(credential, { name: "ci", initial: { key: "api-0", id: "6109cc" } }).message,
    ...texts([announcement.announceTakeOverChanges([{ setting: "role", was: "writer", is: "reader" }])]),
    ...expiries.flatMap((oldKeyExpiry) =>
      REASONS.map((reason) => {
        return announcement.announceNextRecord({ state: owned, reason, oldKeyExpiry, lastUsed: NOW - HOUR, now: NOW })
          .message;
      }),
    ),
    ...REASONS.map((reason) => announcement.announceHeldBack(reason, true).message),
    ...texts(
      work.announceWork(
        wording,
        { ...owned, verificationPending: true },
        [{ kind: "remove", setting: "role" }],
        [
          { kind: "end", record: previous, at: undefined, lastUsed: NOW - HOUR },
          { kind: "expire", record: previous, at: NOW, lastUsed: 0 },
        ],
        NOW,
      ),
    ),
    ...texts(
      ownedDrift(
        credential,
        { ...owned, shown: { name: "ci", role: "reader" } },
        { ...owned, foreignExpiry: NOW },
        record,
        NOW,
      ),
    ),
    ...[true, false].map((isFirst) => outcome.describeCreated(wording, owned, isFirst)),
    outcome.describeTakenOver(wording, owned),
    orphans.describeDeletedOrphan(wording, stray),
    outcome.describeHandedOn(wording, previous, NOW, true),
    outcome.describeHandedOn(wording, previous, undefined, true),
    outcome.describeHandedOn(wording, previous, NOW, false),
    outcome.describeHandedOn(wording, previous, "open", true),
    outcome.describeSettings(["name", "role"]),
    outcome.describeEnd(wording, previous, NOW),
    outcome.describeEnded(wording, previous),
    outcome.describeAbsent(wording, previous),
    outcome.describeOwnKey(wording, previous),
    orphans.describeLost(wording, [stray]),
    outcome.describeDestroyed(wording, [previous]),
    outcome.describeDestroyed(wording, []),
  ];
}

/** What they say of a failure, or what a person has to act on: it may take some more words. */
function exceptionalOf(credential: ReplaceCredential): readonly string[] {
  const { fixed, wording } = credential;
  const { noun } = wording;
  const inputs = fixed.map(({ input }) => input);
  const why = `LaunchDarkly did not answer the request to reset ${noun} 610955: no answer within 30 s.`;
  const whyPrevious = `LaunchDarkly did not answer the request to change ${noun} 6109aa: no answer within 30 s.`;
  return [
    ...expiries.flatMap((oldKeyExpiry) =>
      [[], [previous]].map((before) => {
        return announcement.announceReplacedRecord(wording, inputs, { ...owned, previous: before }, oldKeyExpiry)
          .message;
      }),
    ),
    outcome.describeLimit(wording, why, [previous]),
    outcome.describeOpenMark(wording, why),
    outcome.describeOpenIdentifier(wording, why),
    outcome.describeNotCreated(why),
    ...[outcome.describeTakenIdentifier, outcome.describeHiddenKey, outcome.describeUnclearKey].map((of) =>
      outcome.describeNotCreated(of("6109cc")),
    ),
    ...texts(work.announceWork(wording, { ...owned, openMark: true }, [], [], NOW)),
    announcement.announceRename(wording, { record: stray, former: "web" }).message,
    ...expiries.flatMap((oldKeyExpiry) =>
      [true, false].map((stays) => announcement.announceReplacedUnasked(wording, stray, oldKeyExpiry, stays).message),
    ),
    ...texts([announcement.announceEnd(wording, { foreignExpiry: NOW + HOUR }, NOW)]),
    ...expiries.flatMap((oldKeyExpiry) => [
      ...texts(orphans.announceOrphans(wording, { lost: [stray], held: [stray], foreign: [stray] }, oldKeyExpiry)),
      orphans.describeKept(wording, [stray], oldKeyExpiry),
      orphans.describeKept(wording, [stray, record], oldKeyExpiry),
    ]),
    orphans.describeFound(wording, [stray]),
    orphans.describeNewer(wording, stray),
    orphans.describeForeign([stray]),
    orphans.describeNamesakes(wording, [stray]),
    orphans.describeLeftBehind([stray]),
    orphans.describeTakenAway([stray, taken]),
    outcome.describePendingEnd(wording, previous),
    outcome.describeUnverifiedKey(wording, owned, why),
    outcome.describeAnothersKey(wording, `the key belongs to another ${noun} (6109cc)`),
    outcome.describeBrokenOff(owned, "Invalid time value"),
    outcome.describeCorrectedRecord(wording, "6109cc", "610955"),
    ...[NOW - HOUR, NOW + HOUR].map((end) => outcome.describeOtherEnd(wording, previous, end, NOW)),
    outcome.describeLostRecord(wording),
    outcome.describeSettingsFailure(wording, why),
    ...[previous, { ...previous, lastFour: null }].flatMap((one) =>
      [whyPrevious, "LaunchDarkly shows none after the change."].flatMap((why) => [
        outcome.describeEndByDeletion(wording, one, NOW, why),
        outcome.describeRetirementFailure(wording, one, outcome.withEndKept(why, NOW)),
        outcome.describeRetirementFailure(wording, one, why),
      ]),
    ),
    outcome.describeNotDestroyed(wording, why),
    outcome.describeNotDestroyed(wording, outcome.describeNoSuccessor(wording)),
    ...texts(work.announcePossibleWork(wording, ["role"], [previous])),
    ...texts([work.announceLateEnd(wording, { ...previous, retiredAt: NOW + 730 * 24 * HOUR })]),
    ...texts(ownedDrift(credential, owned, { ...owned, previous: [used] }, taken, NOW)),
    work.cannotEnd(wording, "oldKeyExpiry is 2026-11-24T12:00:00.000Z, which has passed"),
    announcement.pilingUp(wording, { oldKeyExpiry: 24 * HOUR, rotateAfter: HOUR }).message,
    describeHidden(wording),
    ...[true, false].map((isSeen) => describeOwnKeyUsed(wording, isSeen, why).message),
  ];
}

/** A credential whose records people call keys, as they call what is secret of them. */
export const anotherKind: ReplaceCredential = {
  ...rotatingAccessToken,
  className: "RotatingInvented",
  wording: {
    noun: "SDK key",
    it: "the SDK key",
    short: "key",
    secret: "value",
    holder: "the environment",
    missing: { what: "SDK key", advice: "Check the environment." },
  },
  fixed: [{ input: "environmentKey", output: "environmentKey", schema: z.string() }],
  initial: { id: "initialKeyId" },
};

/** All that is said of it. */
export const ofAnotherKind: readonly string[] = [...routineOf(anotherKind), ...exceptionalOf(anotherKind)];

export const routine = [rotatingAccessToken, anotherKind].flatMap(routineOf);
export const exceptional = [rotatingAccessToken, anotherKind].flatMap(exceptionalOf);
