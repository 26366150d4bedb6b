/**
 * Asks LaunchDarkly, in a preview, whether a rotation that is due can work, so that the preview is red where the `up`
 * would be. Read-only; and each thing once per run.
 */
import { LaunchDarklyError, type LaunchDarklyErrorCode } from "../client/errors";
import { ONCE } from "../client/limits";
import {
  type Announcement,
  describeImpossible,
  describeReaderRole,
  describeUnforeseen,
  type Impossible,
  mayFail,
} from "../messages/announcement";
import { UserError } from "../messages/words";
import type { Session } from "../run/session";
import { permitSelfRotation } from "./selfRotation";
import type { Strategy } from "./strategy";
import type { Asked, Foreseen, Kept } from "./work";

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
    await warnUnforeseen(session, error);
    return false;
  }
}

/**
 * Does what fails if the `up` would fail.
 *
 * @param isCertain false where that depends on an input which is not known yet: then the run is warned instead
 */
export async function unlessUncertain(
  session: Session,
  isCertain: boolean,
  work: () => Promise<unknown>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (isCertain || !(error instanceof UserError)) throw error;
    await warnOnce(session, mayFail(error.message).message);
  }
}

/** Warns if the admin key has a role that can't change anything. @param verdict what can't be done then */
export async function warnOfRole(session: Session, verdict: Impossible): Promise<void> {
  let role: string | undefined;
  await isAnswered(session, verdict, [], async () => {
    role = await session.adminRole();
  });
  if (role === "reader") await warnOnce(session, describeReaderRole());
}

/** A preview could not ask. While the rate limit holds it back, every question meets the same: that is said once. */
export async function warnUnforeseen(
  session: Session,
  { code, message }: LaunchDarklyError,
  describe = describeUnforeseen,
): Promise<void> {
  const said = describe(message);
  await warnOnce(session, said, code === "rateLimited" ? describe("") : said);
}

/** @param what what is not said twice */
async function warnOnce({ progress, host }: Session, message: string, what = message): Promise<void> {
  if (progress.warned.has(what)) return;
  progress.warned.add(what);
  await host.log("warning", message);
}

/**
 * @returns what a preview says of it
 * @throws {UserError} if the `up` would fail
 */
export async function foresee<State extends Kept, Given extends Asked>(
  strategy: Strategy<State, Given, unknown>,
  session: Session,
  inputs: Given,
  foreseen: Foreseen<State>,
): Promise<readonly Announcement[]> {
  const { state, unknown, isCertain } = foreseen;
  const { says } = strategy;
  let said: readonly Announcement[] = [];
  await unlessUncertain(session, isCertain, async () => {
    if (state === undefined && strategy.takesOver(inputs)) {
      said = await strategy.foreseeTakeOver(session, inputs, foreseen);
      return;
    }
    const verdict = state === undefined ? says.impossibleFirst : says.impossible;
    if (!(await isAnswered(session, verdict, ["unauthorized"], () => session.admin(ONCE)))) return;
    const own = state ?? strategy.unmade(session, inputs);
    if (own !== undefined) {
      const isKnown = !unknown.has("allowSelfRotation");
      await unlessUncertain(session, isKnown, () => permitSelfRotation(strategy, session, own, inputs));
    }
    await warnOfRole(session, verdict);
    said = await strategy.foresee(session, inputs, foreseen);
  });
  return said;
}
