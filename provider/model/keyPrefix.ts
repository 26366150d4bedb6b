/** How LaunchDarkly's keys begin: what tells a key from other text, and one kind of key from another. */

/** Every kind of key: one that is missing would be printed whole, and taken for an id. */
const PREFIX = `(?:${["api", "sdk", "mob", "rel"].join("|")})-`;

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
