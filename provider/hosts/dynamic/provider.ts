/** The provider of one class of dynamic resources: Pulumi's methods, as the stubs call them, on its lifecycle. */
import type { ConfigureRequest } from "@pulumi/pulumi/dynamic";

import type { Lifecycle, Request } from "../../lifecycle/lifecycle";
import { announceTakeBack } from "../../messages/run";
import { resourceNamed, UserError } from "../../messages/words";
import type { Properties } from "../../model/json";
import { urnIn } from "../../model/mark";
import type { Host } from "../../run/host";
import { runIn, type Stage, warnOfSkippedCheckpoints } from "../../run/run";
import { contextOf, succeeded, type Success } from "../context";
import {
  OWNER_PROPERTY,
  PREVIEW_PROPERTY,
  type Provider,
  PROVIDER_PROPERTY,
  SETTINGS_PROPERTY,
  URN_PROPERTY,
  withSecrets,
} from "./methods";
import { noteCheck, noteSettings, toldOf } from "./told";

/**
 * Thrown by create and update. Pulumi saves the properties, and calls update in the next run whatever diff says. Source:
 * @pulumi/pulumi, cmd/dynamic-provider, grpcResponseFromError.
 */
export class PartialFailure extends UserError {
  /** The resource's id. */
  readonly id: string;
  readonly reasons: string[];
  /** Private, because it holds the key: a crash dump, or a log of the error, prints every property of its own. */
  readonly #properties: Properties;

  constructor(id: string, properties: Properties, message: string) {
    super(message);
    this.id = id;
    this.reasons = [message];
    this.#properties = properties;
  }

  /** What Pulumi saves: all that it is to keep. */
  get properties(): Properties {
    return this.#properties;
  }
}

export type { Provider };

export function createProvider(host: Host, lifecycle: Lifecycle): Provider {
  const provider = plainProvider(host, lifecycle, (outputs) => withSecrets(outputs, lifecycle.secretOutputs));
  return {
    ...provider,
    async diff(id, olds, news) {
      const difference = await provider.diff(id, olds, news);
      if (typeof olds[PROVIDER_PROPERTY] === "string") return difference;
      // A state of the plugin: Pulumi could neither refresh nor destroy the resource, until an update writes it anew.
      const { stage, formerUrns } = toldOf(runIn(host));
      const urn = formerUrns.get(lifecycle.nameOfOutputs(olds));
      const isNews = stage === "preview" && difference.changes === false && urn !== undefined;
      if (isNews) await host.log("info", resourceNamed(announceTakeBack(), urn), urn);
      return { ...difference, changes: true };
    },
  };
}

/** @param kept what Pulumi gets of the outputs; by default as the lifecycle has them, none marked as secret */
export function plainProvider(
  host: Host,
  lifecycle: Lifecycle,
  kept: (outputs: Properties) => Properties = (outputs) => outputs,
): Provider {
  const run = runIn(host);
  const told = toldOf(run);
  let config: ConfigureRequest["config"] | undefined;

  /** @param others the settings that the program does not know */
  const contextIn = (stage: Stage, others: readonly string[] = []) =>
    contextOf(run, stage, { config: (key) => config?.get(key), others });

  /** The owner among the inputs, and what is left of them. */
  function parted(given: Properties): { readonly owner: string | undefined; readonly inputs: Properties } {
    const hidden = lifecycle.owns ? [PROVIDER_PROPERTY, OWNER_PROPERTY] : [PROVIDER_PROPERTY];
    const { [OWNER_PROPERTY]: owner } = given;
    return {
      owner: lifecycle.owns && typeof owner === "string" ? owner : undefined,
      inputs: Object.fromEntries(Object.entries(given).filter(([name]) => !hidden.includes(name))),
    };
  }

  /** What is known of a call with inputs, and perhaps with a state. */
  function requestOf(stage: Stage, given: Properties, olds?: Properties) {
    const { owner, inputs: news } = parted(given);
    const former = olds && lifecycle.nameOfOutputs(olds);
    const urn =
      owner === undefined
        ? ((former && told.formerUrns.get(former)) ?? told.urns.get(lifecycle.nameOfInputs(news, owner)))
        : urnIn(owner);
    // For a read or a delete of the same run, which gets no inputs.
    if (former !== undefined && urn !== undefined) told.formerUrns.set(former, urn);
    return { stage, urn, owner, news };
  }

  /** What is known of a call without inputs. */
  function stateRequest(stage: Stage, olds: Properties): Request {
    return { stage, urn: told.formerUrns.get(lifecycle.nameOfOutputs(olds)), owner: undefined };
  }

  /** @throws {UserError} for a failure; {PartialFailure} if Pulumi has to save a state */
  function done<Result extends { readonly kind: string }>(outcome: Result, news: Properties): Success<Result> {
    return succeeded(outcome, ({ id, outputs, reason }) => {
      return new PartialFailure(id, { ...kept(outputs), [PROVIDER_PROPERTY]: news[PROVIDER_PROPERTY] }, reason);
    });
  }

  return {
    // Pulumi does not wait for it before a second resource's calls, so it only takes note.
    configure(request) {
      ({ config } = request);
      // The SDK's object around them is a new one for each text of a stub. Source: @pulumi/pulumi, cmd/dynamic-provider.
      noteSettings(run, (config as { readonly rawConfig?: object }).rawConfig);
      return Promise.resolve();
    },
    async check(olds, given) {
      const { [PREVIEW_PROPERTY]: hint, [URN_PROPERTY]: urnHint, [SETTINGS_PROPERTY]: others, ...inputs } = given;
      const stage = hint === undefined ? "unknown" : hint === true ? "preview" : "update";
      told.stage = stage;
      warnOfSkippedCheckpoints(run);
      const { owner, inputs: news } = parted(inputs);
      const former = parted(olds).inputs;
      const urn = owner !== undefined ? urnIn(owner) : typeof urnHint === "string" ? urnHint : undefined;
      noteCheck(told, lifecycle, { olds: former, news, urn, owner });
      const context = contextIn(stage, Array.isArray(others) ? others.map(String) : []);
      const problems = await lifecycle.check(context, { stage, urn, owner, olds: former, news });
      return { inputs, failures: problems.map((reason) => ({ property: "", reason })) };
    },
    async diff(_id, olds, news) {
      // A refresh calls diff as well, with the inputs of the last run, and before a check of the resource if there is one.
      const { owner, inputs } = parted(news);
      const names = [lifecycle.nameOfOutputs(olds), lifecycle.nameOfInputs(inputs, owner)];
      const stage = names.some((name) => told.checked.has(name)) ? told.stage : undefined;
      const request = { ...requestOf(stage ?? "refresh", news, olds), olds };
      const { changes, replaces } = done(await lifecycle.diff(contextIn(request.stage), request), news);
      return replaces.length > 0 ? { changes, replaces: [...replaces] } : { changes };
    },
    async create(news) {
      const stage = told.stage ?? "update";
      const { id, outputs } = done(await lifecycle.create(contextIn(stage), requestOf(stage, news)), news);
      return { id, outs: kept(outputs) };
    },
    async read(id, olds) {
      const outcome = await lifecycle.read(contextIn("refresh"), { ...stateRequest("refresh", olds), id, olds });
      const seen = done(outcome, olds);
      // Without an id the resource is gone from the stack.
      return seen.kind === "gone" ? {} : { id, props: kept(seen.outputs) };
    },
    async update(_id, olds, news) {
      const stage = told.stage ?? "update";
      const { outputs } = done(
        await lifecycle.update(contextIn(stage), { ...requestOf(stage, news, olds), olds }),
        news,
      );
      return { outs: kept(outputs) };
    },
    async delete(id, olds) {
      const stage = told.stage ?? "destroy";
      done(await lifecycle.delete(contextIn(stage), { ...stateRequest(stage, olds), id, olds }), olds);
    },
  };
}
