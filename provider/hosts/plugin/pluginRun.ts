/** What the calls of one run tell each other. Every run has a process of its own, which the engine configures once. */
import type { Request } from "../../lifecycle/lifecycle";
import { describeDuplicate } from "../../messages/duplicate";
import type { Properties } from "../../model/json";
import { placeOf } from "../../model/mark";
import type { Host } from "../../run/host";
import { cancel } from "../../run/interrupts";
import { type Run, runIn, type Stage } from "../../run/run";
import { contextOf } from "../context";
import { settingsOf } from "./settings";

interface Claim {
  readonly urn: string;
  /** Whether the resource was there before the run. */
  readonly isThere: boolean;
}

export interface Claims {
  /**
   * Claims a credential. Of two resources, the one that is in the state keeps it, whichever is asked about first.
   *
   * @param credential what tells it from all others
   * @returns why another resource has it; undefined if it is the resource's own
   */
  claim(credential: readonly string[], resource: Claim, className: string): string | undefined;
  clear(): void;
}

export function createClaims(): Claims {
  const claims = new Map<string, Claim>();
  return {
    claim(credential, resource, className) {
      const key = JSON.stringify(credential);
      const first = claims.get(key);
      if (first === undefined || first.urn === resource.urn || (resource.isThere && !first.isThere)) {
        claims.set(key, { ...resource, isThere: resource.isThere || (first?.urn === resource.urn && first.isThere) });
        return undefined;
      }
      const [, ...identity] = credential;
      const [second, other] = [{ className, name: placeOf(resource.urn).name }, claimantIn(first.urn)];
      return describeDuplicate(identity, second, other);
    },
    clear() {
      claims.clear();
    },
  };
}

function claimantIn(urn: string) {
  const [, , types = ""] = urn.split("::");
  return { className: types.slice(types.lastIndexOf(":") + 1), name: placeOf(urn).name };
}

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
