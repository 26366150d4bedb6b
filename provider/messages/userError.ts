/** An error whose message is all that a person needs. */

/**
 * Pulumi prints the stack trace of what a provider throws. This error has none, because the cause is a setting, a
 * value or an answer of LaunchDarkly, and not a place in the code.
 */
export class UserError extends Error {
  override readonly name = "Error";
  override stack = "";
}
