/** Adds to the error of a key that LaunchDarkly does not accept where that key comes from. */
import { LaunchDarklyError } from "../client/launchDarklyError";

/** What to do about the key that the stack authenticates with. */
export const CHECK_CONFIGURATION = "Check launchdarkly:accessToken.";

/** The same at a refresh, which Pulumi configures from the state. */
export const CHECK_SETTINGS_OF_LAST_UP =
  "A refresh uses the settings of the last pulumi up, not today's. If launchdarkly:accessToken has changed since, run pulumi up without --refresh, or pulumi refresh --run-program; if it has not, check it.";

/** The same where a resource is deleted that no program has run for, as in a destroy. */
export const CHECK_SETTINGS_OF_DESTROY =
  "Without the program, Pulumi deletes with the settings of the last pulumi up, not today's. If launchdarkly:accessToken has changed since, run pulumi up without --refresh while the program still has the resource, or pulumi destroy --run-program; if it has not, check it.";

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
