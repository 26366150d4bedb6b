/** `npm run try-it`: tries LaunchDarkly itself with throw-away tokens, and says what its description leaves open. */
import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";

import { CONNECT_TIMEOUT_MS } from "../../provider/client/limits";
import { proxyFor } from "../../provider/client/proxy";
import { createTransport } from "../../provider/client/transport";
import { readConfiguration } from "../../provider/run/configuration";
import { userAgent } from "../../provider/run/session";
import { openAccount } from "./account";
import { askHidden, openTerminal } from "./terminal";
import { tryIt } from "./tryIt";

const HELP = `Tries LaunchDarkly itself: creates throw-away tokens, resets them, lets them expire, and deletes them.
Asks before each step that writes. Prints what LaunchDarkly answered, without keys, as a table for an issue.
Takes about six minutes. No token and no key but the throw-away ones is changed.

  npm run try-it -- [options]

  --host <url>                   LaunchDarkly's host. Default: LAUNCHDARKLY_API_HOST, or https://app.launchdarkly.com.
  --environment <project>/<env>  An environment to read, and to try several keys in if you agree. Default: none.
  --yes                          Agrees to every step.
  --help                         Prints this text.

The key comes from LAUNCHDARKLY_ACCESS_TOKEN, or is asked for and not shown. It needs the Admin role, or the actions
createAccessToken, resetAccessToken, updateAccessTokenExpiry and deleteAccessToken for service-token/*. What roles allow,
and several keys, take the Admin role.
`;

async function main(): Promise<void> {
  const { host, environment, yes, help } = parseArgs({
    options: {
      host: { type: "string" },
      environment: { type: "string" },
      yes: { type: "boolean", default: false },
      help: { type: "boolean" },
    },
  }).values;
  if (help === true) {
    console.log(HELP);
    return;
  }
  const interrupt = new AbortController();
  const stop = () => {
    interrupt.abort(new Error("interrupted"));
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
  const streams = { input: process.stdin, output: process.stdout, interrupted: interrupt.signal };

  const given = process.env["LAUNCHDARKLY_ACCESS_TOKEN"]?.trim();
  const key = given || (process.stdin.isTTY ? await askHidden("Key (not shown): ", streams, stop) : "");
  const configuration = readConfiguration({
    namespace: "launchdarkly",
    config: (name) => (name === "launchdarkly:apiHost" ? host : name === "launchdarkly:accessToken" ? key : undefined),
    environment: (name) => process.env[name],
  });
  if ("problems" in configuration) throw new Error(configuration.problems.join("\n"));

  const { apiHost, accessToken, responseTimeoutMs } = configuration;
  const account = openAccount({
    transport: createTransport({
      host: apiHost,
      userAgent: `${userAgent} try-it`,
      proxy: proxyFor(new URL(apiHost), (name) => process.env[name]),
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
      responseTimeoutMs,
    }),
    key: accessToken,
    name: `try-it ${randomBytes(6).toString("hex")}`,
    clock: Date.now,
    wait: (milliseconds) => wait(milliseconds),
    interrupted: interrupt.signal,
  });
  const terminal = openTerminal({ ...streams, yes });
  console.log(`Trying ${apiHost} with tokens named "${account.name}".`);
  const isDone = await tryIt({
    account,
    agree: terminal.agree,
    print: console.log,
    environment,
    wait: (milliseconds) =>
      wait(milliseconds, undefined, { signal: interrupt.signal }).catch(() => {
        interrupt.signal.throwIfAborted();
      }),
  });
  terminal.close();
  process.exitCode = interrupt.signal.aborted ? 130 : isDone ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
