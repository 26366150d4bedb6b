/** delete: leaves the credential alone, which belongs to LaunchDarkly, and which a replacement may still use. */
import { describeDeletion, leftAlone } from "../messages/droppedKey";
import { named } from "../messages/naming";
import type { Credential } from "../model/credential";
import { printable } from "../model/printable";
import type { Properties } from "../model/properties";
import { readOutputs } from "../model/stateOutputs";
import { onRow } from "../run/rows";
import type { Run } from "../run/run";
import { rowOf } from "./rows";

/** Never fails: a state that can't be read must not keep a resource from going. */
export async function remove(credential: Credential, run: Run, id: string, olds: Properties): Promise<void> {
  const state = readOutputs(credential, olds);
  const { log } = run.surroundings;
  if ("problems" in state) {
    const { severity, message } = leftAlone();
    await log(severity, named(message, `${credential.wording.noun} ${printable(id)}`));
    return;
  }
  const { severity, message } = describeDeletion(credential, state);
  await onRow(log, rowOf(credential, run.progress, state))(severity, message);
}
