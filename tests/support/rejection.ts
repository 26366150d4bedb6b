/** The error of a call that must fail. */
import assert from "node:assert/strict";

import { CallError } from "./providerProcess";

export async function rejection(attempt: Promise<unknown>): Promise<CallError> {
  const error: unknown = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof CallError, "the call fails");
  assert.doesNotMatch(error.message, /api-[\w-]{8,}/, "no error shows a key");
  return error;
}
