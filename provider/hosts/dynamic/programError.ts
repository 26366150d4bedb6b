/** An error of the program, whose message is all that a person needs. */
import * as pulumi from "@pulumi/pulumi";

import { printable } from "../../model/printable";

/**
 * Pulumi shows the message of a RunError alone, unless it comes from a promise or an output that is an input: then it
 * shows the stack trace, if there is one.
 */
export function programError(text: string): Error {
  const message = text
    .split("\n")
    .map((line) => printable(line))
    .join("\n");
  return Object.assign(new pulumi.RunError(message), { stack: "" });
}
