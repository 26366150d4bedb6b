/** Work that comes before a reset: when it fails, nothing has changed. */
import { LaunchDarklyError } from "../client/launchDarklyError";
import { UserError } from "./userError";

/**
 * @param name how messages name the token
 * @throws {UserError} in place of what LaunchDarkly answered, saying that the token was not reset
 */
export async function unchanged<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof LaunchDarklyError)) throw error;
    throw new UserError(`Access token ${name} was not reset: ${error.message}`);
  }
}
