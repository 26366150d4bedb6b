/** create: the first token of a stack, or the take-over of one that exists. */
import type { CreateResult } from "@pulumi/pulumi/dynamic";

import { LaunchDarklyError } from "../../client/launchDarklyError";
import { FIRST_TOKEN } from "../../decisions/owned/dueToken";
import { newName } from "../../messages/owned/naming";
import { describeNotCreated } from "../../messages/owned/outcome";
import { UserError } from "../../messages/userError";
import { newNonce, ownerOf, urnIn } from "../../model/mark";
import type { OwnedInputs } from "../../model/ownedInputs";
import { ownedOutputs } from "../../model/ownedOutputs";
import { newOwnedState, type OwnedState } from "../../model/ownedToken";
import { type Properties, PROVIDER_PROPERTY } from "../../model/properties";
import { bringOwned } from "../../rotation/owned/bring";
import { withChangedSettings } from "../../rotation/owned/changeSettings";
import { rotateOwned } from "../../rotation/owned/rotate";
import { sweepOwner } from "../../rotation/owned/sweep";
import { takeOver } from "../../rotation/owned/takeOver";
import { goingOn } from "../../rotation/repeatedCall";
import { unchanged } from "../../rotation/unchanged";
import { sessionOnRow } from "../../run/rows";
import type { Session } from "../../run/session";
import { readInputs } from "../inputs";
import { keeping, reading } from "./state";

export async function create(run: Session, news: Properties): Promise<CreateResult> {
  const inputs = readInputs(reading, news);
  const session = sessionOnRow(run, { urn: urnIn(inputs.owner), name: newName(inputs) });
  const provider = news[PROVIDER_PROPERTY];
  const outs = await goingOn<OwnedState>(session, {
    name: inputs.owner,
    given: undefined,
    provider,
    ...keeping,
    work: (state) =>
      state === undefined ? begin(session, inputs, provider) : bringOwned(session, { inputs, state, provider }),
  });
  return { id: outs.nonce, outs: ownedOutputs(outs) };
}

async function begin(session: Session, inputs: OwnedInputs, provider: unknown): Promise<OwnedState> {
  const empty = newOwnedState(newNonce(session.surroundings.random), inputs.serviceToken);
  if (inputs.initial !== undefined) {
    const state = await takeOver(session, empty, inputs, inputs.initial);
    return withChangedSettings(session, { inputs, state, provider });
  }
  // First, because its failure says most plainly that the key is wrong.
  await unchanged(() => session.admin(), "Not created");
  const isInState = session.progress.inState.has(inputs.owner);
  await sweepOwner(session, ownerOf(inputs.owner), isInState).catch((error: unknown) => {
    throw error instanceof LaunchDarklyError ? new UserError(describeNotCreated(error.message)) : error;
  });
  return rotateOwned(session, { inputs, state: empty, provider, reason: FIRST_TOKEN, isSwept: true });
}
