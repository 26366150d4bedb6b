/** The last check before a request that makes a new key. The request may have waited for a long time. */
import { UserError } from "../messages/userError";
import { isInterrupted } from "../run/interrupts";
import type { Host } from "../run/host";

/**
 * @param work what is about to happen, as in "the reset"
 * @returns why it must not be sent any more; undefined if it may
 */
export async function sendBlocker({ isEngineGone }: Host, work: string): Promise<UserError | undefined> {
  if (isInterrupted()) return new UserError(`the run was interrupted before ${work}.`);
  // Nobody would save the key, and a later run may already hold the current one.
  return (await isEngineGone()) ? new UserError("the Pulumi run that asked for it is gone.") : undefined;
}
