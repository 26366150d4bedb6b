/** diff: decides what this run does to an owned token, and says why. */
import type { DiffResult } from "@pulumi/pulumi/dynamic";

import { futureBeginning } from "../../decisions/keyAge";
import { dueToken } from "../../decisions/owned/dueToken";
import { hasEnded, retirementProblem, retirementsDue } from "../../decisions/owned/retirements";
import { SETTINGS, settingChanges, withoutUnknown } from "../../decisions/owned/settings";
import { type Prospect, prospect } from "../../decisions/prospect";
import { expiryProblem } from "../../decisions/resetExpiry";
import { announceUnknown, mayFail } from "../../messages/announcement";
import {
  announceEnd,
  announceFrozenToken,
  announcePossibleWork,
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
import { unknownInputs } from "../../model/unknownValue";
import { assertHome } from "../../rotation/home";
import { foreseeLastUse, foreseeOrphans, foreseeToken } from "../../rotation/owned/foresee";
import { announces, type Run, stageOf } from "../../run/run";
import type { Session } from "../../run/session";
import { inputsOfLastRun, readInputs } from "../inputs";
import { noteState } from "./replacement";
import { readOwnedState, reading } from "./state";
import { tell } from "./tell";

/**
 * In a refresh it never fails for what the inputs ask for: they are those of the last run, and no edit of the program
 * would mend it.
 *
 * @param session what LaunchDarkly is asked with, where the preview has to know more than the state
 * @param olds the outputs of the last run
 * @param news the inputs of the program
 */
export async function diff(
  wholeRun: Run,
  session: () => Session,
  olds: Properties,
  news: Properties,
): Promise<DiffResult> {
  const state = readOwnedState(olds);
  const stage = stageOf(wholeRun, String(news["owner"]));
  const inputs = stage === undefined ? inputsOfLastRun(reading, news) : readInputs(reading, news);
  if (inputs === undefined) return { changes: false };
  const run = { ...wholeRun, stage };
  run.progress.formerRows.set(state.nonce, urnIn(inputs.owner));
  noteState(run.progress, inputs, state);
  // A refresh calls diff as well, on other settings than the program's: it has been refused in read.
  if (state.home !== null && stage !== undefined) assertHome(state, session());
  // Asked of a state that has a token: what LaunchDarkly made is what it was asked for.
  const unknown = unknownInputs(news);
  const mayBeReplaced = state.token !== null && unknown.has("serviceToken");
  if (mayBeReplaced) await tell(run, inputs, announceUnknown(["serviceToken"]));
  else if (state.token !== null && state.isServiceToken !== inputs.serviceToken) {
    await tell(run, inputs, announceReplacedToken(state, inputs.oldKeyExpiry));
    return { changes: true, replaces: ["serviceToken"] };
  }
  const now = run.surroundings.clock();
  const due = prospect(unknown, state.triggers, inputs, (given) => dueToken(state, given, now));
  if (due !== undefined && !inputs.frozen) {
    if (stage === undefined) return { changes: true };
    await announce(run, session, { state, inputs, unknown, due, now });
    return { changes: true };
  }
  if (due !== undefined && stage !== undefined) {
    const { severity, message } = announceFrozenToken(due.reason, announces(run));
    await run.surroundings.log(severity, message, urnIn(inputs.owner));
  }
  const future = futureBeginning(state, inputs.rotateAfter, now);
  if (future !== undefined && stage !== undefined) {
    await run.surroundings.log("warning", unknownAge(future), urnIn(inputs.owner));
  }
  const problem = retirementProblem(state, inputs.oldKeyExpiry, now);
  if (problem !== undefined && stage !== undefined) throw new UserError(cannotEnd(`oldKeyExpiry ${problem}`));
  const changes = state.tokenId === null || state.isGone ? [] : settingChanges(state, withoutUnknown(inputs, unknown));
  const work = [
    ...announceWork(state, changes, await retirements(run, session, state, inputs, now), now),
    ...announcePossibleWork(
      SETTINGS.filter((setting) => unknown.has(setting)),
      unknown.has("oldKeyExpiry") ? state.previous.filter((token) => !hasEnded(token, now)) : [],
    ),
  ];
  const end = announceEnd(state, now);
  for (const said of [...work, ...(end === undefined ? [] : [end])]) await tell(run, inputs, said);
  if (state.openMark && stage === "preview") await foreseeOrphans(session(), inputs, state);
  return { changes: mayBeReplaced || work.length > 0 };
}

/** The ends that this run will give previous tokens. */
async function retirements(
  { stage }: Run,
  session: () => Session,
  state: OwnedState,
  { oldKeyExpiry }: OwnedInputs,
  now: number,
): Promise<KnownRetirement[]> {
  const due = retirementsDue(state, oldKeyExpiry, now).map(async (retirement) => {
    const { id, lastUsed } = retirement.token;
    return { ...retirement, lastUsed: stage === "preview" ? await foreseeLastUse(session(), id, lastUsed) : lastUsed };
  });
  return Promise.all(due);
}

interface Due {
  readonly state: OwnedState;
  readonly inputs: OwnedInputs;
  readonly unknown: ReadonlySet<string>;
  readonly due: Prospect;
  readonly now: number;
}

/** @throws {UserError} if the rotation can't be carried out as the program asks */
async function announce(run: Run, session: () => Session, given: Due): Promise<void> {
  const { state, inputs, unknown, due, now } = given;
  const { reason, isCertain } = due;
  const { oldKeyExpiry } = inputs;
  const problem = expiryProblem(oldKeyExpiry, now);
  if (problem !== undefined) {
    const message = cannotRotate(`oldKeyExpiry ${problem}`, reason);
    if (isCertain) throw new UserError(message);
    await tell(run, inputs, mayFail(message));
    return;
  }
  const { tokenId } = state;
  const isAsked = oldKeyExpiry.kind === "immediate" && announces(run);
  const lastUsed =
    isAsked && tokenId !== null ? await foreseeLastUse(session(), tokenId, state.lastUsed) : state.lastUsed;
  run.progress.due.add(inputs.owner);
  await tell(run, inputs, announceToken({ state, reason, isCertain, oldKeyExpiry, lastUsed, now }));
  const ends = announceRetirements(await retirements(run, session, state, inputs, now), now);
  for (const said of ends) await tell(run, inputs, said);
  if (run.stage !== "preview") return;
  await foreseeToken(session(), inputs, { state, unknown, isCertain });
  await foreseeOrphans(session(), inputs, state);
}
