/** Takes keys out of text that leaves the client. */

const KEY_OF_LAUNCHDARKLY = /\b(api|sdk|mob|rel)-[\w-]{4,}/g;

/**
 * Replaces every LaunchDarkly key, and every secret given, with its kind and last four characters.
 *
 * @param secrets values that are secret whatever they look like
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  return secrets
    .filter((secret) => secret.length > 4)
    .reduce((result, secret) => result.replaceAll(secret, keyLabel(secret)), text)
    .replace(KEY_OF_LAUNCHDARKLY, keyLabel);
}

/** How a person tells keys apart: `api-…ab12`. */
export function keyLabel(key: string): string {
  const kind = /^[a-z]{3}-/.exec(key)?.[0] ?? "";
  return `${kind}…${key.slice(-4)}`;
}
