/** Work that changes nothing at LaunchDarkly: when it fails, everything is as it was. */
import { LaunchDarklyError } from "../client/launchDarklyError";
import { UserError } from "../messages/userError";

/**
 * @param name how messages name the token
 * @param undone what did not come about
 * @throws {UserError} in place of what LaunchDarkly answered, saying so
 */
export async function unchanged<Result>(
  name: string,
  work: () => Promise<Result>,
  undone: "was not reset" | "was not taken over" = "was not reset",
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof LaunchDarklyError)) throw error;
    throw new UserError(`Access token ${name} ${undone}: ${error.message}`);
  }
}
