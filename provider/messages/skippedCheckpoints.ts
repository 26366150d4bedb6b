/** What a run says where Pulumi saves nothing before its end. */

export const SKIP_CHECKPOINTS = "PULUMI_SKIP_CHECKPOINTS";

export function skippedCheckpoints(): string {
  return `Keys may be lost: ${SKIP_CHECKPOINTS} is set, so Pulumi saves the state only when the run ends. A run that is killed before that loses every new key. Unset ${SKIP_CHECKPOINTS} where keys are rotated.`;
}
