/** Durations as people write them: `24h`, `7 days`, `PT24H`. */
import ms from "ms";
import { parse } from "tinyduration";

/** A century. A longer duration is a mistake, and its end may not be a valid date. */
const LONGEST_MS = 36_525 * 24 * 60 * 60 * 1000;

/** Only units of a fixed length: months and years have none. */
const SHORTHAND = /^\d+(?:\.\d+)?\s*(?:ms|s|m|h|d|w|(?:millisecond|sec|second|min|minute|hr|hour|day|week)s?)$/i;

/** The one unit that people write in capitals and mean something else: months, as everywhere but here. */
const CAPITAL_M = /^\d+(?:\.\d+)?\s*M$/;

/** What is wrong with a text that could be read as one of two durations; undefined if it could not. */
export function ambiguity(text: string): string | undefined {
  if (!CAPITAL_M.test(text.trim())) return undefined;
  return 'has the unit M, which could be minutes or months: write "m" for minutes, and months as days, such as "90d"';
}

/** Weeks, days and the units of a clock, as ISO 8601 writes them. */
const ISO_8601 = /^P(?=.*\d)(?:\d+(?:\.\d+)?W)?(?:\d+(?:\.\d+)?D)?(?:T[\d.HMS]+)?$/;

/**
 * Reads a duration.
 *
 * @returns milliseconds, more than 0; undefined if the text is no duration of a fixed length
 */
export function parseDuration(text: string): number | undefined {
  const trimmed = text.trim();
  if (CAPITAL_M.test(trimmed)) return undefined;
  const milliseconds = SHORTHAND.test(trimmed)
    ? ms(trimmed as ms.StringValue)
    : ISO_8601.test(trimmed)
      ? millisecondsOf(trimmed)
      : Number.NaN;
  const rounded = Math.round(milliseconds);
  return rounded > 0 && rounded <= LONGEST_MS ? rounded : undefined;
}

/** @returns NaN if the text is no duration after all, such as `PT` */
function millisecondsOf(iso8601: string): number {
  try {
    const { weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0 } = parse(iso8601);
    return ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
  } catch {
    return Number.NaN;
  }
}

const UNITS = [
  ["day", 24 * 60 * 60 * 1000],
  ["hour", 60 * 60 * 1000],
  ["minute", 60 * 1000],
  ["second", 1000],
  ["millisecond", 1],
] as const;

type Unit = (typeof UNITS)[number];

/** A duration in words, exact, in the largest unit that makes a whole number: `1 day`, `36 hours`, `90 minutes`. */
export function formatDuration(milliseconds: number): string {
  return inUnits(milliseconds, ([, length]) => milliseconds % length === 0);
}

/** How old something is, in words, cut to the largest unit of which there are two: `91 days`, `36 hours`. */
export function formatAge(milliseconds: number): string {
  return inUnits(milliseconds, ([, length]) => milliseconds >= 2 * length);
}

function inUnits(milliseconds: number, fits: (unit: Unit) => boolean): string {
  const [name, length] = UNITS.find(fits) ?? ["millisecond", 1];
  const count = Math.floor(milliseconds / length);
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}
