/** What all resources of a run share, whatever credential they rotate: the settings' session, and how far the run is. */
import { SKIP_CHECKPOINTS, skippedCheckpoints } from "../messages/run";
import { named, resourceNamed } from "../messages/words";
import { withSettingNames } from "../model/settingNames";
import { shared } from "../shared";
import { version } from "../version";
import type { Configuration } from "./configuration";
import type { Host, Log } from "./host";
import { createProgress, type Progress } from "./progress";
import { createSession, type Session } from "./session";

/**
 * What Pulumi is doing when it calls. A refresh and a destroy run without the program, on its last inputs. A program with
 * an older version of the package does not say whether it runs in a preview: then it is unknown.
 */
export type Stage = "preview" | "update" | "refresh" | "destroy" | "unknown";

export interface Run {
  readonly host: Host;
  readonly progress: Progress;
  /** The session of these settings: the same one for every resource that has them. */
  session(configuration: Configuration): Session;
  /** Forgets what was learnt: another run begins in the same process. */
  restart(): void;
}

/** By the host of a process, which copies of one version share. */
const runs = shared(`runs/${version}`, () => new WeakMap<Host, Run>());

/**
 * Whether it is for the preview to say what a run will do. The `up` itself says what it has done; and Pulumi calls diff
 * in a refresh as well, with the inputs of the last run.
 */
export function announces({ stage }: { readonly stage: Stage }): boolean {
  return stage === "preview" || stage === "unknown";
}

/** The run of a process. Pulumi loads a provider for each class, all in one process: they must share its limits. */
export function runIn(host: Host): Run {
  const run = runs.get(host) ?? createRun(host);
  runs.set(host, run);
  return run;
}

function createRun(given: Host): Run {
  const { log, namespace } = given;
  const host: Host = {
    ...given,
    log: (severity, message, urn) => log(severity, withSettingNames(message, namespace), urn),
  };
  const progress = createProgress();
  let current: { readonly settings: string; readonly session: Session } | undefined;
  return {
    host,
    progress,
    session(configuration) {
      const settings = JSON.stringify(configuration);
      if (current?.settings !== settings) {
        current = { settings, session: createSession(configuration, host, progress) };
      }
      return current.session;
    },
    restart() {
      current = undefined;
      for (const remembered of Object.values(progress) as { clear(): void }[]) remembered.clear();
    },
  };
}

// Which resource a message is shown under, and how it names that. Only the program knows a resource's URN, and tells it to
// check. So the URN is remembered under the credential for the calls that follow. A refresh and a destroy run without the program.

/** Where a message is shown: under the resource, or under the stack, where the message has to name the credential. */
export interface Label {
  /** Undefined for the stack's row. */
  readonly urn: string | undefined;
  /** The credential, such as `access token "ci", 610955…`. */
  readonly name: string;
}

export function logFor(log: Log, { urn, name }: Label): Log {
  return (severity, message) =>
    urn === undefined ? log(severity, named(message, name)) : log(severity, resourceNamed(message, urn), urn);
}

/** The session, with all that is logged through it on one row. */
export function sessionFor(session: Session, row: Label): Session {
  const { host } = session;
  return { ...session, host: { ...host, log: logFor(host.log, row) } };
}

/** Warns, once per run, of a switch of Pulumi's with which a run that is killed loses its new keys. */
export function warnOfSkippedCheckpoints({ host, progress: { warned } }: Run): void {
  // As Pulumi reads it. Source: sdk/go/common/util/cmdutil, IsTruthy.
  if (!/^(?:1|true)$/i.test(host.environment(SKIP_CHECKPOINTS) ?? "")) return;
  const warning = skippedCheckpoints();
  if (warned.has(warning)) return;
  warned.add(warning);
  void host.log("warning", warning);
}
