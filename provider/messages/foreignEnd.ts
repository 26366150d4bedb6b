/** What people are told of an end that somebody else has set for a record whose key is reset. */
import type { ResetCredential } from "../model/credential";
import type { State } from "../model/state";
import type { Announcement } from "./announcement";

/** At a refresh that sees it first. */
export function announceNewEnd(
  { wording: { it } }: ResetCredential,
  before: State,
  { foreignEnd }: State,
): Announcement[] {
  if (foreignEnd === null || foreignEnd.at === before.foreignEnd?.at) return [];
  const message = `Given an expiry outside Pulumi: ${it} ends at ${iso(foreignEnd.at)}, whatever its key. A pulumi up shortly before that resets it, and looks whether the end is still there.`;
  return [{ severity: "warning", message }];
}

/**
 * In a preview, of an end that somebody else has set; undefined if there is none.
 *
 * @param now epoch milliseconds
 */
export function announceForeignEnd(credential: ResetCredential, state: State, now: number): Announcement | undefined {
  const { foreignEnd } = state;
  if (foreignEnd === null) return undefined;
  const { it } = credential.wording;
  if (foreignEnd.outlastsReset) return outlasting(credential, foreignEnd.at, now);
  const message = `Will expire: ${it}, at ${iso(foreignEnd.at)}, which somebody else has set. A pulumi up shortly before that resets it. LaunchDarkly does not say whether a reset lifts that end.`;
  return { severity: "warning", message };
}

/** The same in a run that has reset it; undefined if the end is lifted. */
export function describeOutlasting(credential: ResetCredential, state: State, now: number): Announcement | undefined {
  return state.foreignEnd?.outlastsReset ? outlasting(credential, state.foreignEnd.at, now) : undefined;
}

/** Why LaunchDarkly refuses a new key; undefined if the record has not ended. Goes on after "but". */
export function describeExpired(
  { wording: { it }, withoutReset = "" }: ResetCredential,
  { foreignEnd }: State,
  now: number,
): string | undefined {
  if (foreignEnd === null || foreignEnd.at > now) return undefined;
  return `${it} expired at ${iso(foreignEnd.at)}, and the reset has not lifted that. ${withoutReset}`.trim();
}

/** In the preview of a reset that an end asks for. */
export function announceDoubtfulReset({ wording: { it } }: ResetCredential): Announcement {
  const message = `May not help: LaunchDarkly does not say whether a reset lifts the expiry of ${it}. The run looks afterwards, and warns if it does not.`;
  return { severity: "warning", message };
}

function outlasting({ wording: { it }, withoutReset = "" }: ResetCredential, at: number, now: number): Announcement {
  const verdict = at <= now ? `Expired: ${it}, since ${iso(at)}` : `Will expire: ${it} and its key, at ${iso(at)}`;
  const message = `${verdict}. Somebody else has set that end, and a reset has not lifted it: no other one is tried. ${withoutReset}`;
  return { severity: "warning", message: message.trim() };
}

function iso(epochMilliseconds: number): string {
  return new Date(epochMilliseconds).toISOString();
}
