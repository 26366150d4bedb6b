/** What a look-up fails with. */
import * as pulumi from "@pulumi/pulumi";

/** Pulumi shows the message of a RunError alone; of other errors the stack trace, too. */
export function failure(message: string): Error {
  return new pulumi.RunError(message);
}
