/** Says what has become of an owned record outside Pulumi, for a refresh to show. */
import { hasEnded } from "../../decisions/replace/retirements";
import { foreignChanges } from "../../decisions/replace/settings";
import type { KeyRecord } from "../../model/answers";
import type { RecordWording, ReplaceCredential } from "../../model/credential";
import { formatAge } from "../../model/duration";
import { markIn } from "../../model/mark";
import type { OwnedState } from "../../model/ownedState";
import { printable } from "../../model/redact";
import type { Announcement } from "../announcement";
import { differenceName, previousName } from "./naming";

/**
 * @param kind what the record has that can be changed, and how people are told of it
 * @param before what the last run left
 * @param after the same, with what LaunchDarkly says now
 * @param record the current record, as LaunchDarkly shows it
 * @param now epoch milliseconds
 */
export function ownedDrift(
  kind: Pick<ReplaceCredential, "settings" | "exclusive" | "wording">,
  before: OwnedState,
  after: OwnedState,
  record: KeyRecord,
  now: number,
): Announcement[] {
  const { foreignExpiry } = after;
  const { it } = kind.wording;
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
            message: `Taken over by another: ${it} bears the mark of ${printable(mark.owner)} now. This resource does not end it any more. Keep one of the two.`,
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
            message: `Given an expiry outside Pulumi: ${it} ends at ${new Date(foreignExpiry).toISOString()}. A pulumi up shortly before that creates another one.`,
          },
        ]),
    ...usedLately(kind.wording, after, now),
  ];
}

/** The previous records that somebody has used since they were retired, and that are not dead yet. */
function usedLately({ short }: RecordWording, { previous }: OwnedState, now: number): Announcement[] {
  return previous
    .filter((record) => !hasEnded(record, now) && (record.lastUsed ?? 0) > (record.retiredAt ?? Infinity))
    .map((record) => {
      const { end, lastUsed } = record;
      const used = `was used ${formatAge(Math.max(1, now - (lastUsed ?? now)))} ago`;
      const ends = end === null ? "the next pulumi up deletes it" : `ends in ${formatAge(Math.max(1, end - now))}`;
      return {
        severity: "warning",
        message: `Still in use: the previous ${short} ${previousName(record)} ${used}, and ${ends}.`,
      };
    });
}
