/** How a record is imported that the stack is to own, and whose key LaunchDarkly shows. The first update gives it a mark. */
import { UserError } from "../../messages/userError";
import type { ReplaceCredential } from "../../model/credential";
import type { OwnedInputs } from "../../model/ownedInputs";
import type { OwnedState } from "../../model/ownedState";
import type { Import } from "../strategy";

export function replaceImport({ fixed, initial, inputs }: ReplaceCredential): Import<OwnedState, OwnedInputs> {
  return {
    parts: [...fixed.map(({ input }) => input), initial.id],
    inputs(parts, owner) {
      // What it is called is LaunchDarkly's to say.
      const read = inputs.safeParse({ ...parts, owner, name: "imported" });
      if (read.success) return read.data;
      throw new UserError(read.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`).join("\n"));
    },
    inputsOf: ({ fixed: values, settings }) => ({
      ...values,
      ...Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null && value !== "")),
    }),
  };
}
