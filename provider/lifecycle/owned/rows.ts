/** Finds the row of an owned token where the inputs of the program, and with them the URN, are not at hand. */
import { ownedName } from "../../messages/owned/naming";
import type { OwnedState } from "../../model/ownedToken";
import type { Progress } from "../../run/progress";
import type { Row } from "../../run/rows";

/** Diff has noted the URN if the program runs. */
export function ownedRow({ formerRows }: Progress, state: OwnedState): Row {
  return { urn: formerRows.get(state.nonce), name: ownedName(state) };
}
