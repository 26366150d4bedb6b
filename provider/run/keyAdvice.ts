/** Adds to an error of LaunchDarkly's where the settings come from that it was asked with. */
import { LaunchDarklyError, type LaunchDarklyErrorCode } from "../client/launchDarklyError";
import { SETTING } from "../model/settingNames";

/** What to do about the key that the stack authenticates with. */
export const CHECK_CONFIGURATION = `Check ${SETTING.accessToken}.`;

/** The same at a refresh, which Pulumi configures from the state. */
export const CHECK_SETTINGS_OF_LAST_UP = `A refresh uses the settings of the last pulumi up, not today's. If ${SETTING.accessToken} has changed since, run pulumi up without --refresh, or pulumi refresh --run-program; if it has not, check it.`;

/** The same where a resource is deleted that no program has run for, as in a destroy. */
export const CHECK_SETTINGS_OF_DESTROY = `Without the program, Pulumi deletes with the settings of the last pulumi up, not today's. If ${SETTING.accessToken} has changed since, run pulumi destroy --run-program for a destroy; for a resource that left the program, run pulumi up while the program still has it. If it has not, check it.`;

/** What other settings may get past. */
const REFUSALS: readonly LaunchDarklyErrorCode[] = ["unauthorized", "forbidden", "notFound", "refused", "unreachable"];

/** Whether LaunchDarkly refused, or was not found where the settings say. */
export function isRefusal({ code }: LaunchDarklyError): boolean {
  return REFUSALS.includes(code);
}

/** What an error says, with the advice if other settings may get past it. */
export function advised(error: LaunchDarklyError, advice: string): string {
  return isRefusal(error) ? `${error.message} ${advice}` : error.message;
}

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
