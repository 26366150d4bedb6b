/** An error whose message is all that a person needs. */

/**
 * Pulumi prints the stack trace of what a provider throws. This error has none, because the cause is a setting, a
 * value or an answer of LaunchDarkly, and not a place in the code.
 */
export class UserError extends Error {
  override readonly name = "Error";
  /**
   * Pulumi shows the message with the resource. On the stack's own row its process prints `${error}: ${error.stack}` besides,
   * which need not say all of it again: "Can't rotate (ci): see the error of the resource." Source: @pulumi/pulumi,
   * cmd/dynamic-provider.
   */
  override stack = "see the error of the resource.";

  override toString(): string {
    return this.message.split(":", 1).join();
  }
}
