/** How long LaunchDarkly asks to wait. */

/** Longer than any window of LaunchDarkly's; a header that asks for more is broken, or of another clock. */
const LONGEST_DELAY_MS = 60_000;

type Headers = Readonly<Record<string, string | undefined>>;

/**
 * Reads the headers of a 429.
 *
 * A `X-Ratelimit-…` header holds the instant at which a window opens again, in epoch milliseconds of LaunchDarkly's
 * clock; `Retry-After`, sent for limits by IP address, holds seconds. The last one to open counts.
 * Source: https://launchdarkly.com/docs/api#rate-limiting
 *
 * @param now epoch milliseconds of LaunchDarkly's clock
 * @returns milliseconds, 0 or more; undefined if no header says it
 */
export function retryDelay(headers: Headers, now: number): number | undefined {
  const delays = [
    untilInstant(headers["x-ratelimit-reset"], now),
    untilInstant(headers["x-ratelimit-auth-token-reset"], now),
    seconds(headers["retry-after"]),
  ].filter((delay) => delay !== undefined);
  return delays.length === 0 ? undefined : Math.min(Math.max(0, ...delays), LONGEST_DELAY_MS);
}

function untilInstant(header: string | undefined, now: number): number | undefined {
  const instant = wholeNumber(header);
  return instant === undefined ? undefined : instant - now;
}

function seconds(header: string | undefined): number | undefined {
  const value = wholeNumber(header);
  return value === undefined ? undefined : value * 1000;
}

function wholeNumber(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,15}$/.test(header.trim()) ? Number(header) : undefined;
}
