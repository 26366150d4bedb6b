/** What a preview says of an owned token: that another one will be made, and what becomes of the one before. */
import type { Retirement } from "../../decisions/owned/retirements";
import type { SettingChange } from "../../decisions/owned/settings";
import { formatAge, formatDuration } from "../../model/duration";
import type { OldKeyExpiry } from "../../model/oldKeyExpiry";
import type { OwnedInputs } from "../../model/ownedInputs";
import type { OwnedState } from "../../model/ownedToken";
import type { Announcement } from "../announcement";
import { newSubject, ownedSubject, previousName } from "./naming";

export function announceCreation(inputs: Pick<OwnedInputs, "settings" | "initial">): Announcement {
  const { initial } = inputs;
  const message =
    initial === undefined
      ? `${newSubject(inputs)} will be created.`
      : `Access token ${initial.tokenId} will be taken over with the key given as initialToken. No other one will be created.`;
  return { severity: "info", message };
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
  const verdict = `${ownedSubject(state)} will be replaced by another one: ${reason}.`;
  if (state.token === null || state.isGone) return { severity: "info", message: verdict };
  const end = endOfCurrent(`The current key (ending in ${String(state.tokenLastFour)})`, oldKeyExpiry);
  const isAtOnce = oldKeyExpiry.kind === "immediate";
  const use = isAtOnce && lastUsed !== null ? ` ${usedSentence(lastUsed, now)}` : "";
  return { severity: isAtOnce ? "warning" : "info", message: `${verdict} ${end}${use}` };
}

export function announceFrozenToken(state: OwnedState, reason: string): Announcement {
  const message = `${ownedSubject(state)} is frozen: another one would be made (${reason}), but the input frozen is true.`;
  return { severity: "info", message };
}

/** What is to be done besides a rotation. */
export function announceWork(
  state: OwnedState,
  changes: readonly SettingChange[],
  retirements: readonly Retirement[],
): Announcement[] {
  const subject = ownedSubject(state);
  const names = changes.map(({ setting }) => setting).join(", ");
  const told = [
    names === ""
      ? []
      : [{ severity: "info", message: `${subject} will be changed: ${names}. Its key stays.` } as const],
    state.verificationPending && state.token !== null
      ? [{ severity: "info", message: `${subject}: its key will be verified, without another token.` } as const]
      : [],
    state.openMark
      ? [
          {
            severity: "info",
            message: `${subject}: the answer to a request for a token was lost. A token whose key nobody has will be deleted.`,
          } as const,
        ]
      : [],
    retirements.map((retirement): Announcement => {
      const previous = `The previous token ${previousName(retirement.token)} of ${subject.replace(/^A/, "a")}`;
      return retirement.kind === "end"
        ? { severity: "warning", message: `${previous} will be deleted: its key ends at once.` }
        : { severity: "info", message: `${previous} will end at ${new Date(retirement.at).toISOString()}.` };
    }),
  ];
  return told.flat();
}

function endOfCurrent(key: string, oldKeyExpiry: OldKeyExpiry): string {
  switch (oldKeyExpiry.kind) {
    case "immediate":
      return `${key} works until the next pulumi up, which deletes its token: by then this run has handed the new key on.`;
    case "unknown":
      return "When the current key ends is not known yet.";
    case "duration":
      return `${key} keeps working for ${formatDuration(oldKeyExpiry.milliseconds)}.`;
    case "instant":
      return `${key} keeps working until ${new Date(oldKeyExpiry.epochMilliseconds).toISOString()}.`;
  }
}

function usedSentence(lastUsed: number, now: number): string {
  return lastUsed === 0 ? "It has never been used." : `It was last used ${formatAge(Math.max(1, now - lastUsed))} ago.`;
}
