/** Adds to the error of a key that LaunchDarkly does not accept where that key comes from. */
import { LaunchDarklyError } from "../client/launchDarklyError";

/** What to do about the key that the stack authenticates with. */
export const CHECK_CONFIGURATION = "Check launchdarkly:accessToken.";

/**
 * @returns a handler of a rejection
 * @throws {LaunchDarklyError} with the advice, if the key was refused; any other error as it is
 */
export function advise(advice: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof LaunchDarklyError) || error.code !== "unauthorized") throw error;
    throw new LaunchDarklyError(error.code, `${error.message} ${advice}`, error.status);
  };
}
