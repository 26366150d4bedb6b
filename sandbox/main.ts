#!/usr/bin/env node
/** The command `launchdarkly-rotation-sandbox`: starts the sandbox and prints how to use it. */
import { parseArgs } from "node:util";

import { explain, findSamples } from "./samples";
import { startSandbox } from "./sandbox";

const HELP = `Starts a stand-in for LaunchDarkly's API on this machine, with one sample of each credential to rotate.

  launchdarkly-rotation-sandbox [options]
  npm run sandbox -- [options]              in a clone of pulumi-launchdarkly-rotation

  --port <number>  The port to listen on. Default: any free port.
  --file <path>    A file to keep the account in. The next start with the file goes on with its keys.
                   Default: none; the keys are new at every start.
  --help           Prints this text.
`;

async function main(): Promise<void> {
  const options = { port: { type: "string" }, file: { type: "string" }, help: { type: "boolean" } } as const;
  const { port, file, help } = parseArgs({ options }).values;
  if (help === true) {
    console.log(HELP);
    return;
  }
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) < 65_536)) {
    throw new Error(`--port must be a number below 65536, not ${port}`);
  }
  const sandbox = await startSandbox({
    ...(port !== undefined && { port: Number(port) }),
    ...(file !== undefined && { file }),
  });
  console.log(explain(sandbox, findSamples(sandbox)));
  sandbox.events.on("processed", ({ method, path, query, status }) => {
    const parameters = new URLSearchParams(query as Record<string, string>).toString();
    console.log(`${method} ${path}${parameters && `?${parameters}`} ${status ?? ""}`);
  });
  process.once("SIGINT", () => void sandbox.stop());
  process.once("SIGTERM", () => void sandbox.stop());
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  console.error("The option --help tells the options.");
  process.exitCode = 1;
});
