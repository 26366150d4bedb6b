/** Work that changes nothing at LaunchDarkly: when it fails, everything is as it was. */
import { LaunchDarklyError } from "../client/launchDarklyError";
import { UserError } from "../messages/userError";

/**
 * @param undone what did not come about
 * @throws {UserError} in place of what LaunchDarkly answered
 */
export async function unchanged<Result>(
  work: () => Promise<Result>,
  undone: "Not reset" | "Not taken over" | "Not replaced" | "Not created" = "Not reset",
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof LaunchDarklyError)) throw error;
    throw new UserError(`${undone}: ${error.message}`);
  }
}
