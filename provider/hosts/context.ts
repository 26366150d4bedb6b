/** What a call of the lifecycle works with, whichever host it came to. */
import type { CallContext, Failed, Outcome } from "../lifecycle/lifecycle";
import { UserError } from "../messages/words";
import { withSettingNames } from "../model/settingNames";
import { readConfiguration, type Settings } from "../run/configuration";
import type { Run, Stage } from "../run/run";
import { CHECK_SETTINGS_OF_DESTROY, CHECK_SETTINGS_OF_LAST_UP } from "../run/session";

/** @param stage where the settings come from depends on it */
export function contextOf(run: Run, stage: Stage, settings: Omit<Settings, "environment" | "namespace">): CallContext {
  const { environment, namespace } = run.host;
  const found = readConfiguration({ ...settings, environment, namespace });
  const problems = "problems" in found ? found.problems : [];
  return {
    run,
    problems,
    session() {
      if (!("problems" in found)) return run.session(found);
      throw new UserError(withSettingNames([...problems, ...(ADVICE[stage] ?? [])].join("\n"), namespace));
    },
  };
}

/** Where the settings of a stage come from that no program runs for. */
const ADVICE: Partial<Record<Stage, readonly string[]>> = {
  refresh: [CHECK_SETTINGS_OF_LAST_UP],
  destroy: [CHECK_SETTINGS_OF_DESTROY],
};

/** A call that failed, and left a state to be saved. */
export type Unfinished = Extract<Outcome, { kind: "partial" }>;

export type Success<Result> = Exclude<Result, Unfinished | Failed>;

/**
 * @param partial the error by which the engine saves a state
 * @throws {UserError} for a failure; what `partial` makes, if the engine has to save a state
 */
export function succeeded<Result extends { readonly kind: string }>(
  outcome: Result,
  partial: (left: Unfinished) => Error,
): Success<Result> {
  const answer: { readonly kind: string } | Unfinished | Failed = outcome;
  if (isFailed(answer)) throw new UserError(answer.reason);
  if (isPartial(answer)) throw partial(answer);
  return outcome as Success<Result>;
}

function isFailed(outcome: { readonly kind: string }): outcome is Failed {
  return outcome.kind === "failed";
}

function isPartial(outcome: { readonly kind: string }): outcome is Unfinished {
  return outcome.kind === "partial";
}
