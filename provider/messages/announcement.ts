/** What a preview says of a rotation that is due: why, and what happens to the old key. */
import { formatAge, formatDuration } from "../model/duration";
import type { OldKeyExpiry } from "../model/oldKeyExpiry";

export interface Announcement {
  readonly severity: "info" | "warning";
  readonly message: string;
}

export interface DueRotation {
  /** How a person knows the token: its id, with its name where that is known. */
  readonly token: string;
  readonly reason: string;
  /** The end of the key that is current at LaunchDarkly now, where that is known. */
  readonly lastFour?: string | null;
  /** Undefined when the program does not say. */
  readonly oldKeyExpiry: OldKeyExpiry | undefined;
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

export function announceRotation({ token, reason, lastFour, oldKeyExpiry, previous }: DueRotation): Announcement {
  const key = lastFour ? `The current key (ending in ${lastFour})` : "The current key";
  const end = endOfOldKey(key, oldKeyExpiry);
  const early = previous && earlyEnd(previous);
  return {
    severity: end.isAtOnce || early !== undefined ? "warning" : "info",
    message: [`Access token ${token} will be reset: ${reason}.`, end.text, early]
      .filter((sentence) => sentence !== undefined)
      .join(" "),
  };
}

/** What a preview says of a resource that begins with the key that is in use. */
export function announceAdoption(token: string): Announcement {
  return {
    severity: "info",
    message: `Access token ${token} will be taken over with the key given as initialToken, without a reset.`,
  };
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
