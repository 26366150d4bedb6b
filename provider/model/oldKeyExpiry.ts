/** The input `oldKeyExpiry`: its three forms, and what is wrong with anything else. */
import { z } from "zod";

import { ambiguity, parseDuration } from "./duration";
import { LAST_INSTANT } from "./found";
import { UNKNOWN_VALUE } from "./unknownValue";

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
