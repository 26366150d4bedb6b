/**
 * One `pulumi up` of the same stack by the Automation API, in which a hook asks for another try of whatever fails, for
 * ever: the language host does not pass hooks on. It takes `--replace <urn>` as `pulumi up` does.
 */
import { parseArgs } from "node:util";

import { ErrorHook } from "@pulumi/pulumi";
import { CommandError, LocalWorkspace } from "@pulumi/pulumi/automation";

import { declareResources } from "./resources";

let retries = 0;

async function main(): Promise<void> {
  const program = () => {
    const again = new ErrorHook("again", () => ++retries > 0);
    return Promise.resolve({ keys: declareResources({ onError: [again] }) });
  };
  const stack = await LocalWorkspace.selectStack(
    { stackName: "dev", projectName: "chaos", program },
    { workDir: __dirname },
  );
  // What the Automation API asks for after the run, by more commands, and nobody here.
  stack.outputs = () => Promise.resolve({});
  stack.info = () => Promise.resolve(undefined);
  const write = (text: string) => void process.stdout.write(text);
  const { values } = parseArgs({ options: { replace: { type: "string", multiple: true } } });
  await stack.up({ ...values, onOutput: write, onError: write });
}

main()
  .catch((error: unknown) => {
    process.exitCode = 1;
    // What Pulumi says of it is written already.
    if (!(error instanceof CommandError)) console.error(error);
  })
  .finally(() => {
    console.log(`hooks: asked for ${retries} more tries`);
  });
