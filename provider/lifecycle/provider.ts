/** The provider: Pulumi's lifecycle methods, put together. */
import type {
  CheckResult,
  ConfigureRequest,
  CreateResult,
  DiffResult,
  ReadResult,
  UpdateResult,
} from "@pulumi/pulumi/dynamic";

import { check } from "./check";
import { readConfiguration } from "../run/configuration";
import { create } from "./create";
import { diff } from "./diff";
import type { Properties } from "../model/properties";
import { createProgress } from "../run/progress";
import { read } from "./read";
import { createSession, type Session } from "../run/session";
import type { Surroundings } from "../run/surroundings";
import { update } from "./update";
import { UserError } from "../messages/userError";

export interface Provider {
  readonly configure: (request: ConfigureRequest) => Promise<void>;
  readonly check: (olds: Properties, news: Properties) => Promise<CheckResult>;
  readonly diff: (id: string, olds: Properties, news: Properties) => Promise<DiffResult>;
  readonly create: (news: Properties) => Promise<CreateResult>;
  readonly read: (id: string, olds: Properties) => Promise<ReadResult>;
  readonly update: (id: string, olds: Properties, news: Properties) => Promise<UpdateResult>;
  readonly delete: (id: string, olds: Properties) => Promise<void>;
}

export function createProvider(surroundings: Surroundings): Provider {
  let config: ConfigureRequest["config"] | undefined;
  let session: Session | undefined;
  const progress = createProgress();

  function configuration() {
    return readConfiguration({
      config: (key) => config?.get(key),
      environment: (name) => surroundings.environment(name),
    });
  }

  function currentSession(): Session {
    if (session !== undefined) return session;
    const found = configuration();
    if ("problems" in found) throw new UserError(found.problems.join("\n"));
    session = createSession(found, surroundings, progress);
    return session;
  }

  return {
    // Pulumi does not wait for it before a second resource's calls, so it only takes note.
    configure(request) {
      ({ config } = request);
      session = undefined;
      return Promise.resolve();
    },
    check(olds, news) {
      const found = configuration();
      return check(olds, news, "problems" in found ? found.problems : [], surroundings, progress);
    },
    diff: (_id, olds, news) => diff(olds, news, surroundings, progress),
    create: async (news) => create(news, currentSession()),
    read: async (id, olds) => read(id, olds, currentSession()),
    update: async (_id, olds, news) => update(olds, news, currentSession()),
    // The token belongs to LaunchDarkly, and a replacement of this resource may still use it.
    delete: (id) => surroundings.log("info", `Access token ${id} is left as it is at LaunchDarkly.`),
  };
}
