/** The provider of one credential's resource: Pulumi's lifecycle methods, put together. */
import type {
  CheckResult,
  ConfigureRequest,
  CreateResult,
  DiffResult,
  ReadResult,
  UpdateResult,
} from "@pulumi/pulumi/dynamic";

import { accessToken } from "../credentials/accessToken/credential";
import { UserError } from "../messages/userError";
import type { Credential } from "../model/credential";
import type { Properties } from "../model/properties";
import type { Call } from "../rotation/call";
import { readConfiguration } from "../run/configuration";
import { runIn } from "../run/run";
import type { Surroundings } from "../run/surroundings";
import { check } from "./check";
import { create } from "./create";
import { remove } from "./delete";
import { diff } from "./diff";
import { read } from "./read";
import { update } from "./update";

export interface Provider {
  readonly configure: (request: ConfigureRequest) => Promise<void>;
  readonly check: (olds: Properties, news: Properties) => Promise<CheckResult>;
  readonly diff: (id: string, olds: Properties, news: Properties) => Promise<DiffResult>;
  readonly create: (news: Properties) => Promise<CreateResult>;
  readonly read: (id: string, olds: Properties) => Promise<ReadResult>;
  readonly update: (id: string, olds: Properties, news: Properties) => Promise<UpdateResult>;
  readonly delete: (id: string, olds: Properties) => Promise<void>;
}

/** @param credential by default the one whose states refer to `pulumi-launchdarkly-rotation/provider` */
export function createProvider(surroundings: Surroundings, credential: Credential = accessToken): Provider {
  const run = runIn(surroundings);
  let config: ConfigureRequest["config"] | undefined;

  function configuration() {
    return readConfiguration({
      config: (key) => config?.get(key),
      environment: (name) => surroundings.environment(name),
    });
  }

  function call(): Call {
    const found = configuration();
    if ("problems" in found) throw new UserError(found.problems.join("\n"));
    return { credential, session: run.session(found) };
  }

  return {
    // Pulumi does not wait for it before a second resource's calls, so it only takes note.
    configure(request) {
      if (config !== undefined) run.restart();
      ({ config } = request);
      return Promise.resolve();
    },
    check(olds, news) {
      const found = configuration();
      return check(credential, run, olds, news, "problems" in found ? found.problems : [], call);
    },
    diff: (_id, olds, news) => diff(credential, run, olds, news, call),
    create: async (news) => create(call(), news),
    read: async (id, olds) => read(call(), id, olds),
    update: async (_id, olds, news) => update(call(), olds, news),
    delete: (id, olds) => remove(credential, run, id, olds),
  };
}
