/** A program in the test's own process, as users test theirs: with Pulumi's mocks in place of the engine. */
import * as pulumi from "@pulumi/pulumi";

export type Answers = (token: string, inputs: object) => object;

/**
 * Begins a run: what runs before it have left is not seen any more.
 *
 * @param answers what functions that the program calls are answered; by default their inputs
 */
export async function beginMockedRun(answers: Answers = (_token, inputs) => inputs): Promise<void> {
  await pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => ({ id: name, state: inputs as object }),
    call: ({ token, inputs }) => answers(token, inputs as object),
  });
}

/** Ends it, so that the next test file of the process finds no mocks. */
export function endMockedRun(): void {
  pulumi.runtime.resetOptions("project", "stack", -1, "", "", false, "");
}
