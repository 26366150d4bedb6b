/** Finds out, before anything is decided, what became of a reset that may or may not have been carried out. */
import { rotationReason } from "../../decisions/rotationReason";
import { standing } from "../../decisions/standing";
import { describeLostReset } from "../../messages/rotationOutcome";
import { adviseOnSelfRotation } from "../../messages/selfRotation";
import type { Inputs } from "../../model/inputs";
import type { State } from "../../model/state";
import { savedState } from "../../model/stateOutputs";
import { asNoChangeError } from "../asNoChangeError";
import { assertAccount } from "../home";
import { SavedFailure } from "../savedFailure";
import { configuredKey } from "../selfRotation";
import type { Order, Strategy } from "../strategy";
import { type Call, stateAfterLook } from "./look";

/**
 * The state, with LaunchDarkly asked if that is needed to know. Before a reset of a key that can be read it is asked, too:
 * after a lost answer, a key that somebody else made would pass for the new one.
 *
 * @param isRepeat whether the call is repeated
 * @throws {UserError} if it can't be told
 * @throws {SavedFailure} if it is for a person to decide
 */
export async function settled(
  strategy: Strategy<State, Inputs, undefined>,
  call: Call,
  { inputs, state: before }: Order<State, Inputs>,
  isRepeat: boolean,
): Promise<State> {
  const { credential, session } = call;
  const isDue = (state: State) => !inputs.frozen && rotationReason(state, inputs, session.host.clock()) !== undefined;
  const mustLook = standing(before).mustLook || (credential.isReadable && isDue(before));
  const state = mustLook ? await asNoChangeError(() => looked(call, before), "Not reset") : before;
  if (isRepeat) leaveToNextRun(call, state);
  if (!isDue(state) && state.verificationPending && inputs.allowSelfRotation) {
    // The run that reset the token has said it, but it failed.
    const isOutdated = (await configuredKey(strategy, session, state)) === "in its grace";
    if (isOutdated) await session.host.log("warning", adviseOnSelfRotation(credential, state, false));
  }
  return state;
}

async function looked(call: Call, state: State): Promise<State> {
  const { credential, session } = call;
  const found = await session.client.look(credential, state.identity);
  // Another account may have a project of this name, with a key of its own.
  if (found.key !== state.key && credential.isReadable) await assertAccount(state, session);
  return stateAfterLook(call, state, found);
}

/**
 * A second reset in the same run could end the grace that the first one left: it is for a person to decide, who has read
 * until when the old key works.
 */
function leaveToNextRun({ credential, session }: Call, state: State): void {
  const until = Date.parse(state.oldKeyExpiresAt ?? "");
  if (standing(state).kind !== "lost" || !(until > session.client.now())) return;
  const message = describeLostReset(credential.wording, { isHeld: true, until });
  throw new SavedFailure(savedState(credential, state), message);
}
