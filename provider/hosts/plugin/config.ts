/** CheckConfig, DiffConfig and Configure: the settings, before any resource. */
import { isDeepStrictEqual } from "node:util";

import {
  CheckFailure,
  type CheckRequest,
  CheckResponse,
  type ConfigureRequest,
  ConfigureResponse,
  type DiffRequest,
  DiffResponse,
} from "@pulumi/pulumi/proto/provider_pb";

import type { PluginRun } from "./pluginRun";
import { settingProblems } from "./settings";
import { fromWire, toWire } from "./wire";

const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;

/** The admin key is a secret in the state, whatever the program says of it. */
const SECRET_SETTINGS = new Set(["accessToken"]);

export function checkConfig({ run }: PluginRun, request: CheckRequest): CheckResponse {
  const { values, secrets } = fromWire(request.getNews());
  const failures = settingProblems(values, run.host.environment).map((reason) => new CheckFailure().setReason(reason));
  return new CheckResponse()
    .setInputs(toWire(values, new Set([...secrets, ...SECRET_SETTINGS])))
    .setFailuresList(failures);
}

/** Other settings never replace a provider: that would replace all its resources. */
export function diffConfig(request: DiffRequest): DiffResponse {
  const [olds, news] = [
    fromWire(request.getOldInputs() ?? request.getOlds()).values,
    fromWire(request.getNews()).values,
  ];
  return new DiffResponse().setChanges(isDeepStrictEqual(olds, news) ? DIFF_NONE : DIFF_SOME);
}

export function configure(run: PluginRun, request: ConfigureRequest): ConfigureResponse {
  run.begin(fromWire(request.getArgs()).values);
  return new ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true);
}
