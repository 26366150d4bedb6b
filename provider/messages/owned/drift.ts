/** Says what has become of an owned token outside Pulumi, for a refresh to show. */
import { foreignChanges } from "../../decisions/owned/settings";
import { hasEnded } from "../../decisions/owned/retirements";
import type { TokenRecord } from "../../model/accessToken";
import { formatAge } from "../../model/duration";
import type { OwnedState } from "../../model/ownedToken";
import type { Announcement } from "../announcement";
import { differenceName, previousName } from "./naming";
import { describeDoubtful, describeStrays } from "./outcome";

/**
 * @param before what the last run left
 * @param after the same, with what LaunchDarkly says now
 * @param record the current token, as LaunchDarkly shows it
 * @param now epoch milliseconds
 */
export function ownedDrift(before: OwnedState, after: OwnedState, record: TokenRecord, now: number): Announcement[] {
  const changes = foreignChanges(before, record).map(differenceName);
  const { foreignExpiry } = after;
  return [
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
            message: `Given an expiry outside Pulumi: the token ends at ${new Date(foreignExpiry).toISOString()}. The first pulumi up after that makes another one.`,
          },
        ]),
    ...usedLately(after, now),
  ];
}

/** The previous tokens that somebody has used since they were retired, and that are not dead yet. */
function usedLately({ previous }: OwnedState, now: number): Announcement[] {
  return previous
    .filter((token) => !hasEnded(token, now) && (token.lastUsed ?? 0) > (token.retiredAt ?? Infinity))
    .map((token) => {
      const { end, lastUsed } = token;
      const used = `was used ${formatAge(Math.max(1, now - (lastUsed ?? now)))} ago`;
      const ends = end === null ? "the next pulumi up deletes it" : `ends in ${formatAge(Math.max(1, end - now))}`;
      return {
        severity: "warning",
        message: `Still in use: the previous token ${previousName(token)} ${used}, and ${ends}.`,
      };
    });
}

/**
 * @param forgotten tokens of the resource whose key nobody has
 * @param elsewhere first tokens of a resource of its name, which somebody may use
 */
export function strayTokens(forgotten: readonly TokenRecord[], elsewhere: readonly TokenRecord[]): Announcement[] {
  const messages = [
    ...(forgotten.length === 0 ? [] : [describeStrays(forgotten)]),
    ...(elsewhere.length === 0 ? [] : [describeDoubtful(elsewhere)]),
  ];
  return messages.map((message) => ({ severity: "warning", message }));
}
