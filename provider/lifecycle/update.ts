/** update: rotates if that is due, or finishes what the last run left undone. */
import type { UpdateResult } from "@pulumi/pulumi/dynamic";

import { refreshedState } from "../decisions/nextState";
import { rotationReason } from "../decisions/rotationReason";
import type { State } from "../model/state";
import { readState } from "./state";
import { type Properties, PROVIDER_PROPERTY } from "../model/properties";
import { readInputs } from "./inputs";
import { rotate } from "../rotation/rotate";
import { adviseConfiguration, configuredKey } from "../rotation/selfRotation";
import type { Session } from "../run/session";
import { tokenName } from "../messages/tokenName";
import { unchanged } from "../rotation/unchanged";
import { verified } from "../rotation/verified";

/**
 * Decides anew whether a rotation is due: Pulumi also calls update after a failed run, whatever diff said.
 *
 * @param olds the outputs of the last run
 * @param news the inputs of the program
 */
export async function update(olds: Properties, news: Properties, session: Session): Promise<UpdateResult> {
  const inputs = readInputs(news);
  const state = await resolved(readState(olds), session);
  const provider = news[PROVIDER_PROPERTY];
  const reason = rotationReason(state, inputs, session.surroundings.clock());
  if (reason !== undefined) return { outs: await rotate(session, { inputs, state, reason, provider }) };
  if (state.verificationPending && inputs.allowSelfRotation) await repeatAdvice(session, state);
  const startedAt = session.surroundings.elapsed();
  return { outs: await verified(session, state, { inputs, provider, startedAt, isAfterDoubt: false }) };
}

/** The run that reset the token has said it, but it failed. */
async function repeatAdvice(session: Session, state: State): Promise<void> {
  const isOutdated = (await configuredKey(session, state)) === "in its grace";
  if (isOutdated) await adviseConfiguration(session, state, "current");
}

/** The state, with LaunchDarkly asked what became of a reset that may or may not have been carried out. */
async function resolved(state: State, { client }: Session): Promise<State> {
  const isInDoubt = state.lostReset !== null && !state.lostReset.processed;
  if (!isInDoubt && !state.lateResetPossible) return state;
  const found = await unchanged(tokenName(state.tokenId, state.name), () => client.getAccessToken(state.tokenId));
  return refreshedState(state, found);
}
