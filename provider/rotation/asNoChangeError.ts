/** Says of a failure that everything is as it was before. */
import { LaunchDarklyError } from "../client/launchDarklyError";
import { UserError } from "../messages/userError";

/**
 * @param work changes nothing at LaunchDarkly
 * @param undone what did not come about
 * @throws {UserError} in place of what LaunchDarkly answered
 */
export async function asNoChangeError<Result>(
  work: () => Promise<Result>,
  undone: "Not reset" | "Not taken over" | "Not rotated" | "Not created",
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof LaunchDarklyError)) throw error;
    throw new UserError(`${undone}: ${error.message}`);
  }
}
