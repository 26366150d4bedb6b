/** What a preview says of a rotation that is due: why, and what happens to the old key. */
import type { Credential, Wording } from "../model/credential";
import { formatAge, formatDuration } from "../model/duration";
import type { Inputs } from "../model/inputs";
import type { OldKeyExpiry } from "../model/oldKeyExpiry";
import { subject } from "./naming";

export interface Announcement {
  readonly severity: "info" | "warning";
  readonly message: string;
}

export interface DueRotation {
  readonly wording: Wording;
  /** How a person knows the credential: its id, with its name where that is known. */
  readonly name: string;
  readonly reason: string;
  /** The end of the key that is current at LaunchDarkly now, where that is known. */
  readonly keyEnding?: string | null;
  /** Undefined when the program does not say. */
  readonly oldKeyExpiry: OldKeyExpiry | undefined;
  /** Why there is no grace, if LaunchDarkly gives none. */
  readonly noGrace?: string | undefined;
  /** What the rotation before left behind. */
  readonly previous?: PreviousRotation | undefined;
}

export interface PreviousRotation {
  /** ISO 8601 instants. */
  readonly lastRotatedAt: string | null;
  readonly oldKeyExpiresAt: string | null;
  /** The triggers that changed since, such as `triggers.build`. */
  readonly triggers: readonly string[];
  /** Epoch milliseconds. */
  readonly now: number;
}

export function announceRotation(due: DueRotation): Announcement {
  const { wording, name, reason, keyEnding, oldKeyExpiry, noGrace, previous } = due;
  const key = keyEnding ? `The current key (ending in ${keyEnding})` : "The current key";
  const end = noGrace === undefined ? endOfOldKey(key, oldKeyExpiry) : { isAtOnce: true, text: `${key} ${noGrace}` };
  const early = previous && earlyEnd(previous);
  return {
    severity: end.isAtOnce || early !== undefined ? "warning" : "info",
    message: [`${subject(wording, name)} will be reset: ${reason}.`, end.text, early]
      .filter((sentence) => sentence !== undefined)
      .join(" "),
  };
}

/** What a preview says of a resource that begins with the key that is in use. */
export function announceAdoption({ wording, initialKey }: Credential, name: string): Announcement {
  const key = initialKey === undefined ? "the key that is current" : `the key given as ${initialKey}`;
  return { severity: "info", message: `${subject(wording, name)} will be taken over with ${key}, without a reset.` };
}

/** What a preview says of a rotation that is due, but must not be carried out. */
export function announceFrozen(wording: Wording, name: string, reason: string): Announcement {
  const message = `${subject(wording, name)} is frozen: it would be reset (${reason}), but the input frozen is true.`;
  return { severity: "info", message };
}

/** Why the program will fail one day, though it works now; undefined if it won't. */
export function scheduleWarning({ oldKeyExpiry, rotateAfter }: Pick<Inputs, "oldKeyExpiry" | "rotateAfter">) {
  if (oldKeyExpiry?.kind !== "instant" || rotateAfter === undefined) return undefined;
  const until = new Date(oldKeyExpiry.epochMilliseconds).toISOString();
  return `oldKeyExpiry is an instant (${until}), and rotateAfter rotates again and again: the first rotation after that instant fails. Give oldKeyExpiry a duration, such as "24h".`;
}

function endOfOldKey(key: string, oldKeyExpiry: OldKeyExpiry | undefined): { text: string; isAtOnce: boolean } {
  switch (oldKeyExpiry?.kind) {
    case undefined:
      return {
        isAtOnce: true,
        text: `${key} dies at once, because oldKeyExpiry is not set; set it, for example to "24h", to give those who use the key time to change over.`,
      };
    case "immediate":
      return { isAtOnce: true, text: `${key} dies at once.` };
    case "unknown":
      return { isAtOnce: false, text: "When the current key dies is not known yet." };
    case "duration":
      return { isAtOnce: false, text: `${key} keeps working for ${formatDuration(oldKeyExpiry.milliseconds)}.` };
    case "instant": {
      const until = new Date(oldKeyExpiry.epochMilliseconds).toISOString();
      return { isAtOnce: false, text: `${key} keeps working until ${until}.` };
    }
  }
}

/** Warns when the key before the current one is still in its grace: LaunchDarkly does not say that it keeps it. */
function earlyEnd({ lastRotatedAt, oldKeyExpiresAt, triggers, now }: PreviousRotation): string | undefined {
  if (!(Date.parse(oldKeyExpiresAt ?? "") > now)) return undefined;
  const warning = `The key before it, promised until ${String(oldKeyExpiresAt)}, may die early: LaunchDarkly does not say that another reset leaves it its time.`;
  const sinceRotation = now - Date.parse(lastRotatedAt ?? "");
  if (triggers.length === 0 || !(sinceRotation >= 0)) return warning;
  const names = triggers.join(" and ");
  return `${warning} The last rotation was ${formatAge(sinceRotation)} ago; if ${names} changes with every run, as a timestamp does, every run rotates: give it a value that changes only when you want to rotate.`;
}
