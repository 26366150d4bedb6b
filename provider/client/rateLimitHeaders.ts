/** What LaunchDarkly's headers say of its rate limits. Source: https://launchdarkly.com/docs/api#rate-limiting */

/** Much longer than LaunchDarkly's windows. A header that asks for more is broken, or uses another clock. */
const LONGEST_WAIT_MS = 5 * 60_000;

/** How many requests are left, and what tells the windows that this was said of from later ones. */
export interface RequestsLeft {
  readonly left: number;
  readonly window: string;
}

type Headers = Readonly<Record<string, string | undefined>>;

/** Each window says how many requests are left in it, and when it opens anew, in epoch milliseconds. */
const windows = [
  { remaining: "x-ratelimit-global-remaining", reset: "x-ratelimit-reset" },
  { remaining: "x-ratelimit-route-remaining", reset: "x-ratelimit-reset" },
  { remaining: "x-ratelimit-auth-token-remaining", reset: "x-ratelimit-auth-token-reset" },
];

/**
 * How long an answer asks to wait before the next request of any kind.
 *
 * `Retry-After`, sent for limits by IP address and by overloaded servers, holds seconds. A 429 that says nothing of
 * what is left counts for every window it names.
 *
 * The instants are measured from the answer's own `Date`, which is cut to the second: the wait may be a second too
 * long, and never too short.
 *
 * @param now epoch milliseconds, for an answer without a date
 * @returns milliseconds, 0 or more; undefined if it does not ask for it
 */
export function requestedWait(status: number, headers: Headers, now: number): number | undefined {
  const retryAfter = wholeNumber(headers["retry-after"]);
  const exhausted = windows.filter(({ remaining }) => wholeNumber(headers[remaining]) === 0);
  const counted = status === 429 && exhausted.length === 0 && retryAfter === undefined ? windows : exhausted;
  const date = Date.parse(headers["date"] ?? "");
  const answeredAt = Number.isNaN(date) ? now : date;
  const waits = counted
    .map(({ reset }) => wholeNumber(headers[reset]))
    .filter((instant) => instant !== undefined)
    .map((instant) => instant - answeredAt);
  if (retryAfter !== undefined) waits.push(retryAfter * 1000);
  return waits.length === 0 ? undefined : Math.min(Math.max(0, ...waits), LONGEST_WAIT_MS);
}

/** How many more requests the narrowest of the windows lets through; undefined if the headers don't say. */
export function requestsLeft(headers: Headers): RequestsLeft | undefined {
  const counts = windows.map(({ remaining }) => wholeNumber(headers[remaining])).filter((count) => count !== undefined);
  if (counts.length === 0) return undefined;
  const resets = new Set(windows.map(({ reset }) => headers[reset]));
  return { left: Math.min(...counts), window: [...resets].join() };
}

function wholeNumber(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,15}$/.test(header.trim()) ? Number(header) : undefined;
}
