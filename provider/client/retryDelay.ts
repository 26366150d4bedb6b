/** How long LaunchDarkly asks to wait. */

/** Longer than any window of LaunchDarkly's; a header that asks for more is broken, or of another clock. */
const LONGEST_DELAY_MS = 60_000;

type Headers = Readonly<Record<string, string | undefined>>;

/**
 * Reads the headers of an answer that says "later".
 *
 * In a 429, `X-Ratelimit-…-Reset` holds the instant at which a window opens again, in epoch milliseconds of
 * LaunchDarkly's clock; other answers carry it too, and there it asks for nothing. `Retry-After`, sent for limits by
 * IP address and by overloaded servers, holds seconds.
 * Source: https://launchdarkly.com/docs/api#rate-limiting
 *
 * @param now epoch milliseconds of LaunchDarkly's clock
 * @returns milliseconds, 0 or more; undefined if no header says it
 */
export function retryDelay(status: number, headers: Headers, now: number): number | undefined {
  const windows = status === 429 ? exhaustedWindows(headers).map((instant) => instant - now) : [];
  const retryAfter = wholeNumber(headers["retry-after"]);
  const delays = retryAfter === undefined ? windows : [...windows, retryAfter * 1000];
  return delays.length === 0 ? undefined : Math.min(Math.max(0, ...delays), LONGEST_DELAY_MS);
}

/** When the windows open again that have nothing left; all of them, if none says that it has not. */
function exhaustedWindows(headers: Headers): number[] {
  const windows = [
    { remaining: "x-ratelimit-global-remaining", reset: "x-ratelimit-reset" },
    { remaining: "x-ratelimit-route-remaining", reset: "x-ratelimit-reset" },
    { remaining: "x-ratelimit-auth-token-remaining", reset: "x-ratelimit-auth-token-reset" },
  ];
  const exhausted = windows.filter(({ remaining }) => wholeNumber(headers[remaining]) === 0);
  // Limits by IP address are told by Retry-After alone, while the windows of the key are still open.
  const counted = exhausted.length > 0 || headers["retry-after"] !== undefined ? exhausted : windows;
  return counted.map(({ reset }) => wholeNumber(headers[reset])).filter((instant) => instant !== undefined);
}

function wholeNumber(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,15}$/.test(header.trim()) ? Number(header) : undefined;
}
