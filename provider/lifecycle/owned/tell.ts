/** Says in a preview, on the resource's own row, what a run will do to an owned token. */
import type { Announcement } from "../../messages/announcement";
import { urnIn } from "../../model/mark";
import type { OwnedInputs } from "../../model/ownedInputs";
import { announces, type Run } from "../../run/run";

/** @param inputs the URN is among them */
export async function tell(
  run: Run,
  { owner }: Pick<OwnedInputs, "owner">,
  { severity, message }: Announcement,
): Promise<void> {
  if (announces(run)) await run.surroundings.log(severity, message, urnIn(owner));
}
