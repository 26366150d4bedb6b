/** Takes keys out of text that leaves the client. */
import { KEYS_IN_TEXT, prefixOf } from "../model/keyPrefix";

/**
 * Replaces every LaunchDarkly key, and every secret given, with its kind and last four characters.
 *
 * @param secrets values that are secret whatever they look like
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  return secrets
    .filter((secret) => secret.length > 4)
    .reduce((result, secret) => result.replaceAll(secret, keyLabel(secret)), text)
    .replace(KEYS_IN_TEXT, keyLabel);
}

/** How keys are shown to people: `api-…ab12`. */
export function keyLabel(key: string): string {
  return `${prefixOf(key)}…${key.slice(-4)}`;
}
