/** delete: leaves the credential alone, which belongs to LaunchDarkly, and which a replacement may still use. */
import { describeDeletion } from "../messages/droppedKey";
import { subject } from "../messages/naming";
import type { Credential } from "../model/credential";
import type { Properties } from "../model/properties";
import { readOutputs } from "../model/stateOutputs";
import type { Run } from "../run/run";

/** Never fails: a state that can't be read must not keep a resource from going. */
export async function remove(credential: Credential, run: Run, id: string, olds: Properties): Promise<void> {
  const state = readOutputs(credential, olds);
  const { severity, message } =
    "problems" in state
      ? { severity: "info" as const, message: `${subject(credential.wording, id)} is left as it is at LaunchDarkly.` }
      : describeDeletion(credential, state);
  await run.surroundings.log(severity, message);
}
