/** Decides whether a request that failed without an answer may have reached LaunchDarkly. */

/** Errors of a socket that has not carried a byte of the request: name look-up, connecting, the TLS handshake. */
const BEFORE_SENDING =
  /^(?:ENOTFOUND|EAI_\w+|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|ERR_TLS_\w+|ERR_SSL_\w+|ERR_INVALID_\w+)$/;

/** System calls that come before the first byte; a time-out of theirs has the code of any other time-out. */
const SYSTEM_CALLS_BEFORE_SENDING = /^(?:connect|getaddrinfo)$/;

/** @returns false only if it certainly has not: in doubt it was sent */
export function wasSent(error: unknown): boolean {
  return !withCauses(error).some(
    (cause) => BEFORE_SENDING.test(textOf(cause, "code")) || SYSTEM_CALLS_BEFORE_SENDING.test(textOf(cause, "syscall")),
  );
}

/** What happened, for a person. Not redacted. */
export function failureReason(error: unknown): string {
  const code = withCauses(error)
    .map((cause) => textOf(cause, "code"))
    .find(Boolean);
  const message = (error instanceof Error && error.message) || "the request failed";
  return code === undefined || message.includes(code) ? message : `${message} (${code})`;
}

/** The error, and all that it was caused by: axios wraps the socket's error, and Node bundles those of two addresses. */
function withCauses(error: unknown): unknown[] {
  if (!(error instanceof Error)) return [error];
  const parts: unknown[] = error instanceof AggregateError ? error.errors : [];
  const causes = error.cause === undefined ? parts : [...parts, error.cause];
  return [error, ...causes.flatMap(withCauses)];
}

function textOf(value: unknown, property: "code" | "syscall"): string {
  const found: unknown = typeof value === "object" && value !== null ? Reflect.get(value, property) : undefined;
  return typeof found === "string" ? found : "";
}
