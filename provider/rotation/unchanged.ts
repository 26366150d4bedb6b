/** Work that changes nothing at LaunchDarkly: when it fails, everything is as it was. */
import { LaunchDarklyError } from "../client/launchDarklyError";
import { UserError } from "../messages/userError";

/**
 * @param subject the beginning of the sentence that says so, with the credential's name
 * @param undone what did not come about
 * @throws {UserError} in place of what LaunchDarkly answered
 */
export async function unchanged<Result>(
  subject: string,
  work: () => Promise<Result>,
  undone: "was not reset" | "was not taken over" | "was not replaced" | "was not created" = "was not reset",
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof LaunchDarklyError)) throw error;
    throw new UserError(`${subject} ${undone}: ${error.message}`);
  }
}
