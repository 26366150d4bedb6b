/** Reads query parameters, by the types that LaunchDarkly's OpenAPI description gives them. */
import type { Call } from "./call";

/** @returns undefined for what is no boolean */
export function boolean(parameter: unknown, absent: boolean): boolean | undefined {
  if (parameter === undefined) return absent;
  return parameter === "true" || parameter === "false" ? parameter === "true" : undefined;
}

/** @returns undefined for what is no integer of 64 bits */
export function integer(parameter: unknown, absent: number): number | undefined {
  if (parameter === undefined) return absent;
  if (typeof parameter !== "string" || !/^-?\d{1,19}$/.test(parameter)) return undefined;
  const value = BigInt(parameter);
  return BigInt.asIntN(64, value) === value ? Number(value) : undefined;
}

/**
 * When a reset lets the old key die, in epoch milliseconds: now, unless the caller says when.
 *
 * @returns undefined for what is no time that a key may die at
 */
export function expiryOf({ query, now, openQuestions }: Pick<Call, "query" | "now" | "openQuestions">) {
  const expiry = integer(query["expiry"], now);
  if (expiry === undefined || expiry - now > openQuestions.longestGraceMs) return undefined;
  if (expiry >= now) return expiry;
  return openQuestions.acceptsPastResetExpiry ? now : undefined;
}
