/** Durations as people write them: `24h`, `7 days`, `PT24H`. */
import { Duration } from "luxon";
import ms from "ms";

/** A century. A longer duration is a slip of the pen, and its end may not be a date any more. */
const LONGEST_MS = 36_525 * 24 * 60 * 60 * 1000;

/** Only units of one length: a month and a year have several. */
const SHORTHAND = /^\d+(?:\.\d+)?\s*(?:ms|s|m|h|d|w|(?:millisecond|sec|second|min|minute|hr|hour|day|week)s?)$/i;

/** Weeks, days and the units of a clock, as ISO 8601 writes them. */
const ISO_8601 = /^P(?=.*\d)(?:\d+(?:\.\d+)?W)?(?:\d+(?:\.\d+)?D)?(?:T[\d.HMS]+)?$/;

/**
 * Reads a duration.
 *
 * @returns milliseconds, more than 0; undefined if the text is no duration of a fixed length
 */
export function parseDuration(text: string): number | undefined {
  const trimmed = text.trim();
  const milliseconds = SHORTHAND.test(trimmed)
    ? ms(trimmed as ms.StringValue)
    : ISO_8601.test(trimmed)
      ? Duration.fromISO(trimmed).toMillis()
      : Number.NaN;
  const rounded = Math.round(milliseconds);
  return rounded > 0 && rounded <= LONGEST_MS ? rounded : undefined;
}

/** A duration in words, in its largest whole unit: `24 hours`, `7 days`. */
export function formatDuration(milliseconds: number): string {
  return ms(milliseconds, { long: true });
}
