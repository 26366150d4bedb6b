/** What a preview says of work that the last run left undone, where no rotation is due. */
import { standing } from "../decisions/standing";
import type { Credential } from "../model/credential";
import type { State } from "../model/state";

/** The end of a sentence; undefined if nothing is left to do. */
export function unfinishedWork({ wording: { it }, isReadable }: Credential, state: State): string | undefined {
  const stands = standing(state);
  const heal = isReadable ? "takes its key over if it was" : `resets ${it} again if it was`;
  switch (stands.kind) {
    case "in doubt":
      return `the answer to the last reset was lost; this run asks LaunchDarkly whether it was carried out, and ${heal}`;
    case "unproven":
      return "the new key of the last reset will be verified, without another reset";
    case "perhaps late":
      return `an attempt of the last reset was not answered; this run looks whether it was carried out late, and ${heal}`;
    default:
      return undefined;
  }
}
