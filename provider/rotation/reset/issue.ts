/** One reset as a part of a rotation: what becomes of the state, whatever came back. */
import { keyStatus } from "../../decisions/keyStatus";
import { lostState, rotatedState, withOpenReset } from "../../decisions/nextState";
import type { SentReset } from "../../decisions/resetStep";
import { reasonText, rotationReasons } from "../../decisions/rotationReason";
import type { Announcement } from "../../messages/announcement";
import { describeDoubt, describeFailure, describeLostReset, describeReset } from "../../messages/rotationOutcome";
import { adviseOnSelfRotation } from "../../messages/selfRotation";
import { UserError } from "../../messages/words";
import type { Inputs } from "../../model/inputs";
import { savedState } from "../../model/outputs";
import type { State } from "../../model/state";
import { configuredKey } from "../selfRotation";
import type { Strategy } from "../strategy";
import { asNoChangeError, type Issued, type RotationWork, SavedFailure, type Work } from "../work";
import { type Context, stateAfterLook } from "./look";
import { type DoubtfulReset, resetKey } from "./resetKey";

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
  context: Context,
  { inputs, state: before }: Work<State, Inputs>,
  isRepeat: boolean,
): Promise<State> {
  const { credential, session } = context;
  const isDue = (state: State) => !inputs.frozen && rotationReasons(state, inputs, session.host.clock()).length > 0;
  const mustLook = keyStatus(before).mustLook || (credential.isReadable && isDue(before));
  const state = mustLook ? await asNoChangeError(() => looked(context, before), "Not reset") : before;
  if (isRepeat) leaveToNextRun(context, state);
  if (!isDue(state) && state.verificationPending && inputs.allowSelfRotation) {
    // The run that reset the token has said it, but it failed.
    const isOutdated = (await configuredKey(strategy, session, state)) === "in its grace";
    if (isOutdated) await session.host.log("warning", adviseOnSelfRotation(credential, state, false));
  }
  return state;
}

async function looked(context: Context, state: State): Promise<State> {
  const { credential, session } = context;
  const found = await session.client.look(credential, state.identity);
  // Another account may have a project of this name, with a key of its own.
  if (found.key !== state.key && credential.isReadable) await session.assertAccount();
  return stateAfterLook(context, state, found);
}

/**
 * A second reset in the same run could end the grace that the first one left: it is for a person to decide, who has read
 * until when the old key works.
 */
function leaveToNextRun({ credential, session }: Context, state: State): void {
  const until = Date.parse(state.oldKeyExpiresAt ?? "");
  if (keyStatus(state).kind !== "lost" || !(until > session.client.now())) return;
  const message = describeLostReset(credential.wording, { isHeld: true, until });
  throw new SavedFailure(savedState(credential, state), message);
}

/**
 * @throws {UserError} if nothing changed
 * @throws {SavedFailure} if the key was reset, or may have been, and the next run has to go on
 */
export async function issueByReset(
  context: Context,
  work: RotationWork<State, Inputs, unknown>,
): Promise<Issued<State, undefined>> {
  const { credential, session } = context;
  const { configuredKey } = work;
  const { state, doubtful } = await reset(context, work);
  const said: Announcement[] = [{ severity: "info", message: describeReset(state, session.client.now()) }];
  if (configuredKey !== "another token's") {
    // Before the verification: if that fails, the configured key dies all the same.
    const message = adviseOnSelfRotation(credential, state, configuredKey === "in its grace");
    said.push({ severity: "warning", message });
  }
  return { state, said, isAfterDoubt: doubtful !== undefined };
}

async function reset(
  context: Context,
  { inputs, state, reasons, startedAt }: RotationWork<State, Inputs, unknown>,
): Promise<{ state: State; doubtful: DoubtfulReset | undefined }> {
  const { credential } = context;
  const { wording } = credential;
  const { oldKeyExpiry, triggers, verify } = inputs;
  const reason = reasonText(reasons);
  const isHeld = keyStatus(state).kind !== "lost";
  // Where the key can be read, the next run may find the attempt carried out, and then has to know what it was for.
  const remembering = (left: State, sent: SentReset) =>
    credential.isReadable ? withOpenReset(left, { triggers, reason }, sent) : left;
  const saved = (left: State) => savedState(credential, left);
  const outcome = await resetKey(context, { state, oldKeyExpiry, isHeld, startedAt });
  switch (outcome.kind) {
    case "reset": {
      const { doubtful } = outcome;
      const lateResetPossible = doubtful?.mayBeLate ?? false;
      const rotated = rotatedState(state, { ...outcome, triggers, reason, verify, lateResetPossible });
      return { state: doubtful === undefined ? rotated : remembering(rotated, doubtful), doubtful };
    }
    case "failed": {
      const { error, doubtful } = outcome;
      const lateResetPossible = doubtful?.mayBeLate ?? false;
      const message = describeFailure(wording, state, error.message, lateResetPossible);
      // A first key that came late is lost, but the next run resets it anyway.
      if (!lateResetPossible || doubtful === undefined || state.key === null) throw new UserError(message);
      throw new SavedFailure(saved(remembering({ ...state, lateResetPossible }, doubtful)), message);
    }
    case "lost": {
      const message = describeLostReset(wording, { ...outcome, isHeld });
      throw new SavedFailure(saved(lostState(state, outcome.sent, outcome.found)), message);
    }
    case "in doubt": {
      const { sent, error } = outcome;
      const message = describeDoubt(wording, { isHeld, expiry: sent.expiry, error });
      throw new SavedFailure(saved(remembering(lostState(state, sent, undefined), sent)), message);
    }
  }
}
