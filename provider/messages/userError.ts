/** An error whose message is all that a person needs. */

/** What is printed of it on the stack's row, after the verdict. */
const ELSEWHERE = "see the error of the resource.";

/**
 * Pulumi prints the stack trace of what a provider throws. This error has none, because the cause is a setting, a
 * value or an answer of LaunchDarkly, and not a place in the code.
 *
 * Pulumi shows the message with the resource. Its process also prints `${error}: ${error.stack}` on the stack's own row, which
 * need not say all of it again: "Can't rotate (ci): see the error of the resource." So the stack trace is that pointer once
 * the error was made into a string, and empty for whatever else looks at it, such as a crash dump. Source: @pulumi/pulumi,
 * cmd/dynamic-provider.
 */
export class UserError extends Error {
  override readonly name = "Error";
  #isString = false;

  constructor(message: string) {
    super(message);
    Object.defineProperty(this, "stack", { configurable: true, get: () => (this.#isString ? ELSEWHERE : "") });
  }

  override toString(): string {
    this.#isString = true;
    return this.message.split(":", 1).join();
  }
}
