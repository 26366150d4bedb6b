/**
 * The account's access tokens. Loaded by the first look-up, because a program without one needs no client. It loads
 * nothing of the SDK, because the package has it in one file with the provider.
 */
import { LaunchDarklyError } from "../client/errors";
import { processHost } from "../hosts/dynamic/processHost";
import { withSettingNames } from "../model/settingNames";
import { type Configuration, readConfiguration } from "../run/configuration";
import type { Log } from "../run/host";
import { runIn } from "../run/run";
import { advise, CHECK_CONFIGURATION } from "../run/session";
import { type Tokens, tokensOf } from "./foundToken";

/** The program that asks. */
export interface Program {
  /** What stands for its run: an automation program may have many in one process. */
  readonly run: unknown;
  /** The stack's setting of a key such as `launchdarkly:accessToken`; without a namespace, the project's own. */
  readonly config: (key: string) => string | undefined;
  /** The settings of LaunchDarkly's that this package does not read. */
  readonly others: readonly string[];
  readonly log: Log;
  readonly isPreview: boolean;
}

/** The tokens, or why there are none. */
type Answer = { readonly tokens: Tokens } | { readonly problem: string };

interface Listed {
  readonly run: unknown;
  readonly configuration: string;
  readonly answer: Promise<Answer>;
}

let listed: Listed | undefined;

/** Asks once in a run, as long as the configuration stays the same. */
export async function listedTokens({ run, config, others, log, isPreview }: Program): Promise<Answer> {
  const configuration = readConfiguration({ config, others, ...processHost });
  if ("problems" in configuration) return { problem: configuration.problems.join("\n") };
  const asked = JSON.stringify(configuration);
  if (listed?.configuration !== asked || listed.run !== run) {
    listed = { run, configuration: asked, answer: list(configuration, log, isPreview) };
  }
  return listed.answer;
}

async function list(configuration: Configuration, log: Log, isPreview: boolean): Promise<Answer> {
  try {
    const { client } = runIn({ ...processHost, log }).session(configuration);
    return { tokens: await tokensOf(client, isPreview).catch(advise(CHECK_CONFIGURATION)) };
  } catch (error) {
    listed = undefined;
    if (error instanceof LaunchDarklyError) return { problem: withSettingNames(error.message, processHost.namespace) };
    throw error;
  }
}
