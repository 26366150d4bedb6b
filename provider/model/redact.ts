/** Takes keys out of text. */
import type { Json } from "./json";
import { KEYS_IN_TEXT, prefixOf, WHOLE_KEYS_IN_TEXT } from "./keyPrefix";

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
