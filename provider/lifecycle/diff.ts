/** diff: decides whether this run rotates, and says why. */
import type { DiffResult } from "@pulumi/pulumi/dynamic";

import { announceRotation } from "../messages/announcement";
import { expiryProblem } from "../decisions/resetExpiry";
import { rotationReason } from "../decisions/rotationReason";
import { triggerChanges } from "../decisions/triggerChanges";
import type { Properties } from "../model/properties";
import type { State } from "../model/state";
import { readState } from "./state";
import { readInputs } from "./inputs";
import type { Progress } from "../run/progress";
import type { Surroundings } from "../run/surroundings";
import { tokenName } from "../messages/tokenName";
import { UserError } from "../messages/userError";

/**
 * Reports a change only for a rotation, a replacement, or work that the last run left undone: after a change Pulumi
 * takes every output for unknown, and whatever uses the key is previewed as changed.
 *
 * @param olds the outputs of the last run
 * @param news the inputs of the program
 */
export async function diff(
  olds: Properties,
  news: Properties,
  { clock, log }: Pick<Surroundings, "clock" | "log">,
  { due }: Progress,
): Promise<DiffResult> {
  const state = readState(olds);
  const inputs = readInputs(news);
  if (inputs.tokenId !== state.tokenId) return { changes: true, replaces: ["tokenId"] };

  const name = tokenName(state.tokenId, state.name);
  const now = clock();
  const reason = rotationReason(state, inputs, now);
  if (reason === undefined) {
    const unfinished = unfinishedWork(state);
    if (unfinished !== undefined) await log("info", `Access token ${name}: ${unfinished}.`);
    return { changes: unfinished !== undefined };
  }
  const problem = expiryProblem(inputs.oldKeyExpiry, now);
  if (problem !== undefined) {
    throw new UserError(`Access token ${name} is due for a reset (${reason}), but oldKeyExpiry ${problem}.`);
  }
  const { severity, message } = announceRotation({
    token: name,
    reason,
    lastFour: state.tokenLastFour,
    oldKeyExpiry: inputs.oldKeyExpiry,
    previous: {
      lastRotatedAt: state.lastRotatedAt,
      oldKeyExpiresAt: state.oldKeyExpiresAt,
      triggers: triggerChanges(state.triggers, inputs.triggers).map(({ name: trigger }) => trigger),
      now,
    },
  });
  due.add(state.tokenId);
  await log(severity, message);
  return { changes: true };
}

function unfinishedWork(state: State): string | undefined {
  if (state.lostReset !== null) {
    return "the answer to the last reset was lost; this run asks LaunchDarkly whether it was carried out, and resets the token again if it was";
  }
  if (state.verificationPending) return "the new key of the last reset will be verified, without another reset";
  return state.lateResetPossible
    ? "an attempt of the last reset was not answered; this run looks whether it was carried out late, and resets the token again if it was"
    : undefined;
}
