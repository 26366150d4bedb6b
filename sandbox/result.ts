/** What an endpoint answers, before rate limits and planned faults have their say. */

export interface Result {
  readonly status: number;
  /** Sent as JSON; undefined for no body. */
  readonly body?: object;
  /** The credential that was reset, such as "token 61095542756dba551110ae21". */
  readonly resets?: string;
}

/** LaunchDarkly's error body. */
export function failure(status: number, code: string, message: string): Result {
  return { status, body: { code, message } };
}

export const unauthorized = failure(401, "unauthorized", "The key does not work");
export const forbidden = failure(403, "forbidden", "The token's role does not allow this");
export const notFound = failure(404, "not_found", "There is no such resource");

export const internalError = failure(500, "internal", "Something went wrong");
export const methodNotAllowed = failure(405, "method_not_allowed", "The path does not know this method");

export function invalidRequest(message: string): Result {
  return failure(400, "invalid_request", message);
}

export const invalidExpiry = invalidRequest(
  "expiry must be a time to come, and not too far ahead, in epoch milliseconds",
);
export const unreadable = invalidRequest("The path can't be decoded, or the body is no JSON");
