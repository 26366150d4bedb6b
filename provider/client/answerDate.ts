/** When an answer says that it was written. */

/** What caches say of an answer that they kept. Source: RFC 9211; X-Cache and Cloudflare's header are older customs. */
const CACHE_HEADERS = ["cache-status", "x-cache", "cf-cache-status"];

/**
 * The Date header, unless a cache kept the answer: then it tells the time of another answer. An `Age` of 0 is what
 * caches add that let an answer pass.
 */
export function answerDate(headers: Readonly<Record<string, string | undefined>>): string | undefined {
  const { age = "0", date } = headers;
  const isKept = CACHE_HEADERS.some((name) => /\b(?:hit|stale|updating)\b/i.test(headers[name] ?? ""));
  return isKept || !/^\s*0+\s*$/.test(age) ? undefined : date;
}
