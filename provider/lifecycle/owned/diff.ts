/** diff: decides what this run does to an owned token, and says why. */
import type { DiffResult } from "@pulumi/pulumi/dynamic";

import { lookAtToken } from "../../client/tokens";
import { futureBeginning } from "../../decisions/keyAge";
import { dueToken } from "../../decisions/owned/dueToken";
import { retirementProblem, retirementsDue } from "../../decisions/owned/retirements";
import { settingChanges } from "../../decisions/owned/settings";
import { expiryProblem } from "../../decisions/resetExpiry";
import {
  announceEnd,
  announceFrozenToken,
  announceReplacedToken,
  announceRetirements,
  announceToken,
  announceWork,
  cannotEnd,
  cannotRotate,
  type KnownRetirement,
} from "../../messages/owned/announcement";
import { unknownAge } from "../../messages/clockWarning";
import { UserError } from "../../messages/userError";
import { urnIn } from "../../model/mark";
import type { OwnedInputs } from "../../model/ownedInputs";
import type { OwnedState } from "../../model/ownedToken";
import type { Properties } from "../../model/properties";
import { assertHome } from "../../rotation/home";
import { foreseeOrphans, foreseeToken } from "../../rotation/owned/foresee";
import { announces, type Run } from "../../run/run";
import type { Session } from "../../run/session";
import { readInputs } from "../inputs";
import { noteState } from "./replacement";
import { readOwnedState, reading } from "./state";
import { tell } from "./tell";

/**
 * @param session what LaunchDarkly is asked with, where the preview has to know more than the state
 * @param olds the outputs of the last run
 * @param news the inputs of the program
 */
export async function diff(run: Run, session: () => Session, olds: Properties, news: Properties): Promise<DiffResult> {
  const state = readOwnedState(olds);
  const inputs = readInputs(reading, news);
  run.progress.formerRows.set(state.nonce, urnIn(inputs.owner));
  noteState(run.progress, inputs, state);
  // A refresh calls diff as well, on other settings than the program's: it has been refused in read.
  if (state.home !== null && run.stage !== undefined) assertHome(state, session());
  // Asked of a state that has a token: what LaunchDarkly made is what it was asked for.
  if (state.token !== null && state.isServiceToken !== inputs.serviceToken) {
    await tell(run, inputs, announceReplacedToken(state, inputs.oldKeyExpiry));
    return { changes: true, replaces: ["serviceToken"] };
  }
  const now = run.surroundings.clock();
  const reason = dueToken(state, inputs, now);
  if (reason !== undefined && !inputs.frozen) {
    await announce(run, session, { state, inputs, reason, now });
    return { changes: true };
  }
  if (reason !== undefined && run.stage !== undefined) {
    const { severity, message } = announceFrozenToken(reason, announces(run));
    await run.surroundings.log(severity, message, urnIn(inputs.owner));
  }
  const future = futureBeginning(state, inputs.rotateAfter, now);
  if (future !== undefined && run.stage !== undefined) {
    await run.surroundings.log("warning", unknownAge(future), urnIn(inputs.owner));
  }
  const problem = retirementProblem(state, inputs.oldKeyExpiry, now);
  if (problem !== undefined) throw new UserError(cannotEnd(`oldKeyExpiry ${problem}`));
  const changes = state.tokenId === null || state.isGone ? [] : settingChanges(state, inputs);
  const work = announceWork(state, changes, await retirements(run, session, state, inputs, now), now);
  const end = announceEnd(state, now);
  for (const said of [...work, ...(end === undefined ? [] : [end])]) await tell(run, inputs, said);
  if (state.openMark && run.stage === "preview") await foreseeOrphans(session(), inputs, state);
  return { changes: work.length > 0 };
}

/** The ends that this run will give previous tokens. */
async function retirements(
  run: Run,
  session: () => Session,
  state: OwnedState,
  { oldKeyExpiry }: OwnedInputs,
  now: number,
): Promise<KnownRetirement[]> {
  const due = retirementsDue(state, oldKeyExpiry, now).map(async (retirement) => {
    const { id, lastUsed } = retirement.token;
    return { ...retirement, lastUsed: run.stage === "preview" ? await lastUse(session, id, lastUsed) : lastUsed };
  });
  return Promise.all(due);
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
  if (problem !== undefined) throw new UserError(cannotRotate(`oldKeyExpiry ${problem}`, reason));
  const { tokenId } = state;
  const isAsked = oldKeyExpiry.kind === "immediate" && announces(run);
  const lastUsed = isAsked && tokenId !== null ? await lastUse(session, tokenId, state.lastUsed) : state.lastUsed;
  run.progress.due.add(inputs.owner);
  await tell(run, inputs, announceToken({ state, reason, oldKeyExpiry, lastUsed, now }));
  const ends = announceRetirements(await retirements(run, session, state, inputs, now), now);
  for (const said of ends) await tell(run, inputs, said);
  if (run.stage !== "preview") return;
  await foreseeToken(session(), inputs, state);
  await foreseeOrphans(session(), inputs, state);
}

/**
 * When a token was last used, where LaunchDarkly says so.
 *
 * @param known what the state knows, as of the last refresh
 */
async function lastUse(session: () => Session, tokenId: string, known: number | null): Promise<number | null> {
  try {
    const record = await lookAtToken(session().client, tokenId);
    // Where LaunchDarkly says nothing, what was known as no use is nothing known.
    return record?.lastUsed ?? (known === 0 ? null : known);
  } catch {
    // The run itself says what is wrong.
    return null;
  }
}
