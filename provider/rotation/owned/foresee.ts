/** Asks LaunchDarkly, in a preview, whether a token can be created, replaced or taken over. Read-only. */
import type { OwnedInputs } from "../../model/ownedInputs";
import type { OwnedState } from "../../model/ownedToken";
import { containsUnknown } from "../../model/unknownValue";
import type { Session } from "../../run/session";
import { isAnswered, tryOnce, warnOfRole } from "../previewQuestions";
import { permitOwnRotation } from "./selfRotation";
import { recordToTakeOver } from "./takeOver";

/**
 * @param state what the last run left; undefined for a new resource
 * @throws {UserError} if the `up` would fail
 */
export async function foreseeOwned(session: Session, inputs: OwnedInputs, state?: OwnedState): Promise<void> {
  const initial = state === undefined ? inputs.initial : undefined;
  const since = tryOnce(session);
  if (initial !== undefined) {
    if (containsUnknown(initial)) return;
    await isAnswered(session, "Can't take over", ["unauthorized", "notFound", "forbidden"], () =>
      recordToTakeOver(session, inputs, initial, since),
    );
    return;
  }
  const verdict = state === undefined ? "Can't create" : "Can't rotate";
  if (!(await isAnswered(session, verdict, ["unauthorized"], () => session.admin(since)))) return;
  if (state !== undefined) await permitOwnRotation(session, state, inputs);
  await warnOfRole(session);
}
