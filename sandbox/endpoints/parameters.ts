/** Reads the query parameters that several endpoints have. */
import type { Call } from "./call";

/** @returns undefined for what is no whole number */
export function wholeNumber(parameter: unknown, absent: number): number | undefined {
  if (parameter === undefined) return absent;
  return typeof parameter === "string" && /^\d{1,15}$/.test(parameter) ? Number(parameter) : undefined;
}

/**
 * When a reset lets the old key die, in epoch milliseconds: now, unless the caller says when.
 *
 * @returns undefined for what is no time to come
 */
export function expiryOf({ query, now }: Pick<Call, "query" | "now">): number | undefined {
  const expiry = wholeNumber(query["expiry"], now);
  return expiry !== undefined && expiry >= now ? expiry : undefined;
}
