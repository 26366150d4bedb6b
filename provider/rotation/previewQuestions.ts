/** How a preview asks LaunchDarkly: without a retry, and with a warning where it gets no answer. */
import { PATIENCE_MS } from "../client/limits";
import { LaunchDarklyError, type LaunchDarklyErrorCode } from "../client/launchDarklyError";
import { describeImpossible, describeReaderRole, describeUnforeseen, type Impossible } from "../messages/foresight";
import { UserError } from "../messages/userError";
import type { Session } from "../run/session";

/** A preview does not wait for what is busy: the `up` will. */
export function tryOnce({ surroundings }: Session): number {
  return surroundings.elapsed() - PATIENCE_MS;
}

/**
 * @param verdict what can't be done then
 * @param final the refusals that the `up` will meet as well
 * @returns whether LaunchDarkly answered; if not, the run is warned of it once
 * @throws {UserError} for those
 */
export async function isAnswered(
  session: Session,
  verdict: Impossible,
  final: readonly LaunchDarklyErrorCode[],
  ask: () => Promise<unknown>,
): Promise<boolean> {
  try {
    await ask();
    return true;
  } catch (error) {
    if (!(error instanceof LaunchDarklyError)) throw error;
    if (final.includes(error.code)) throw new UserError(describeImpossible(verdict, error.message));
    await warnOnce(session, describeUnforeseen(error.message));
    return false;
  }
}

/** Warns if the admin key has a role that can't change anything. */
export async function warnOfRole(session: Session): Promise<void> {
  const role = await session.adminRole();
  if (role !== "reader") return;
  await warnOnce(session, describeReaderRole());
}

async function warnOnce({ progress, surroundings }: Session, message: string): Promise<void> {
  if (progress.warned.has(message)) return;
  progress.warned.add(message);
  await surroundings.log("warning", message);
}
