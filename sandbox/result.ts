/** What an endpoint answers, before rate limits and planned faults have their say. */

export interface Result {
  readonly status: number;
  /** Sent as JSON; undefined for no body. */
  readonly body?: object;
}

/** LaunchDarkly's error body. */
export function failure(status: number, code: string, message: string): Result {
  return { status, body: { code, message } };
}

export const unauthorized: Result = { status: 401 };
export const forbidden = failure(403, "forbidden", "The token's role does not allow this");
export const notFound = failure(404, "not_found", "There is no such resource");

export function invalidRequest(message: string): Result {
  return failure(400, "invalid_request", message);
}
