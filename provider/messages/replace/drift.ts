/** Says what has become of an owned record outside Pulumi, for a refresh to show. */
import type { Orphans } from "../../decisions/replace/orphans";
import { foreignChanges } from "../../decisions/replace/settings";
import { hasEnded } from "../../decisions/replace/retirements";
import type { ReplaceCredential } from "../../model/credential";
import type { KeyRecord } from "../../model/record";
import { formatAge } from "../../model/duration";
import { markIn } from "../../model/mark";
import type { OwnedState } from "../../model/ownedState";
import { printable } from "../../model/printable";
import type { Announcement } from "../announcement";
import { differenceName, previousName } from "./naming";
import { describeForeign, describeFound, describeLost, describeNamesakes, describeNewer } from "./outcome";

/**
 * @param kind what the record has that can be changed
 * @param before what the last run left
 * @param after the same, with what LaunchDarkly says now
 * @param record the current record, as LaunchDarkly shows it
 * @param now epoch milliseconds
 */
export function ownedDrift(
  kind: Pick<ReplaceCredential, "settings" | "exclusive">,
  before: OwnedState,
  after: OwnedState,
  record: KeyRecord,
  now: number,
): Announcement[] {
  const { foreignExpiry } = after;
  const mark = markIn(record.description);
  const isTaken = mark !== undefined && mark.nonce !== before.nonce;
  const changes = foreignChanges(kind, before, record)
    .filter(({ setting }) => !(isTaken && setting === "description"))
    .map(differenceName);
  return [
    ...(isTaken
      ? [
          {
            severity: "warning" as const,
            message: `Taken over by another: the token bears the mark of ${printable(mark.owner)} now. This resource does not end it any more. Keep one of the two.`,
          },
        ]
      : []),
    ...(changes.length === 0
      ? []
      : [
          {
            severity: "warning" as const,
            message: `Changed outside Pulumi: ${changes.join(", ")}. The next pulumi up sets back what the program gives.`,
          },
        ]),
    ...(foreignExpiry === null || foreignExpiry === before.foreignExpiry
      ? []
      : [
          {
            severity: "warning" as const,
            message: `Given an expiry outside Pulumi: the token ends at ${new Date(foreignExpiry).toISOString()}. A pulumi up that comes near to that end makes another one.`,
          },
        ]),
    ...usedLately(after, now),
  ];
}

/** The previous records that somebody has used since they were retired, and that are not dead yet. */
function usedLately({ previous }: OwnedState, now: number): Announcement[] {
  return previous
    .filter((record) => !hasEnded(record, now) && (record.lastUsed ?? 0) > (record.retiredAt ?? Infinity))
    .map((record) => {
      const { end, lastUsed } = record;
      const used = `was used ${formatAge(Math.max(1, now - (lastUsed ?? now)))} ago`;
      const ends = end === null ? "the next pulumi up deletes it" : `ends in ${formatAge(Math.max(1, end - now))}`;
      return {
        severity: "warning",
        message: `Still in use: the previous token ${previousName(record)} ${used}, and ${ends}.`,
      };
    });
}

/**
 * The records with a mark of the resource that its state does not have, for a refresh to name.
 *
 * @param newer the one of `held` that was made after the current record
 * @param elsewhere first records of a resource of its name, which somebody may use
 */
export function describeOrphans(
  { lost, held, foreign }: Orphans,
  newer: KeyRecord | undefined,
  elsewhere: readonly KeyRecord[],
): Announcement[] {
  const older = held.filter((record) => record !== newer);
  const messages = [
    ...(lost.length === 0 ? [] : [describeLost(lost)]),
    ...(newer === undefined ? [] : [describeNewer(newer)]),
    ...(older.length === 0 ? [] : [describeFound(older)]),
    ...(foreign.length === 0 ? [] : [describeForeign(foreign)]),
    ...(elsewhere.length === 0 ? [] : [describeNamesakes(elsewhere)]),
  ];
  return messages.map((message) => ({ severity: "warning", message }));
}
