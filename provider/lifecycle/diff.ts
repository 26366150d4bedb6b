/** diff: decides whether this run rotates, and says why. */
import type { DiffResult } from "@pulumi/pulumi/dynamic";

import { expiryProblem } from "../decisions/resetExpiry";
import { rotationReason } from "../decisions/rotationReason";
import { triggerChanges } from "../decisions/triggerChanges";
import { announceFrozen, announceRotation } from "../messages/announcement";
import { announceReplacement } from "../messages/droppedKey";
import { nameOf, subject } from "../messages/naming";
import { unfinishedWork } from "../messages/unfinishedWork";
import { UserError } from "../messages/userError";
import type { Credential } from "../model/credential";
import type { Inputs } from "../model/inputs";
import type { Properties } from "../model/properties";
import type { State } from "../model/state";
import { containsUnknown, UNKNOWN_VALUE } from "../model/unknownValue";
import type { Call } from "../rotation/call";
import { foresee } from "../rotation/foresee";
import { dueName } from "../run/progress";
import type { Run } from "../run/run";
import { readInputs } from "./inputs";
import { readState } from "./state";

/**
 * Reports a change only for a rotation, a replacement, or work that the last run left undone: after a change Pulumi
 * takes every output for unknown, and whatever uses the key is previewed as changed.
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
  const inputs = readInputs(credential, news);
  // One that is not known yet, in a preview, may turn out to be the same.
  const isUnknown = containsUnknown(inputs.identity);
  const replaces = credential.identity.filter(
    (name) => inputs.identity[name] !== state.identity[name] && inputs.identity[name] !== UNKNOWN_VALUE,
  );
  const { clock, log } = run.surroundings;
  if (replaces.length > 0) {
    const dropped = announceReplacement(credential, state);
    if (dropped !== undefined) await log(dropped.severity, dropped.message);
    return { changes: true, replaces };
  }
  const now = clock();
  const reason = rotationReason(state, inputs, now);
  if (reason !== undefined && !inputs.frozen) {
    await announce(credential, run, { state, inputs, reason, now });
    if (run.isPreview) await foresee(begin(), inputs, state);
    return { changes: true };
  }
  if (reason !== undefined) {
    const { severity, message } = announceFrozen(credential.wording, nameOf(state), reason);
    await log(severity, message);
  }
  const unfinished = unfinishedWork(credential, state);
  if (unfinished !== undefined) await log("info", `${subject(credential.wording, state)}: ${unfinished}.`);
  return { changes: isUnknown || unfinished !== undefined };
}

interface Due {
  readonly state: State;
  readonly inputs: Inputs;
  readonly reason: string;
  readonly now: number;
}

/** @throws {UserError} if the rotation can't be carried out as the program asks */
async function announce(credential: Credential, run: Run, { state, inputs, reason, now }: Due): Promise<void> {
  const { wording, noGrace } = credential;
  const problem = expiryProblem(inputs.oldKeyExpiry, now);
  if (problem !== undefined) {
    throw new UserError(`${subject(wording, state)} is due for a reset (${reason}), but oldKeyExpiry ${problem}.`);
  }
  const { severity, message } = announceRotation({
    wording,
    name: nameOf(state),
    reason,
    keyEnding: state.keyEnding,
    oldKeyExpiry: inputs.oldKeyExpiry,
    noGrace,
    previous: {
      lastRotatedAt: state.lastRotatedAt,
      oldKeyExpiresAt: state.oldKeyExpiresAt,
      triggers: triggerChanges(state.triggers, inputs.triggers).map(({ name: trigger }) => trigger),
      now,
    },
  });
  run.progress.due.add(dueName(credential, state.identity));
  await run.surroundings.log(severity, message);
}
