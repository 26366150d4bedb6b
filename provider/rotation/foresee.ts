/**
 * Asks LaunchDarkly, in a preview, whether a rotation that is due can work, so that the preview is red where the `up`
 * would be. Read-only; and each thing once per run.
 */
import { ONCE } from "../client/limits";
import type { Announcement } from "../messages/announcement";
import type { Session } from "../run/session";
import { isAnswered, unlessUncertain, warnOfRole } from "./previewQuestions";
import { permitSelfRotation } from "./selfRotation";
import type { Asked, Foreseen, Kept, Strategy } from "./strategy";

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
