/** How a key is imported that LaunchDarkly shows: as the first `up` takes it over. */
import { UserError } from "../../messages/userError";
import type { ResetCredential } from "../../model/credential";
import type { Inputs } from "../../model/inputs";
import type { State } from "../../model/state";
import type { Import } from "../strategy";

export function resetImport({ identity, inputs }: ResetCredential): Import<State, Inputs> {
  return {
    parts: identity,
    inputs(parts) {
      const read = inputs.safeParse(parts);
      if (read.success) return read.data;
      throw new UserError(read.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`).join("\n"));
    },
    inputsOf: (state) => state.identity,
  };
}
