/**
 * What the program of a run has told check, for the calls that Pulumi does not tell. Only the program knows whether the
 * run is a preview, and the URNs of its resources. A refresh and a destroy run without it.
 */
import type { Lifecycle } from "../../lifecycle/lifecycle";
import type { Properties } from "../../model/json";
import type { Run, Stage } from "../../run/run";
import { shared } from "../../shared";
import { version } from "../../version";

export interface Told {
  /** Undefined before any check, as in a refresh. */
  stage: Exclude<Stage, "refresh" | "destroy"> | undefined;
  /** The names of the resources whose inputs the program has given. */
  readonly checked: Set<string>;
  /** The URNs of resources, by the names that the program gives them. */
  readonly urns: Map<string, string>;
  /** The same by the names that the state gives them. */
  readonly formerUrns: Map<string, string>;
  /** What the provider was configured with, by its identity. */
  settings: object | undefined;
}

/** By the run, so that the providers of all classes in a process share it. */
const toldRuns = shared(`told/${version}`, () => new WeakMap<Run, Told>());

export function toldOf(run: Run): Told {
  const told = toldRuns.get(run) ?? {
    stage: undefined,
    checked: new Set(),
    urns: new Map(),
    formerUrns: new Map(),
    settings: undefined,
  };
  toldRuns.set(run, told);
  return told;
}

/**
 * Takes note of the settings that a provider of the run is configured with. Pulumi configures each text of a stub that it
 * meets, and one class may have two texts in a run; all of them get the same object. Another object is another run in the
 * same process, and what was learnt of the one before is forgotten.
 *
 * @param settings by their identity; undefined if that can't be told
 */
export function noteSettings(run: Run, settings: object | undefined): void {
  const told = toldOf(run);
  const isSame = settings === undefined || told.settings === undefined || settings === told.settings;
  told.settings = settings ?? told.settings;
  if (isSame) return;
  told.stage = undefined;
  for (const remembered of [told.checked, told.urns, told.formerUrns]) remembered.clear();
  run.restart();
}

/**
 * In check: remembers whose URN it is.
 *
 * @param olds the inputs of the last run; empty for a new resource
 * @param news the inputs of the program
 */
export function noteCheck(
  { checked, urns, formerUrns }: Told,
  lifecycle: Lifecycle,
  {
    olds,
    news,
    urn,
    owner,
  }: { olds: Properties; news: Properties; urn: string | undefined; owner: string | undefined },
): void {
  const [name, former] = [lifecycle.nameOfInputs(news, owner), lifecycle.nameOfInputs(olds, owner)];
  for (const one of [name, former]) checked.add(one);
  if (urn === undefined) return;
  urns.set(name, urn);
  if (Object.keys(olds).length > 0) formerUrns.set(former, urn);
}
