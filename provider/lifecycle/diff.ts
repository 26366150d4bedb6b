/** diff: decides whether this run rotates, and says why. */
import type { DiffResult } from "@pulumi/pulumi/dynamic";

import { futureBeginning } from "../decisions/keyAge";
import { type Prospect, prospect } from "../decisions/prospect";
import { expiryProblem } from "../decisions/resetExpiry";
import { rotationReason } from "../decisions/rotationReason";
import { triggerChanges } from "../decisions/triggerChanges";
import {
  type Announcement,
  announceFrozen,
  announceRotation,
  announceUnknown,
  cannotReset,
  mayFail,
} from "../messages/announcement";
import { unknownAge } from "../messages/clockWarning";
import { announceReplacement } from "../messages/droppedKey";
import { unfinishedWork } from "../messages/unfinishedWork";
import { UserError } from "../messages/userError";
import type { Credential } from "../model/credential";
import type { Inputs } from "../model/inputs";
import type { Properties } from "../model/properties";
import type { State } from "../model/state";
import { unknownInputs, UNKNOWN_VALUE } from "../model/unknownValue";
import type { Call } from "../rotation/call";
import { foresee } from "../rotation/foresee";
import { assertHome } from "../rotation/home";
import { dueName } from "../run/progress";
import { onRow } from "../run/rows";
import { announces, type Run, stageOf } from "../run/run";
import { inputsOfLastRun, readInputs } from "./inputs";
import { rowOf } from "./rows";
import { readState } from "./state";

/**
 * Reports a change only for a rotation, a replacement, or work that the last run left undone: after a change Pulumi
 * takes every output for unknown, and whatever uses the key is previewed as changed.
 *
 * In a refresh it never fails for what the inputs ask for: they are those of the last run, and no edit of the program
 * would mend it.
 *
 * @param olds the outputs of the last run
 * @param news the inputs of the program
 * @param begin gives what a call to LaunchDarkly works with
 */
export async function diff(
  credential: Credential,
  run: Run,
  olds: Properties,
  news: Properties,
  begin: () => Call,
): Promise<DiffResult> {
  const state = readState(credential, olds);
  const stage = stageOf(run, dueName(credential, state.identity));
  const inputs = stage === undefined ? inputsOfLastRun(credential, news) : readInputs(credential, news);
  if (inputs === undefined) return { changes: false };
  // One that is not known yet, in a preview, may turn out to be the same.
  const unknown = unknownInputs(news);
  const open = credential.identity.filter((name) => unknown.has(name));
  const replaces = credential.identity.filter(
    (name) => inputs.identity[name] !== state.identity[name] && inputs.identity[name] !== UNKNOWN_VALUE,
  );
  const log = onRow(run.surroundings.log, rowOf(credential, run.progress, state));
  const tell = async ({ severity, message }: Announcement) => {
    if (announces({ stage })) await log(severity, message);
  };
  if (replaces.length > 0) {
    const dropped = announceReplacement(credential, state);
    if (dropped !== undefined) await tell(dropped);
    return { changes: true, replaces };
  }
  // A refresh calls diff as well, on other settings than the program's: it has been refused in read.
  if (state.home !== null && stage !== undefined) assertHome(state, begin().session);
  const now = run.surroundings.clock();
  const due = prospect(unknown, state.triggers, inputs, (given) => rotationReason(state, given, now));
  if (open.length > 0) await tell(announceUnknown(open));
  if (due !== undefined && !inputs.frozen) {
    if (stage === undefined) return { changes: true };
    const announcement = dueRotation(credential, { state, inputs, due, now });
    run.progress.due.add(dueName(credential, state.identity));
    await tell(announcement);
    if (stage === "preview") await foresee(begin(), inputs, { state, unknown, isCertain: due.isCertain });
    return { changes: true };
  }
  if (due !== undefined && stage !== undefined) {
    const { severity, message } = announceFrozen(due.reason, announces({ stage }));
    await log(severity, message);
  }
  const future = futureBeginning(state, inputs.rotateAfter, now);
  if (future !== undefined && stage !== undefined) await log("warning", unknownAge(future));
  const unfinished = unfinishedWork(credential, state);
  if (unfinished !== undefined) await tell({ severity: "info", message: unfinished });
  return { changes: open.length > 0 || unfinished !== undefined };
}

interface Due {
  readonly state: State;
  readonly inputs: Inputs;
  readonly due: Prospect;
  readonly now: number;
}

/** @throws {UserError} if the rotation can't be carried out as the program asks */
function dueRotation({ noGrace }: Credential, { state, inputs, due, now }: Due): Announcement {
  const { reason, isCertain } = due;
  const { keyEnding, oldKeyExpiresAt } = state;
  const { oldKeyExpiry } = inputs;
  const problem = expiryProblem(oldKeyExpiry, now);
  if (problem !== undefined) {
    const message = cannotReset(`oldKeyExpiry ${problem}`, reason);
    if (isCertain) throw new UserError(message);
    return mayFail(message);
  }
  const triggers = triggerChanges(state.triggers, inputs.triggers).map(({ name }) => name);
  const previous = { oldKeyExpiresAt, triggers, now };
  return announceRotation({ reason, isCertain, keyEnding, oldKeyExpiry, noGrace, previous });
}
