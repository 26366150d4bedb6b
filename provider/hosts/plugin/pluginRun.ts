/** What the calls of one run tell each other. Every run has a process of its own, which the engine configures once. */
import type { Request } from "../../lifecycle/lifecycle";
import type { Properties } from "../../model/properties";
import type { Host } from "../../run/host";
import { cancel } from "../../run/interrupts";
import { type Run, runIn, type Stage } from "../../run/run";
import { contextOf } from "../context";
import { type Claims, createClaims } from "./claims";
import { settingsOf } from "./settings";

export interface PluginRun {
  readonly run: Run;
  /** The URNs of resources that the program of this run has; none in a refresh or a destroy. */
  readonly checked: Set<string>;
  readonly claims: Claims;
  /** The old outputs of resources that are to be replaced, by URN. */
  readonly replaced: Map<string, Properties>;
  /** Begins a run. @param settings as the engine gives them */
  begin(settings: Properties): void;
  contextIn(stage: Stage): ReturnType<typeof contextOf>;
  /** What is known of every call: the protocol names the resource, but not the organization of its stack. */
  requestOf(stage: Stage, urn: string): Request;
}

export function createPluginRun(host: Host): PluginRun {
  const run = runIn(host);
  const [checked, replaced, claims] = [new Set<string>(), new Map<string, Properties>(), createClaims()];
  let settings: Properties = {};
  return {
    run,
    checked,
    claims,
    replaced,
    begin(given) {
      settings = given;
      for (const remembered of [checked, replaced, claims]) remembered.clear();
      run.restart();
      cancel(false);
    },
    contextIn: (stage) => contextOf(run, stage, settingsOf(settings)),
    requestOf(stage, urn) {
      const { organization = "" } = settings;
      return { stage, urn, owner: `${String(organization)}/${urn}` };
    },
  };
}
