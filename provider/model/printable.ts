/** Makes text that others wrote fit for a message. */
import { stripVTControlCharacters } from "node:util";

/**
 * Without what a terminal obeys instead of showing it, such as escape sequences and marks that turn the direction of
 * the text round, and on one line. What is not seen is taken out without a gap, so that it hides no part of a key from
 * the search for keys.
 */
export function printable(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
    .replace(/\p{C}/gu, "")
    .trim();
}
