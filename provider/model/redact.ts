/** What LaunchDarkly's keys look like, and how they are taken out of text that others wrote. */
import { stripVTControlCharacters } from "node:util";

import type { Json } from "./json";

/** Every kind of key: one that is missing would be printed whole, and taken for an id. */
export const KINDS_OF_KEYS = ["api", "sdk", "mob", "rel"] as const;

const PREFIX = `(?:${KINDS_OF_KEYS.join("|")})-`;

/** What follows it in a whole key: a UUID, or as many letters and digits. No name of a person's begins so. */
const SECRET = "(?:[0-9A-Fa-f-]{20,}|[0-9A-Za-z]{24,})";

/** A key in the place of an id, or of a key of another kind, is a mistake. */
export const LOOKS_LIKE_A_KEY = new RegExp(`^\\s*${PREFIX}`);

/** What may be a key in a text: also a name such as `api-gateway`. */
export const KEYS_IN_TEXT = new RegExp(`\\b${PREFIX}[\\w-]{4,}`, "g");

/** The whole keys in a text. */
export const WHOLE_KEYS_IN_TEXT = new RegExp(`${PREFIX}${SECRET}`, "g");

/** A key where a name belongs: names may begin like one. */
export const HOLDS_A_WHOLE_KEY = new RegExp(`${PREFIX}${SECRET}`);

/** The prefix of a key, such as `api-`; empty if it has none. */
export function prefixOf(key: string): string {
  return LOOKS_LIKE_A_KEY.exec(key)?.[0] ?? "";
}

/**
 * Replaces all that begins like a LaunchDarkly key, and every secret given, with its kind and last four characters. For
 * errors, where a word too many does no harm; what a state keeps goes through `withoutKeys`.
 *
 * @param secrets values that are secret whatever they look like
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  return withoutSecrets(text, secrets).replace(KEYS_IN_TEXT, keyLabel);
}

/** Replaces whole keys, and every secret given, and leaves names such as `api-gateway` as they are. */
export function withoutKeys(text: string, secrets: readonly string[] = []): string {
  return withoutSecrets(text, secrets).replace(WHOLE_KEYS_IN_TEXT, keyLabel);
}

/** The same for every text in a value. */
export function withoutKeysIn<Value extends Json>(value: Value, secrets: readonly string[] = []): Value {
  return within(value, secrets) as Value;
}

function within(value: Json, secrets: readonly string[]): Json {
  if (typeof value === "string") return withoutKeys(value, secrets);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((part) => within(part, secrets));
  const parts = Object.entries(value).map(([name, part]) => [withoutKeys(name, secrets), within(part, secrets)]);
  return Object.fromEntries(parts) as Json;
}

/** How keys are shown to people: `api-…ab12`. */
export function keyLabel(key: string): string {
  return `${prefixOf(key)}…${key.slice(-4)}`;
}

function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length > 4)
    .reduce((result, secret) => result.replaceAll(secret, () => keyLabel(secret)), text);
}

/**
 * Without what a terminal obeys instead of showing it, such as escape sequences and marks that turn the direction of
 * the text round, on one line, and without whole keys. What is not seen is taken out without a gap, so that it hides no
 * part of a key from the search for keys.
 *
 * @param secrets values that are secret whatever they look like
 */
export function printable(text: string, secrets: readonly string[] = []): string {
  const seen = stripVTControlCharacters(text)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
    .replace(/\p{C}/gu, "")
    .trim();
  return withoutKeys(seen, secrets);
}
