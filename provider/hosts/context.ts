/** What a call of the lifecycle works with, whichever host it came to. */
import type { Context } from "../lifecycle/lifecycle";
import { UserError } from "../messages/userError";
import { withSettingNames } from "../model/settingNames";
import { readConfiguration, type Settings } from "../run/configuration";
import { CHECK_SETTINGS_OF_DESTROY, CHECK_SETTINGS_OF_LAST_UP } from "../run/keyAdvice";
import type { Run, Stage } from "../run/run";

/** @param stage where the settings come from depends on it */
export function contextOf(run: Run, stage: Stage, settings: Omit<Settings, "environment" | "namespace">): Context {
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
