/** The account's access tokens. Loaded by the first look-up, because a program without one needs no client. */
import * as pulumi from "@pulumi/pulumi";

import { listAccessTokens } from "../client/accessTokenList";
import { LaunchDarklyError } from "../client/launchDarklyError";
import { processSurroundings } from "../lifecycle/surroundings";
import type { TokenRecord } from "../model/accessToken";
import { type Configuration, readConfiguration } from "../run/configuration";
import { advise, CHECK_CONFIGURATION } from "../run/keyAdvice";
import { runIn } from "../run/run";
import { failure } from "./failure";

interface Listed {
  /** What stands for a run: an automation program may have many in one process. */
  readonly monitor: unknown;
  readonly configuration: string;
  readonly tokens: Promise<TokenRecord[]>;
}

let listed: Listed | undefined;

/** The account's tokens, asked for once in a run as long as the configuration stays the same. */
export function listedTokens(): Promise<TokenRecord[]> {
  const config = new pulumi.Config("launchdarkly");
  const configuration = readConfiguration({
    config: (key) => config.get(key.replace(/^launchdarkly:/, "")),
    environment: processSurroundings.environment,
  });
  if ("problems" in configuration) return Promise.reject(failure(configuration.problems.join("\n")));
  const monitor = pulumi.runtime.getMonitor();
  const asked = JSON.stringify(configuration);
  if (listed?.configuration !== asked || listed.monitor !== monitor) {
    listed = { monitor, configuration: asked, tokens: list(configuration) };
  }
  return listed.tokens;
}

async function list(configuration: Configuration): Promise<TokenRecord[]> {
  const log = (severity: "info" | "warning", message: string) =>
    severity === "warning" ? pulumi.log.warn(message) : pulumi.log.info(message);
  const { client } = runIn({ ...processSurroundings, log }).session(configuration);
  return listAccessTokens(client)
    .catch((error: unknown) => {
      listed = undefined;
      return advise(CHECK_CONFIGURATION)(error);
    })
    .catch((error: unknown) => {
      throw error instanceof LaunchDarklyError ? failure(error.message) : error;
    });
}
