/** The bounds of what the client does, in one place. docs/when-things-go-wrong.md lists them for users. */

/** Requests under way at once, over all resources of a stack, unless LaunchDarkly's headers allow fewer. */
export const CONCURRENCY = 16;

/** How long connecting may take, TLS and proxy included. */
export const CONNECT_TIMEOUT_MS = 10_000;

/** How long an answer may take to its last byte, once the connection is there, unless the stack sets `httpTimeout`. */
export const RESPONSE_TIMEOUT_MS = 30_000;

/** How long a rotation keeps retrying. A step that was not tried before is still tried once after that. */
export const PATIENCE_MS = 10 * 60_000;

/**
 * Stands for the time when work began, where the patience with it is over before it begins: what a preview asks is sent
 * once, and not at all while the rate limit holds requests back.
 */
export const ONCE = -Infinity;

/** The number of attempts, not counting those that met a rate limit. */
export const ATTEMPTS = 5;

/** The most pages of a list that are read: ten times as many as an account may need whose pages are full. */
export const LONGEST_LIST = 1_000;

/** The most bytes of an answer that are read. The answers used here have a few kB. */
export const LONGEST_BODY = 4 * 1024 * 1024;
