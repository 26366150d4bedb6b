/** One reset as a part of a rotation: what becomes of the state, whatever came back. */
import { lostState, rotatedState, withOpenReset } from "../../decisions/nextState";
import type { SentReset } from "../../decisions/resetStep";
import { standing } from "../../decisions/standing";
import type { Announcement } from "../../messages/announcement";
import { describeDoubt, describeFailure, describeLostReset, describeReset } from "../../messages/rotationOutcome";
import { adviseOnSelfRotation } from "../../messages/selfRotation";
import { UserError } from "../../messages/userError";
import type { Inputs } from "../../model/inputs";
import type { State } from "../../model/state";
import { savedState } from "../../model/stateOutputs";
import { SavedFailure } from "../savedFailure";
import type { Issued, RotationOrder } from "../strategy";
import type { Call } from "./look";
import { type DoubtfulReset, resetKey } from "./resetKey";

/**
 * @throws {UserError} if nothing changed
 * @throws {SavedFailure} if the key was reset, or may have been, and the next run has to go on
 */
export async function issueByReset(
  call: Call,
  order: RotationOrder<State, Inputs, unknown>,
): Promise<Issued<State, undefined>> {
  const { credential, session } = call;
  const { configuredKey } = order;
  const { state, doubtful } = await reset(call, order);
  const said: Announcement[] = [{ severity: "info", message: describeReset(state, session.client.now()) }];
  if (configuredKey !== "another token's") {
    // Before the verification: if that fails, the configured key dies all the same.
    const message = adviseOnSelfRotation(credential, state, configuredKey === "in its grace");
    said.push({ severity: "warning", message });
  }
  return { state, said, isAfterDoubt: doubtful !== undefined };
}

async function reset(
  call: Call,
  { inputs, state, reason, startedAt }: RotationOrder<State, Inputs, unknown>,
): Promise<{ state: State; doubtful: DoubtfulReset | undefined }> {
  const { credential } = call;
  const { wording } = credential;
  const { oldKeyExpiry, triggers, verify } = inputs;
  const isHeld = standing(state).kind !== "lost";
  // Where the key can be read, the next run may find the attempt carried out, and then has to know what it was for.
  const remembering = (left: State, sent: SentReset) =>
    credential.isReadable ? withOpenReset(left, { triggers, reason }, sent) : left;
  const saved = (left: State) => savedState(credential, left);
  const outcome = await resetKey(call, { state, oldKeyExpiry, isHeld, startedAt });
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
