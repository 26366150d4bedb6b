/** Reads the state that Pulumi kept. */
import { type State, stateSchema } from "../model/state";
import type { Properties } from "../model/properties";
import { UserError } from "../messages/userError";

/**
 * @param olds the outputs of the last run, also those of an older release
 * @throws {UserError} if they are no state of this resource
 */
export function readState(olds: Properties): State {
  const parsed = stateSchema.safeParse(olds);
  if (parsed.success) return parsed.data;
  const properties = [...new Set(parsed.error.issues.map(({ path }) => path.map(String).join(".")))].join(", ");
  throw new UserError(
    `The state of an AccessTokenRotation can't be read: ${properties} is not what any release has written. Restore the stack from a checkpoint (pulumi stack export --version …), or remove the resource from the state (pulumi state delete) and let pulumi up reset the token anew.`,
  );
}
