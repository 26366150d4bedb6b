/** What LaunchDarkly says of a credential when it is looked at, or reset. */
import { z } from "zod";

import type { Json } from "./json";
import { printable } from "./printable";
import { withoutKeys } from "./redact";

export interface Found {
  /** The whole key, where LaunchDarkly shows it; null where it shows only the ending. */
  readonly key: string | null;
  /** The last characters of the current key; null if LaunchDarkly does not say. */
  readonly lastFour: string | null;
  /** When it last changed, in epoch milliseconds; null if LaunchDarkly does not say. */
  readonly lastModified: number | null;
  /** What else is said, by the name of the output; null for what is not said. */
  readonly details: Readonly<Record<string, Json>>;
}

/** 9999-12-31T23:59:59.999Z: what is later is no instant, and much later no date that a state could hold. */
export const LAST_INSTANT = 253_402_300_799_999;

/** LaunchDarkly writes epoch milliseconds as a number here and as a string of digits there. */
export const epochMilliseconds = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,16}$/)
      .transform(Number),
  ])
  .pipe(z.number().int().min(0).max(LAST_INSTANT))
  .nullable();

/** Half of a surrogate pair can't cross gRPC: the answer would be lost on its way into the state, and the key with it. */
export const wellFormedText = z.string().transform((value) => value.toWellFormed());

/** Text that an output shows: a key that the answer repeats in it is taken out. */
export const shownText = wellFormedText.transform((value) => withoutKeys(value));

/** How many characters of a key its outputs and messages show. */
const CHARACTERS_SHOWN = 4;

/**
 * The last four characters, by which people tell keys apart.
 *
 * @param key the key, or what an answer shows of it, which may be all of it
 */
export function lastFourOf(key: string): string {
  return printable(key).slice(-CHARACTERS_SHOWN);
}

/** Whether two endings may be of one key. States of older releases, and answers, may have shorter or longer ones. */
export function isSameEnding(one: string | null, other: string | null): boolean {
  if (one === null || other === null) return one === other;
  return one.endsWith(other) || other.endsWith(one);
}

/** What no key contains: keys go into an HTTP header as they are, and have neither stars nor brackets. */
const NEVER_IN_A_KEY = /[^\x21-\x7e]|[*<>()[\]{}]/;

/** A run of masking characters, too long to be a coincidence. */
const RUN_OF_A_MASK = /\.{2}|#{4}|x{8}|\bredacted\b|\bhidden\b|\bmasked\b/i;

/** The same, where the whole text between prefix and ending is masked. */
const NOTHING_ELSE = /^[-.x#_]{2,}$/i;

/**
 * The key in an answer, if it is a whole one: longer than an ending, and not masked, such as `****f84c`, `api-xxxx-f84c`
 * or `<redacted>`. A mask would take the place of a key that works; a key that is taken for one would be lost.
 */
export function wholeKey(text: string | null | undefined): string | undefined {
  const key = text?.trim() ?? "";
  if (key.length <= CHARACTERS_SHOWN) return undefined;
  const hidden = key.replace(/^[a-z]{3}-/, "").slice(0, -CHARACTERS_SHOWN);
  const isMasked = NEVER_IN_A_KEY.test(key) || RUN_OF_A_MASK.test(key) || NOTHING_ELSE.test(hidden);
  return isMasked ? undefined : key;
}
