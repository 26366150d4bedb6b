/** One rotation, the same for create and update: reset, keep the key whatever happens next, verify it. */
import { lostState, rotatedState, withOpenReset } from "../decisions/nextState";
import type { SentReset } from "../decisions/resetStep";
import { standing } from "../decisions/standing";
import {
  describeBrokenReset,
  describeDoubt,
  describeFailure,
  describeLostReset,
  describeReset,
} from "../messages/rotationOutcome";
import { UserError } from "../messages/userError";
import type { Inputs } from "../model/inputs";
import type { State } from "../model/state";
import { savedState } from "../model/stateOutputs";
import { uninterrupted } from "../run/interrupts";
import { dueName } from "../run/progress";
import type { Call } from "./call";
import { atHome } from "./home";
import { PartialFailure } from "./partialFailure";
import { type DoubtfulReset, resetKey } from "./resetKey";
import { adviseConfiguration, type ConfiguredKey, permitSelfRotation } from "./selfRotation";
import { unforeseen } from "./unforeseen";
import { verified } from "./verified";

export interface RotationOrder {
  readonly inputs: Inputs;
  /** The state before the rotation. */
  readonly state: State;
  readonly reason: string;
  /** The serialized provider, which a saved state must hold. */
  readonly provider: unknown;
}

/**
 * @returns the new state
 * @throws {UserError} if nothing changed
 * @throws {PartialFailure} if the key was reset, or may have been, and the next run has to go on
 */
export async function rotate(call: Call, asked: RotationOrder): Promise<State> {
  const { credential, session } = call;
  const { progress, surroundings } = session;
  const name = dueName(credential, asked.state.identity);
  progress.due.add(name);
  // An interrupt may end it: nothing is sent yet that changes anything.
  const configuredKey = await permitSelfRotation(call, asked.state, asked.inputs);
  const order = { ...asked, state: atHome(asked.state, session) };
  return uninterrupted(async () => {
    const startedAt = surroundings.elapsed();
    const { state, doubtful } = await reset(call, order, startedAt);
    progress.done.add(name);
    try {
      return await handedOn(
        call,
        { ...order, state },
        { configuredKey, startedAt, isAfterDoubt: doubtful !== undefined },
      );
    } catch (error) {
      if (error instanceof PartialFailure) throw error;
      const message = describeBrokenReset(state, unforeseen(error));
      throw new PartialFailure(savedState(credential, state), order.provider, message);
    }
  });
}

interface Reset {
  readonly configuredKey: ConfiguredKey;
  readonly startedAt: number;
  readonly isAfterDoubt: boolean;
}

/** What follows once the key was reset: the state has the new one. */
async function handedOn(
  call: Call,
  order: RotationOrder,
  { configuredKey, startedAt, isAfterDoubt }: Reset,
): Promise<State> {
  const { session } = call;
  const { state } = order;
  const said = session.surroundings.log("info", describeReset(state, session.client.now()));
  // Before the verification: if that fails, the configured key dies all the same.
  if (configuredKey !== "another token's") await adviseConfiguration(call, state, configuredKey);
  // The engine takes the message while LaunchDarkly is asked.
  const [outs] = await Promise.all([verified(call, state, { ...order, startedAt, isAfterDoubt }), said]);
  if (configuredKey !== "another token's" && outs.key !== null) session.authenticateWith(outs.key);
  return outs.lateResetPossible ? outs : { ...outs, openReset: null };
}

/** Resets, and says what becomes of the state. */
async function reset(
  call: Call,
  { inputs, state, reason, provider }: RotationOrder,
  startedAt: number,
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
      throw new PartialFailure(saved(remembering({ ...state, lateResetPossible }, doubtful)), provider, message);
    }
    case "lost": {
      const message = describeLostReset(wording, { ...outcome, isHeld });
      throw new PartialFailure(saved(lostState(state, outcome.sent, outcome.found)), provider, message);
    }
    case "in doubt": {
      const { sent, error } = outcome;
      const message = describeDoubt(wording, { isHeld, expiry: sent.expiry, error });
      throw new PartialFailure(saved(remembering(lostState(state, sent, undefined), sent)), provider, message);
    }
  }
}
