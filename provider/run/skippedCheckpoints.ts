/** Warns of a switch of Pulumi's with which a run that is killed loses its new keys. */
import { SKIP_CHECKPOINTS, skippedCheckpoints } from "../messages/skippedCheckpoints";
import type { Run } from "./run";

/** Once per run. */
export function warnOfSkippedCheckpoints({ host, progress: { warned } }: Run): void {
  // As Pulumi reads it. Source: sdk/go/common/util/cmdutil, IsTruthy.
  if (!/^(?:1|true)$/i.test(host.environment(SKIP_CHECKPOINTS) ?? "")) return;
  const warning = skippedCheckpoints();
  if (warned.has(warning)) return;
  warned.add(warning);
  void host.log("warning", warning);
}
