/** What a preview says of an owned token: that another one will be made, and what becomes of the one before. */
import type { Retirement } from "../../decisions/owned/retirements";
import type { Difference, SettingChange } from "../../decisions/owned/settings";
import { formatAge, formatDuration } from "../../model/duration";
import type { OldKeyExpiry } from "../../model/oldKeyExpiry";
import type { OwnedInputs } from "../../model/ownedInputs";
import type { OwnedState } from "../../model/ownedToken";
import type { Announcement } from "../announcement";
import { differenceName, newName, previousName } from "./naming";

export function announceCreation(inputs: Pick<OwnedInputs, "settings" | "initial">): Announcement {
  const { initial } = inputs;
  const message =
    initial === undefined
      ? `Will create: ${newName(inputs)}. To take over one that exists, give initialToken and initialTokenId; after a rename, give aliases.`
      : `Will take over: access token ${initial.tokenId}, with the key given as initialToken, and without another token. It gets the settings that the program gives.`;
  return { severity: "info", message };
}

/** A token that is taken over has users, who may need what it may do now. Undefined if nothing changes. */
export function announceTakeOverChanges(differences: readonly Difference[]): Announcement | undefined {
  if (differences.length === 0) return undefined;
  const message = `Will change: ${differences.map(differenceName).join(", ")}. The key stays.`;
  return { severity: "warning", message };
}

/** Another kind of token has to be made, because LaunchDarkly can't change it. */
export function announceReplacedToken({
  tokenLastFour,
  previous,
}: Pick<OwnedState, "tokenLastFour" | "previous">): Announcement {
  const others = `and ${previous.length} previous ${previous.length === 1 ? "one" : "ones"}`;
  const fate = previous.length === 0 ? "is deleted, and its key dies" : `${others} are deleted, and their keys die`;
  const message = `Will replace: serviceToken changed. A new token is made. The current one (ending in ${String(tokenLastFour)}) ${fate}. Under retainOnDelete nothing is deleted, and no key dies.`;
  return { severity: "warning", message };
}

export interface DueToken {
  readonly state: OwnedState;
  readonly reason: string;
  readonly oldKeyExpiry: OldKeyExpiry;
  /** When the current token was last used, in epoch milliseconds; 0 for never, null if that is not known. */
  readonly lastUsed: number | null;
  /** Epoch milliseconds. */
  readonly now: number;
}

export function announceToken({ state, reason, oldKeyExpiry, lastUsed, now }: DueToken): Announcement {
  const verdict = `Will rotate: ${reason}.`;
  if (state.token === null || state.isGone) return { severity: "info", message: verdict };
  const end = endOfCurrent(`The current key (ending in ${String(state.tokenLastFour)})`, oldKeyExpiry);
  const isAtOnce = oldKeyExpiry.kind === "immediate";
  const use = isAtOnce && lastUsed !== null ? ` ${usedSentence(lastUsed, now)}` : "";
  return { severity: isAtOnce ? "warning" : "info", message: `${verdict} ${end}${use}` };
}

/** The rotation can't be carried out as the program asks. @param reason why it is due */
export function cannotRotate(problem: string, reason: string): string {
  return `Can't rotate: ${problem}. A rotation is due: ${reason}.`;
}

export function cannotEnd(problem: string): string {
  return `Can't end the previous token: ${problem}.`;
}

/** A rotation that frozen holds back, in a preview or in the run itself. */
export function announceFrozenToken(reason: string, isPreview: boolean): Announcement {
  const verdict = isPreview ? "Will not rotate" : "Not rotated";
  return { severity: "info", message: `${verdict}: frozen is true, though a rotation is due (${reason}).` };
}

/** The end of a previous token, and when it was used last: epoch milliseconds, 0 for never, null if not known. */
export type KnownRetirement = Retirement & { readonly lastUsed: number | null };

/**
 * What is to be done besides a rotation.
 *
 * @param now epoch milliseconds
 */
export function announceWork(
  state: OwnedState,
  changes: readonly SettingChange[],
  retirements: readonly KnownRetirement[],
  now: number,
): Announcement[] {
  const names = changes.map(({ setting }) => setting).join(", ");
  const info = (message: string): Announcement => ({ severity: "info", message });
  const told = [
    names === "" ? [] : [info(`Will change: ${names}. The key stays.`)],
    state.verificationPending && state.token !== null ? [info("Will verify: the key, without another token.")] : [],
    state.openMark
      ? [info("Will look: the answer to a request for a token was lost. A token whose key nobody has is deleted.")]
      : [],
    retirements.map((retirement): Announcement => {
      const previous = `the previous token ${previousName(retirement.token)}`;
      const use = retirement.lastUsed === null ? "" : ` ${useSince(retirement, retirement.lastUsed, now)}`;
      return retirement.kind === "end"
        ? { severity: "warning", message: `Will delete: ${previous}. Its key ends at once.${use}` }
        : info(`Will end: ${previous}, at ${new Date(retirement.at).toISOString()}.${use}`);
    }),
  ];
  return told.flat();
}

function endOfCurrent(key: string, oldKeyExpiry: OldKeyExpiry): string {
  switch (oldKeyExpiry.kind) {
    case "immediate":
      return `${key} ends with the pulumi up after this one.`;
    case "unknown":
      return "When the current key ends is not known yet.";
    case "duration":
      return `${key} keeps working for ${formatDuration(oldKeyExpiry.milliseconds)}.`;
    case "instant":
      return `${key} keeps working until ${new Date(oldKeyExpiry.epochMilliseconds).toISOString()}.`;
  }
}

/** The verification counts as a use, too: what tells is whether somebody used it after its successor was there. */
function useSince({ token: { retiredAt } }: Retirement, lastUsed: number, now: number): string {
  return lastUsed <= (retiredAt ?? 0) ? "Not used since it was replaced." : usedSentence(lastUsed, now);
}

function usedSentence(lastUsed: number, now: number): string {
  return lastUsed === 0 ? "Never used." : `Last used ${formatAge(Math.max(1, now - lastUsed))} ago.`;
}
