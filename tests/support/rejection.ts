/** The error of a call that must fail. */
import assert from "node:assert/strict";

import { CallError } from "./providerProcess";

export async function rejection(attempt: Promise<unknown>): Promise<CallError> {
  const error: unknown = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof CallError, "the call fails");
  return error;
}
