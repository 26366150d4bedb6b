/** Brings a credential to what the program asks for: rotates it if that is due, or finishes what was left undone. */
import { rotationReason } from "../decisions/rotationReason";
import { standing } from "../decisions/standing";
import { describeLostReset } from "../messages/rotationOutcome";
import { finishedWork } from "../messages/unfinishedWork";
import type { Inputs } from "../model/inputs";
import type { State } from "../model/state";
import { savedState } from "../model/stateOutputs";
import type { Call } from "./call";
import { assertAccount, assertHome, atHome } from "./home";
import { stateAfterLook } from "./look";
import { PartialFailure } from "./partialFailure";
import { rotate } from "./rotate";
import { adviseConfiguration, configuredKey } from "./selfRotation";
import { unchanged } from "./unchanged";
import { verified } from "./verified";

export interface Brought {
  readonly inputs: Inputs;
  /** The state of the last run, or what this run has made of it so far. */
  readonly state: State;
  /** Whether this run has worked on it before, and failed: the call is repeated. */
  readonly isRepeat: boolean;
  /** The serialized provider, which a saved state must hold. */
  readonly provider: unknown;
}

/**
 * Decides anew whether a rotation is due: Pulumi also calls update after a failed run, whatever diff said.
 *
 * @throws {UserError} as `rotate` and `verified` do
 */
export async function bring(call: Call, { inputs, state: before, isRepeat, provider }: Brought): Promise<State> {
  const { surroundings } = call.session;
  assertHome(before, call.session);
  const state = atHome(await resolved(call, inputs, before), call.session);
  if (isRepeat) leaveToNextRun(call, state, provider);
  const reason = rotationReason(state, inputs, surroundings.clock());
  if (reason !== undefined && !inputs.frozen) return rotate(call, { inputs, state, reason, provider });
  if (state.verificationPending && inputs.allowSelfRotation) await repeatAdvice(call, state);
  const startedAt = surroundings.elapsed();
  const after = await verified(call, state, { inputs, provider, startedAt, isAfterDoubt: false });
  const finished = finishedWork(before, after, inputs.verify);
  if (finished !== undefined) await surroundings.log("info", finished);
  return after;
}

/**
 * A second reset in the same run could end the grace that the first one left: it is for a person to decide, who has
 * read until when the old key works.
 *
 * @throws {PartialFailure} if the answer to this run's reset was lost, and the key that people hold still works
 */
function leaveToNextRun({ credential, session }: Call, state: State, provider: unknown): void {
  const until = Date.parse(state.oldKeyExpiresAt ?? "");
  if (standing(state).kind !== "lost" || !(until > session.client.now())) return;
  throw new PartialFailure(
    savedState(credential, state),
    provider,
    describeLostReset(credential.wording, { isHeld: true, until }),
  );
}

/** The run that reset the token has said it, but it failed. */
async function repeatAdvice(call: Call, state: State): Promise<void> {
  const isOutdated = (await configuredKey(call, state)) === "in its grace";
  if (isOutdated) await adviseConfiguration(call, state, "current");
}

/**
 * The state, with LaunchDarkly asked what became of a reset that may or may not have been carried out. Before a reset of
 * a key that can be read it is asked, too: after a lost answer, a key that somebody else made would pass for the new one.
 */
async function resolved(call: Call, inputs: Inputs, state: State): Promise<State> {
  const { credential, session } = call;
  const isDue = rotationReason(state, inputs, session.surroundings.clock()) !== undefined && !inputs.frozen;
  if (!standing(state).mustLook && !(credential.isReadable && isDue)) return state;
  return unchanged(async () => {
    const found = await session.client.look(credential, state.identity);
    // Another account may have a project of this name, with a key of its own.
    if (found.key !== state.key && credential.isReadable) await assertAccount(state, session);
    return stateAfterLook(call, state, found);
  });
}
