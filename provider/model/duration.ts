/** Durations as people write them: `24h`, `7 days`, `PT24H`; and the end of an old key as one of them. */
import ms from "ms";
import { parse } from "tinyduration";
import { z } from "zod";

import { LAST_INSTANT } from "./answers";
import { UNKNOWN_VALUE } from "./json";

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
const ISO_8601 =
  /^P(?=.*\d)(?:\d+(?:\.\d+)?W)?(?:\d+(?:\.\d+)?D)?(?:T(?=\d)(?:\d+(?:\.\d+)?H)?(?:\d+(?:\.\d+)?M)?(?:\d+(?:\.\d+)?S)?)?$/;

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

function millisecondsOf(iso8601: string): number {
  const { weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0 } = parse(iso8601);
  return ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
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

/** When the old key dies. An omitted input means `immediate` too, but gets a warning. */
export type OldKeyExpiry =
  | { readonly kind: "immediate" }
  | { readonly kind: "duration"; readonly milliseconds: number }
  | { readonly kind: "instant"; readonly epochMilliseconds: number }
  /** Pulumi does not know it yet, in a preview. */
  | { readonly kind: "unknown" };

/** 2001-09-09 in milliseconds. As seconds the same digits are a date 30,000 years ahead, so less is meant as seconds. */
const FIRST_PLAUSIBLE_MILLISECONDS = 1e12;

const FORMS =
  'a duration ("24h", "7d", "PT24H"), an instant ("2027-01-31T12:00:00Z" or epoch milliseconds) or "immediate"';

const instantSchema = z.iso.datetime({ offset: true });

/** Reads the input, and refuses with a message that names the correct form. */
export const oldKeyExpirySchema = z
  .union([z.string(), z.number()], { error: `must be ${FORMS}` })
  .transform((input, context): OldKeyExpiry => {
    const parsed = typeof input === "number" ? parseEpoch(input) : parseText(input.trim());
    if (typeof parsed !== "string") return parsed;
    context.addIssue({ code: "custom", message: parsed });
    return z.NEVER;
  });

function parseText(text: string): OldKeyExpiry | string {
  if (text === "immediate") return { kind: "immediate" };
  if (text === UNKNOWN_VALUE) return { kind: "unknown" };
  // Stack configuration holds numbers as text.
  if (/^[+-]?\d+(?:\.\d+)?$/.test(text)) return parseEpoch(Number(text));
  const milliseconds = parseDuration(text);
  if (milliseconds !== undefined) return { kind: "duration", milliseconds };
  if (instantSchema.safeParse(text).success) return instant(Date.parse(text));
  if (instantSchema.safeParse(`${text}Z`).success) {
    return `is an instant without a zone; write "${text}Z" for UTC, or add an offset such as "+01:00"`;
  }
  if (instantSchema.safeParse(`${text}T00:00:00Z`).success) {
    return `is a date without a time and a zone; write for example "${text}T00:00:00Z"`;
  }
  if (/^(?:0+(?:\.0+)?\s*[a-z]+|PT?0[A-Z])$/i.test(text))
    return `is no time at all; write "immediate" to end the old key at once`;
  return (
    ambiguity(text) ?? `must be ${FORMS}; a duration has one unit (ms, s, m, h, d or w) and is no longer than a century`
  );
}

function parseEpoch(value: number): OldKeyExpiry | string {
  if (!Number.isSafeInteger(value)) return "must be whole epoch milliseconds";
  if (value <= 0) return 'must be after 1970; write "immediate" to end the old key at once';
  if (value < FIRST_PLAUSIBLE_MILLISECONDS) {
    return value * 1000 >= FIRST_PLAUSIBLE_MILLISECONDS
      ? `looks like epoch seconds; in milliseconds it is ${String(value * 1000)}`
      : `is no instant of this century; a duration needs a unit, for example "${String(value)}h"`;
  }
  return instant(value);
}

function instant(epochMilliseconds: number): OldKeyExpiry | string {
  if (Number.isNaN(epochMilliseconds)) return `must be ${FORMS}`;
  if (epochMilliseconds > LAST_INSTANT)
    return "is after the year 9999; LaunchDarkly counts in milliseconds, not in smaller units";
  return { kind: "instant", epochMilliseconds };
}
