/** What an endpoint answers, before rate limits and planned faults have their say. */

export interface Result {
  readonly status: number;
  /** Sent as JSON; undefined for no body. */
  readonly body?: object;
  /** The first event of a stream that stays open, instead of a body; asked for when it is sent. */
  readonly firstEvent?: () => ServerEvent;
  /** The credential that was reset, such as "token 61095542756dba551110ae21". */
  readonly resets?: string;
}

/** An event of a stream. */
export interface ServerEvent {
  readonly event: string;
  readonly data: object;
}

/** LaunchDarkly's codes of errors. Source: LaunchDarkly's OpenAPI description, schemas of errors. */
const CODES: Readonly<Record<number, string>> = {
  400: "invalid_request",
  401: "unauthorized",
  403: "forbidden",
  404: "not_found",
  405: "method_not_allowed",
  409: "optimistic_locking_error",
  422: "patch_failed",
  429: "rate_limited",
};

/** The code of an error of this status. LaunchDarkly's description names none for the other statuses. */
export function codeOf(status: number): string {
  return CODES[status] ?? "internal";
}

/** LaunchDarkly's error body. */
export function failure(status: number, message: string, code = codeOf(status)): Result {
  return { status, body: { code, message } };
}

export const unauthorized = failure(401, "The key does not work");
export const forbidden = failure(403, "The token's role does not allow this");
export const notFound = failure(404, "There is no such resource");

export const internalError = failure(500, "Something went wrong");
export const methodNotAllowed = failure(405, "The path does not know this method");

export function invalidRequest(message: string): Result {
  return failure(400, message);
}

export const invalidExpiry = invalidRequest(
  "expiry must be a time to come, and not too far ahead, in epoch milliseconds",
);
export const unreadable = invalidRequest("The path can't be decoded, or the body is no JSON");
