/** What a preview says of a rotation that is due: why, and what happens to the old key. */
import { formatDuration } from "../schemas/duration";
import type { OldKeyExpiry } from "../schemas/oldKeyExpiry";

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
}

export function announceRotation({ token, reason, lastFour, oldKeyExpiry }: DueRotation): Announcement {
  const verdict = `Access token ${token} will be reset by pulumi up: ${reason}.`;
  const key = lastFour ? `The current key (ending in ${lastFour})` : "The current key";
  switch (oldKeyExpiry?.kind) {
    case undefined:
      return {
        severity: "warning",
        message: `${verdict} ${key} dies at once, because oldKeyExpiry is not set; set it, for example to "24h", to give those who use the key time to change over.`,
      };
    case "immediate":
      return { severity: "info", message: `${verdict} ${key} dies at once.` };
    case "unknown":
      return { severity: "info", message: `${verdict} When the current key dies is not known yet.` };
    case "duration":
      return {
        severity: "info",
        message: `${verdict} ${key} keeps working for ${formatDuration(oldKeyExpiry.milliseconds)}.`,
      };
    case "instant":
      return {
        severity: "info",
        message: `${verdict} ${key} keeps working until ${new Date(oldKeyExpiry.epochMilliseconds).toISOString()}.`,
      };
  }
}
