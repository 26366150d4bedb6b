/** Why a request to LaunchDarkly did not do what was asked. */

/** Stable over releases. */
export type LaunchDarklyErrorCode =
  /** 401: the key is unknown to LaunchDarkly, or expired. */
  | "unauthorized"
  /** 403: the key works, but its role does not allow this. */
  | "forbidden"
  /** 404: nothing with this id that the key may see. */
  | "notFound"
  /** 429. */
  | "rateLimited"
  /** Any other answer that refuses the request. */
  | "refused"
  /** No connection was made; the request was not sent. */
  | "unreachable"
  /** Sent, but no answer came, or none that says what happened. */
  | "noAnswer";

/**
 * An unexpected answer of LaunchDarkly's, or none at all. Holds no request, no response and no
 * underlying error, because those hold keys.
 */
export class LaunchDarklyError extends Error {
  override readonly name = "LaunchDarklyError";

  constructor(
    readonly code: LaunchDarklyErrorCode,
    message: string,
    readonly status?: number,
  ) {
    super(message);
  }
}
