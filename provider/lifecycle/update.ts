/** update: rotates if that is due, or finishes what the last run left undone. */
import type { UpdateResult } from "@pulumi/pulumi/dynamic";

import { rotationReason } from "../decisions/rotationReason";
import { standing } from "../decisions/standing";
import { subject } from "../messages/naming";
import type { Inputs } from "../model/inputs";
import { type Properties, PROVIDER_PROPERTY } from "../model/properties";
import type { State } from "../model/state";
import { stateOutputs } from "../model/stateOutputs";
import type { Call } from "../rotation/call";
import { stateAfterLook } from "../rotation/look";
import { rotate } from "../rotation/rotate";
import { adviseConfiguration, configuredKey } from "../rotation/selfRotation";
import { unchanged } from "../rotation/unchanged";
import { verified } from "../rotation/verified";
import { readInputs } from "./inputs";
import { readState } from "./state";

/**
 * Decides anew whether a rotation is due: Pulumi also calls update after a failed run, whatever diff said.
 *
 * @param olds the outputs of the last run
 * @param news the inputs of the program
 */
export async function update(call: Call, olds: Properties, news: Properties): Promise<UpdateResult> {
  const { credential } = call;
  const inputs = readInputs(credential, news);
  const state = await resolved(call, readState(credential, olds));
  const outs = await brought(call, inputs, state, news[PROVIDER_PROPERTY]);
  return { outs: stateOutputs(credential, outs) };
}

/** The state after what is due now. */
async function brought(call: Call, inputs: Inputs, state: State, provider: unknown): Promise<State> {
  const { surroundings } = call.session;
  const reason = rotationReason(state, inputs, surroundings.clock());
  if (reason !== undefined && !inputs.frozen) return rotate(call, { inputs, state, reason, provider });
  if (state.verificationPending && inputs.allowSelfRotation) await repeatAdvice(call, state);
  const startedAt = surroundings.elapsed();
  return verified(call, state, { inputs, provider, startedAt, isAfterDoubt: false });
}

/** The run that reset the token has said it, but it failed. */
async function repeatAdvice(call: Call, state: State): Promise<void> {
  const isOutdated = (await configuredKey(call, state)) === "in its grace";
  if (isOutdated) await adviseConfiguration(call, state, "current");
}

/** The state, with LaunchDarkly asked what became of a reset that may or may not have been carried out. */
async function resolved(call: Call, state: State): Promise<State> {
  if (!standing(state).mustLook) return state;
  const { credential, session } = call;
  const look = () => session.client.look(credential, state.identity);
  return stateAfterLook(call, state, await unchanged(subject(credential.wording, state), look));
}
