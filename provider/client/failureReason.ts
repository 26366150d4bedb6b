/** Why a request got no answer, in words for a person. */

/** Not redacted. */
export function failureReason(error: unknown): string {
  const code = withCauses(error).map(codeOf).find(Boolean);
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

function codeOf(error: unknown): string {
  const code: unknown = typeof error === "object" && error !== null ? Reflect.get(error, "code") : undefined;
  return typeof code === "string" ? code : "";
}
