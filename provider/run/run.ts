/** What all resources of a run share, whatever credential they rotate: the settings' session, and how far the run is. */
import type { Configuration } from "./configuration";
import { createProgress, type Progress } from "./progress";
import { createSession, type Session } from "./session";
import type { Surroundings } from "./surroundings";

export interface Run {
  readonly surroundings: Surroundings;
  readonly progress: Progress;
  /** Whether the run is a preview, as far as the program has said. */
  isPreview: boolean;
  /** The session of these settings: the same one for every resource that has them. */
  session(configuration: Configuration): Session;
  /** Begins another run in the same process: with what was learnt of the one before forgotten. */
  restart(): void;
}

const runs = new WeakMap<Surroundings, Run>();

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
    isPreview: false,
    session(configuration) {
      const settings = JSON.stringify(configuration);
      if (current?.settings !== settings) {
        current = { settings, session: createSession(configuration, surroundings, progress) };
      }
      return current.session;
    },
    restart() {
      current = undefined;
      for (const remembered of Object.values(progress) as { clear(): void }[]) remembered.clear();
    },
  };
}
