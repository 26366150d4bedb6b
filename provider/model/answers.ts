/** What LaunchDarkly says of a credential when it is looked at, reset or created. */
import { z } from "zod";

import type { Json } from "./json";
import { printable, withoutKeys } from "./redact";

export interface Found {
  /** The whole key, where LaunchDarkly shows it; null where it shows only the ending. */
  readonly key: string | null;
  /** The last characters of the current key; null if LaunchDarkly does not say. */
  readonly lastFour: string | null;
  /** When it last changed, in epoch milliseconds; null if LaunchDarkly does not say. */
  readonly lastModified: number | null;
  /**
   * From when on LaunchDarkly refuses the record, whatever its key, in epoch milliseconds; null for never. Undefined where
   * records have no such end, or where the answer need not show it.
   */
  readonly expiry?: number | null;
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
 * The last four characters, by which people tell keys apart. An ending stays what it is.
 *
 * @param key the key, or what an answer shows of it, which may be all of it
 */
export function lastFourOf(key: string): string {
  return printable(printable(key).slice(-CHARACTERS_SHOWN));
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

/** A record that the stack owns, as LaunchDarkly shows it: what has a key, and can be made, changed, given an end and deleted. */
export interface KeyRecord {
  readonly id: string;
  /** The whole key, where LaunchDarkly shows it again; null where it does not. */
  readonly key: string | null;
  /** The last four characters of its key. */
  readonly lastFour: string | null;
  /** For people; the mark of the resource that made it is at its end. */
  readonly description: string | null;
  /** From when on LaunchDarkly refuses its key, in epoch milliseconds; null for never. */
  readonly expiry: number | null;
  /** Epoch milliseconds; null if LaunchDarkly does not say. */
  readonly creationDate: number | null;
  /** The same; 0 while it has never been used. */
  readonly lastUsed: number | null;
  /** What a change may name, so that it is refused if somebody else has changed the record since; null if it has none. */
  readonly version: number | null;
  /** What else LaunchDarkly says of it, by the names of its settings; null for what is not said. */
  readonly [setting: string]: Json;
}

/** What can be changed of a record, by name. What is missing was not asked for, or LaunchDarkly did not say. */
export type Settings = Readonly<Record<string, Json | undefined>>;

/** What can't be changed of it: where it is, and what kind it is of. By the names of the inputs. */
export type Fixed = Readonly<Record<string, string | boolean>>;

/** What came back of a request for a new key, reduced to what the next step depends on. */
export type ResetReply =
  /** The new key. Everything else that LaunchDarkly said is in `found`, as far as it was readable. */
  | { readonly kind: "reset"; readonly key: string; readonly found: Found; readonly at: number }
  /** LaunchDarkly did not process it, and will not if it is sent again. */
  | { readonly kind: "refused"; readonly error: Error }
  /** LaunchDarkly did not process it, but may if it is sent again. */
  | { readonly kind: "notProcessed"; readonly error: Error }
  /** It may have been processed; or, if it may be late, will be. */
  | { readonly kind: "unknown"; readonly error: Error; readonly mayBeLate: boolean };

export type CreateReply =
  /** A new key; without a record if the answer does not say which one it is of. */
  | { readonly kind: "created"; readonly key: string; readonly record: KeyRecord | undefined; readonly at: number }
  /** LaunchDarkly made none, and will not if it is asked again. */
  | { readonly kind: "refused"; readonly error: Error; readonly isLimit: boolean }
  /** LaunchDarkly made none, but may if it is asked again. */
  | { readonly kind: "notProcessed"; readonly error: Error; readonly isRateLimited: boolean }
  | Extract<ResetReply, { kind: "unknown" }>;
