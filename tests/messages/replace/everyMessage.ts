/** Every message about a token that the stack owns, made of samples. */
import type { Announcement } from "../../../provider/messages/announcement";
import * as ownedAnnouncement from "../../../provider/messages/replace/announcement";
import { ownedDrift } from "../../../provider/messages/replace/drift";
import { describeHidden } from "../../../provider/messages/drift";
import * as ownedOutcome from "../../../provider/messages/replace/outcome";
import type { KeyRecord } from "../../../provider/model/record";
import type { OldKeyExpiry } from "../../../provider/model/oldKeyExpiry";
import { newOwnedState, type OwnedState, type Previous } from "../../../provider/model/ownedState";
import { rotatingAccessToken } from "../../../provider/credentials/rotatingAccessToken/credential";

const NOW = Date.parse("2026-11-25T12:00:00Z");
const HOUR = 3_600_000;
const REASONS = [
  "triggers.quarter changed",
  "91 days old, rotateAfter is 90d",
  "rotated outside Pulumi (key ending in 1234)",
];
const WHY = "LaunchDarkly did not answer the request to reset access token 610955: no answer within 30 s.";
const WHY_PREVIOUS = "LaunchDarkly did not answer the request to change access token 6109aa: no answer within 30 s.";

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

const texts = (said: readonly (Announcement | undefined)[]) =>
  said.flatMap((one) => (one === undefined ? [] : [one.message]));

/** What runs say when nothing goes wrong. */
export const routine: readonly string[] = [
  ownedAnnouncement.announceCreation({ name: "ci", initial: undefined }).message,
  ownedAnnouncement.announceCreation({ name: "ci", initial: { key: "api-0", id: "6109cc" } }).message,
  ...texts([ownedAnnouncement.announceTakeOverChanges([{ setting: "role", was: "writer", is: "reader" }])]),
  ...expiries.flatMap((oldKeyExpiry) =>
    REASONS.map((reason) => {
      return ownedAnnouncement.announceRecord({ state: owned, reason, oldKeyExpiry, lastUsed: NOW - HOUR, now: NOW })
        .message;
    }),
  ),
  ...REASONS.map((reason) => ownedAnnouncement.announceFrozenRecord(reason, true).message),
  ...texts(
    ownedAnnouncement.announceWork(
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
      rotatingAccessToken,
      { ...owned, shown: { name: "ci", role: "reader" } },
      { ...owned, foreignExpiry: NOW },
      record,
      NOW,
    ),
  ),
  ownedOutcome.describeCreated(owned),
  ownedOutcome.describeTakenOver(owned),
  ownedOutcome.describeDeletedOrphan(stray),
  ownedOutcome.describeHandedOn(previous, NOW),
  ownedOutcome.describeHandedOn(previous, undefined),
  ownedOutcome.describeSettings(["name", "role"]),
  ownedOutcome.describeEnd(previous, NOW),
  ownedOutcome.describeEnded(previous),
  ownedOutcome.describeAbsent(previous),
  ownedOutcome.describeOwnKey(previous),
  ownedOutcome.describeLost([stray]),
  ownedOutcome.describeDestroyed([previous]),
  ownedOutcome.describeDestroyed([]),
];

/** What they say of a failure, or what a person has to act on: it may take some more words. */
export const exceptional: readonly string[] = [
  ...expiries.flatMap((oldKeyExpiry) =>
    [[], [previous]].map((before) => {
      return ownedAnnouncement.announceReplacedRecord({ ...owned, previous: before }, oldKeyExpiry).message;
    }),
  ),
  ownedOutcome.describeLimit(WHY, [previous]),
  ownedOutcome.describeOpenMark(WHY),
  ownedOutcome.describeNotCreated(WHY),
  ...texts(ownedAnnouncement.announceWork({ ...owned, openMark: true }, [], [], NOW)),
  ...texts([ownedAnnouncement.announceEnd({ foreignExpiry: NOW + HOUR }, NOW)]),
  ...expiries.flatMap((oldKeyExpiry) => [
    ...texts(ownedAnnouncement.announceOrphans({ lost: [stray], held: [stray], foreign: [stray] }, oldKeyExpiry)),
    ownedOutcome.describeAdopted([stray], oldKeyExpiry),
    ownedOutcome.describeAdopted([stray, record], oldKeyExpiry),
  ]),
  ownedOutcome.describeFound([stray]),
  ownedOutcome.describeNewer(stray),
  ownedOutcome.describeForeign([stray]),
  ownedOutcome.describeNamesakes([stray]),
  ownedOutcome.describeLeftBehind([stray]),
  ownedOutcome.describeTakenAway([stray, { ...record, description: "[Pulumi shop/dev/web 0123456789abcdef #1]" }]),
  ownedOutcome.describePendingEnd(previous),
  ownedOutcome.describeUnprovenKey(owned, WHY),
  ownedOutcome.describeAnothersKey("the key belongs to another access token (6109cc)"),
  ownedOutcome.describeBrokenOff(owned, "Invalid time value"),
  ownedOutcome.describeCorrectedRecord("6109cc", "610955"),
  ...[NOW - HOUR, NOW + HOUR].map((end) => ownedOutcome.describeOtherEnd(previous, end, NOW)),
  ownedOutcome.describeLostRecord(),
  ownedOutcome.describeSettingsFailure(WHY),
  ...[previous, { ...previous, lastFour: null }].flatMap((token) =>
    [WHY_PREVIOUS, "LaunchDarkly shows none after the change."].flatMap((why) => [
      ownedOutcome.describeEndByDeletion(token, NOW, why),
      ownedOutcome.describeRetirementFailure(token, why),
    ]),
  ),
  ownedOutcome.describeNotDestroyed(WHY),
  describeHidden(),
];
