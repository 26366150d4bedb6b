/** Makes text that others wrote fit for a message, and for a reason that a state keeps. */
import { stripVTControlCharacters } from "node:util";

import { withoutKeys } from "./redact";

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
