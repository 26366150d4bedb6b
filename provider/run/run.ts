/** What all resources of a run share, whatever credential they rotate: the settings' session, and how far the run is. */
import { shared } from "../shared";
import { version } from "../version";
import type { Configuration } from "./configuration";
import { createProgress, type Progress } from "./progress";
import { createSession, type Session } from "./session";
import type { Surroundings } from "./surroundings";

/** A program with an older version of the package does not say whether it runs in a preview. */
export type Stage = "preview" | "update" | "not said" | undefined;

export interface Run {
  readonly surroundings: Surroundings;
  readonly progress: Progress;
  /** What the program has said of the run; nothing before it has, as in a refresh. */
  stage: Stage;
  /** The session of these settings: the same one for every resource that has them. */
  session(configuration: Configuration): Session;
  /**
   * Takes note of the settings that a provider of the run is configured with. Pulumi configures each text of a stub that
   * it meets, and one class may have two texts in a run; all of them get the same object. Another object is another run in
   * the same process, and what was learnt of the one before is forgotten.
   *
   * @param settings by their identity; undefined if that can't be told
   */
  configured(settings: object | undefined): void;
}

/** By the surroundings of a process, which copies of one version share. */
const runs = shared(`runs/${version}`, () => new WeakMap<Surroundings, Run>());

/**
 * What a diff of a resource is a part of. A refresh calls diff as well, with the inputs of the last run, and before a
 * check of the resource if there is one at all: then undefined.
 *
 * @param name by which check has noted the resource
 */
export function stageOf({ stage, progress }: Run, name: string): Stage {
  return progress.checked.has(name) ? stage : undefined;
}

/**
 * Whether it is for the preview to say what a run will do. The `up` itself says what it has done; and Pulumi calls diff
 * in a refresh as well, with the inputs of the last run.
 */
export function announces({ stage }: Pick<Run, "stage">): boolean {
  return stage === "preview" || stage === "not said";
}

/** The run of a process. Pulumi loads a provider for each class, all in one process: they must share its limits. */
export function runIn(surroundings: Surroundings): Run {
  const run = runs.get(surroundings) ?? createRun(surroundings);
  runs.set(surroundings, run);
  return run;
}

function createRun(surroundings: Surroundings): Run {
  const progress = createProgress();
  let given: object | undefined;
  let current: { readonly settings: string; readonly session: Session } | undefined;
  return {
    surroundings,
    progress,
    stage: undefined,
    session(configuration) {
      const settings = JSON.stringify(configuration);
      if (current?.settings !== settings) {
        current = { settings, session: createSession(configuration, surroundings, progress) };
      }
      return current.session;
    },
    configured(settings) {
      const isSame = settings === undefined || given === undefined || settings === given;
      given = settings ?? given;
      if (isSame) return;
      current = undefined;
      this.stage = undefined;
      for (const remembered of Object.values(progress) as { clear(): void }[]) remembered.clear();
    },
  };
}
