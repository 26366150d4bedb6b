/** The provider of one resource: Pulumi's lifecycle methods, put together. */
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
import { PREVIEW_PROPERTY, type Properties, SETTINGS_PROPERTY, URN_PROPERTY } from "../model/properties";
import { readConfiguration } from "../run/configuration";
import { CHECK_SETTINGS_OF_DESTROY, CHECK_SETTINGS_OF_LAST_UP } from "../run/keyAdvice";
import { type Run, runIn } from "../run/run";
import type { Session } from "../run/session";
import { warnOfSkippedCheckpoints } from "../run/skippedCheckpoints";
import type { Surroundings } from "../run/surroundings";
import { check } from "./check";
import { create } from "./create";
import { remove } from "./delete";
import { diff } from "./diff";
import type { Provider } from "./methods";
import { read } from "./read";
import { noteRow } from "./rows";
import { withSecretOutputs } from "./secretOutputs";
import { update } from "./update";

export type { Provider };

/** What a resource's provider does; `createProvider` adds the settings that it works with. */
export interface Lifecycle {
  /** The outputs that are secret whatever the program says. */
  readonly secretOutputs: readonly string[];
  /**
   * @param session throws if the stack's settings are wrong
   * @param configurationProblems what is wrong with them
   * @param urn the resource's, if the program tells it
   */
  check(
    run: Run,
    session: () => Session,
    olds: Properties,
    news: Properties,
    configurationProblems: readonly string[],
    urn?: string,
  ): Promise<CheckResult>;
  /** @param session throws if the stack's settings are wrong */
  diff(run: Run, session: () => Session, olds: Properties, news: Properties): Promise<DiffResult>;
  create(session: Session, news: Properties): Promise<CreateResult>;
  read(session: Session, id: string, olds: Properties): Promise<ReadResult>;
  update(session: Session, olds: Properties, news: Properties): Promise<UpdateResult>;
  /** @param session throws if the stack's settings are wrong */
  delete(run: Run, session: () => Session, id: string, olds: Properties): Promise<void>;
}

/** The triggers of the last rotation, and those of a reset that is open: their values may be secret. */
const SECRET_RECORDS = ["triggers", "openReset"];

/** The lifecycle of a credential that is reset in place. */
export function lifecycleOf(credential: Credential): Lifecycle {
  return {
    secretOutputs: [credential.outputs.key, ...SECRET_RECORDS],
    check: (run, session, olds, news, problems, urn) => {
      if (urn !== undefined) noteRow(credential, run.progress, olds, news, urn);
      return check(credential, run, olds, news, problems, () => ({ credential, session: session() }), urn);
    },
    diff: (run, session, olds, news) => {
      return diff(credential, run, olds, news, () => ({ credential, session: session() }));
    },
    create: (session, news) => create({ credential, session }, news),
    read: (session, id, olds) => read({ credential, session }, id, olds),
    update: (session, olds, news) => update({ credential, session }, olds, news),
    delete: (run, _session, id, olds) => remove(credential, run, id, olds),
  };
}

/** @param lifecycle by default that of the resource whose states refer to `pulumi-launchdarkly-rotation/provider` */
export function createProvider(surroundings: Surroundings, lifecycle: Lifecycle = lifecycleOf(accessToken)): Provider {
  return withSecretOutputs(plainProvider(surroundings, lifecycle), lifecycle.secretOutputs);
}

/** The same, with outputs as the lifecycle has them: none is marked as secret. */
export function plainProvider(surroundings: Surroundings, lifecycle: Lifecycle): Provider {
  const run = runIn(surroundings);
  let config: ConfigureRequest["config"] | undefined;

  /** @param others the settings that the program does not know */
  function configuration(others: readonly string[] = []) {
    return readConfiguration({
      config: (key) => config?.get(key),
      others,
      environment: (name) => surroundings.environment(name),
    });
  }

  /** @param advice where the settings come from, if not from the program's run */
  function session(advice?: string): Session {
    const found = configuration();
    if ("problems" in found) throw new UserError([...found.problems, ...(advice ? [advice] : [])].join("\n"));
    return run.session(found);
  }

  return {
    // Pulumi does not wait for it before a second resource's calls, so it only takes note.
    configure(request) {
      ({ config } = request);
      // The SDK's object around them is a new one for each text of a stub. Source: @pulumi/pulumi, cmd/dynamic-provider.
      run.configured((config as { readonly rawConfig?: object }).rawConfig);
      return Promise.resolve();
    },
    check(olds, given) {
      const { [PREVIEW_PROPERTY]: note, [URN_PROPERTY]: urn, [SETTINGS_PROPERTY]: others, ...news } = given;
      run.stage = note === undefined ? "not said" : note === true ? "preview" : "update";
      warnOfSkippedCheckpoints(run);
      const found = configuration(Array.isArray(others) ? others.map(String) : []);
      const problems = "problems" in found ? found.problems : [];
      return lifecycle.check(run, () => session(), olds, news, problems, typeof urn === "string" ? urn : undefined);
    },
    diff: (_id, olds, news) => lifecycle.diff(run, () => session(), olds, news),
    create: async (news) => lifecycle.create(session(), news),
    read: async (id, olds) => lifecycle.read(session(CHECK_SETTINGS_OF_LAST_UP), id, olds),
    update: async (_id, olds, news) => lifecycle.update(session(), olds, news),
    delete: (id, olds) => {
      const advice = run.stage === undefined ? CHECK_SETTINGS_OF_DESTROY : undefined;
      return lifecycle.delete(run, () => session(advice), id, olds);
    },
  };
}
