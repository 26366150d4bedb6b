/** What a preview says of a rotation that is due: why, and what happens to the old key. */
import { formatDuration } from "../schemas/duration";
import type { OldKeyExpiry } from "../schemas/oldKeyExpiry";

export interface Announcement {
  readonly severity: "info" | "warning";
  readonly message: string;
}

/**
 * @param token how a person knows the token: its id, with its name where that is known
 * @param reason why the rotation is due
 * @param oldKeyExpiry undefined when the program does not say
 */
export function announceRotation(token: string, reason: string, oldKeyExpiry: OldKeyExpiry | undefined): Announcement {
  const verdict = `Access token ${token} will be reset: ${reason}.`;
  switch (oldKeyExpiry?.kind) {
    case undefined:
      return {
        severity: "warning",
        message: `${verdict} The old key dies at once, because oldKeyExpiry is not set; set it, for example to "24h", to give those who use the key time to change over.`,
      };
    case "immediate":
      return { severity: "info", message: `${verdict} The old key dies at once.` };
    case "unknown":
      return { severity: "info", message: `${verdict} When the old key dies is not known yet.` };
    case "duration":
      return {
        severity: "info",
        message: `${verdict} The old key keeps working for ${formatDuration(oldKeyExpiry.milliseconds)}.`,
      };
    case "instant":
      return {
        severity: "info",
        message: `${verdict} The old key keeps working until ${new Date(oldKeyExpiry.epochMilliseconds).toISOString()}.`,
      };
  }
}
