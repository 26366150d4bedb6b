/** diff: decides what this run does to an owned token, and says why. */
import type { DiffResult } from "@pulumi/pulumi/dynamic";

import { lookAtToken } from "../../client/tokens";
import { dueToken } from "../../decisions/owned/dueToken";
import { retirementProblem, retirementsDue } from "../../decisions/owned/retirements";
import { settingChanges } from "../../decisions/owned/settings";
import { expiryProblem } from "../../decisions/resetExpiry";
import { announceFrozenToken, announceToken, announceWork } from "../../messages/owned/announcement";
import { ownedSubject } from "../../messages/owned/naming";
import { UserError } from "../../messages/userError";
import type { OwnedInputs } from "../../model/ownedInputs";
import type { OwnedState } from "../../model/ownedToken";
import type { Properties } from "../../model/properties";
import { foreseeOwned } from "../../rotation/owned/foresee";
import type { Run } from "../../run/run";
import type { Session } from "../../run/session";
import { readInputs } from "../inputs";
import { readOwnedState, reading } from "./state";

/**
 * @param session what LaunchDarkly is asked with, where the preview has to know more than the state
 * @param olds the outputs of the last run
 * @param news the inputs of the program
 */
export async function diff(run: Run, session: () => Session, olds: Properties, news: Properties): Promise<DiffResult> {
  const state = readOwnedState(olds);
  const inputs = readInputs(reading, news);
  // Asked of a state that has a token: what LaunchDarkly made is what it was asked for.
  if (state.token !== null && state.isServiceToken !== inputs.serviceToken) {
    return { changes: true, replaces: ["serviceToken"] };
  }
  const { clock, log } = run.surroundings;
  const now = clock();
  const reason = dueToken(state, inputs, now);
  if (reason !== undefined && !inputs.frozen) {
    await announce(run, session, { state, inputs, reason, now });
    return { changes: true };
  }
  if (reason !== undefined) {
    const { severity, message } = announceFrozenToken(state, reason);
    await log(severity, message);
  }
  const problem = retirementProblem(state, inputs.oldKeyExpiry, now);
  if (problem !== undefined) throw new UserError(`${ownedSubject(state)}: oldKeyExpiry ${problem}.`);
  const changes = state.tokenId === null || state.isGone ? [] : settingChanges(state, inputs);
  const work = announceWork(state, changes, retirementsDue(state, inputs.oldKeyExpiry, now));
  for (const { severity, message } of work) await log(severity, message);
  return { changes: work.length > 0 };
}

interface Due {
  readonly state: OwnedState;
  readonly inputs: OwnedInputs;
  readonly reason: string;
  readonly now: number;
}

/** @throws {UserError} if the rotation can't be carried out as the program asks */
async function announce(run: Run, session: () => Session, { state, inputs, reason, now }: Due): Promise<void> {
  const { oldKeyExpiry } = inputs;
  const problem = expiryProblem(oldKeyExpiry, now);
  if (problem !== undefined) {
    throw new UserError(`${ownedSubject(state)} is due for a rotation (${reason}), but oldKeyExpiry ${problem}.`);
  }
  const lastUsed = oldKeyExpiry.kind === "immediate" ? await lastUse(session, state) : state.lastUsed;
  const { severity, message } = announceToken({ state, reason, oldKeyExpiry, lastUsed, now });
  run.progress.due.add(inputs.owner);
  await run.surroundings.log(severity, message);
  if (run.isPreview) await foreseeOwned(session(), inputs, state);
}

/** When the current token was last used, where LaunchDarkly says so. */
async function lastUse(session: () => Session, { tokenId, lastUsed }: OwnedState): Promise<number | null> {
  if (tokenId === null) return null;
  try {
    const record = await lookAtToken(session().client, tokenId);
    return record?.lastUsed ?? lastUsed;
  } catch {
    // The run itself says what is wrong.
    return null;
  }
}
