/** create: the first token of a stack, or the take-over of one that exists. */
import type { CreateResult } from "@pulumi/pulumi/dynamic";

import { listAccessTokens } from "../../client/accessTokenList";
import { LaunchDarklyError } from "../../client/launchDarklyError";
import { FIRST_TOKEN } from "../../decisions/owned/dueToken";
import { namesakes, withPreviousTokens } from "../../decisions/owned/orphans";
import { newName } from "../../messages/owned/naming";
import { describeNamesakes, describeNotCreated } from "../../messages/owned/outcome";
import { UserError } from "../../messages/userError";
import type { TokenRecord } from "../../model/accessToken";
import { markIn, newNonce, ownerOf, urnIn } from "../../model/mark";
import type { OwnedInputs } from "../../model/ownedInputs";
import { ownedOutputs } from "../../model/ownedOutputs";
import { newOwnedState, type OwnedState } from "../../model/ownedToken";
import { type Properties, PROVIDER_PROPERTY } from "../../model/properties";
import { bringOwned } from "../../rotation/owned/bring";
import { withChangedSettings } from "../../rotation/owned/changeSettings";
import { giveMark } from "../../rotation/owned/handOn";
import { rotateOwned } from "../../rotation/owned/rotate";
import { takeOver } from "../../rotation/owned/takeOver";
import { goingOn } from "../../rotation/repeatedCall";
import { unchanged } from "../../rotation/unchanged";
import { uninterrupted } from "../../run/interrupts";
import { sessionOnRow } from "../../run/rows";
import type { Session } from "../../run/session";
import { readInputs } from "../inputs";
import { noteState } from "./replacement";
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
  noteState(session.progress, inputs, outs, true);
  return { id: outs.nonce, outs: ownedOutputs(outs) };
}

async function begin(session: Session, inputs: OwnedInputs, provider: unknown): Promise<OwnedState> {
  const empty = newOwnedState(newNonce(session.surroundings.random), inputs.serviceToken);
  if (inputs.initial !== undefined) {
    const state = await takeOver(session, empty, inputs, inputs.initial);
    noteState(session.progress, inputs, state, true);
    return withChangedSettings(session, { inputs, state, provider });
  }
  // First, because its failure says most plainly that the key is wrong.
  await unchanged(() => session.admin(), "Not created");
  const tokens = await listAccessTokens(session.client).catch((error: unknown) => {
    throw error instanceof LaunchDarklyError ? new UserError(describeNotCreated(error.message)) : error;
  });
  const { named, inherited } = predecessors(session, inputs, tokens);
  if (named.length > 0) await session.surroundings.log("warning", describeNamesakes(named));
  const collected = { state: empty, tokens, nextNumber: 1 };
  const state = await rotateOwned(session, { inputs, state: empty, provider, reason: FIRST_TOKEN, collected });
  // An interrupt must not come between the new key and the moment Pulumi has it.
  const owned = await uninterrupted(() => withInherited(session, state, inputs, inherited));
  // What is replaced is deleted later: the next run has it among the previous tokens.
  return named.length === 0 ? owned : { ...owned, openMark: true };
}

/** The tokens of resources of that name: those that were handed on already, and those that are not known to be. */
function predecessors({ progress }: Session, { owner }: OwnedInputs, tokens: readonly TokenRecord[]) {
  const replaced = progress.owners.get(owner)?.replaced ?? new Set<string>();
  const inherited = tokens.filter(({ description }) => replaced.has(markIn(description)?.nonce ?? ""));
  return { inherited, named: namesakes(ownerOf(owner), replaced, tokens) };
}

/** Owns what a resource has left that was deleted before this one was made. Never fails: the new key is not saved yet. */
async function withInherited(
  session: Session,
  state: OwnedState,
  inputs: OwnedInputs,
  inherited: readonly TokenRecord[],
): Promise<OwnedState> {
  const mark = { owner: ownerOf(inputs.owner), nonce: state.nonce, number: 0 };
  try {
    for (const record of inherited) await giveMark(session, record, mark);
  } catch {
    // They have their end, and are named by then.
    await session.surroundings.log("warning", describeNamesakes(inherited));
    return state;
  }
  return withPreviousTokens(state, inherited, inputs.oldKeyExpiry);
}
