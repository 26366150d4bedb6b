/** How LaunchDarkly's keys begin: what tells a key from other text, and one kind of key from another. */

/** Every kind of key: one that is missing would be printed whole, and taken for an id. */
const PREFIX = `(?:${["api", "sdk", "mob", "rel"].join("|")})-`;

/** A key in the place of an id, or of a key of another kind, is a mistake. */
export const LOOKS_LIKE_A_KEY = new RegExp(`^\\s*${PREFIX}`);

/** The keys in a text. */
export const KEYS_IN_TEXT = new RegExp(`\\b${PREFIX}[\\w-]{4,}`, "g");

/** The prefix of a key, such as `api-`; empty if it has none. */
export function prefixOf(key: string): string {
  return LOOKS_LIKE_A_KEY.exec(key)?.[0] ?? "";
}
