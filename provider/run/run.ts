/** What all resources of a run share, whatever credential they rotate: the settings' session, and how far the run is. */
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
  /** Begins another run in the same process, and forgets the one before. */
  restart(): void;
}

const runs = new WeakMap<Surroundings, Run>();

/**
 * Whether it is for the preview to say what a run will do. The `up` itself says what it has done; and Pulumi calls diff
 * in a refresh as well, with the inputs of the last run.
 */
export function announces({ stage }: Run): boolean {
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
    restart() {
      current = undefined;
      this.stage = undefined;
      for (const remembered of Object.values(progress) as { clear(): void }[]) remembered.clear();
    },
  };
}
