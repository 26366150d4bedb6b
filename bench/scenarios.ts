/** All that the bench can measure, in the order in which it does. */
import type { Scenario } from "./bench";
import type { Options } from "./options";
import { consumers } from "./scenarios/consumers";
import { everyCredential } from "./scenarios/credentials";
import { latency } from "./scenarios/latency";
import { limited } from "./scenarios/limited";
import { load } from "./scenarios/load";
import { scale } from "./scenarios/scale";
import { empty, hundred, single } from "./scenarios/stacks";

export const scenarios: readonly Scenario[] = [
  load,
  single,
  empty,
  latency,
  everyCredential,
  hundred,
  consumers,
  limited,
  scale,
];

/** @throws {Error} if there is none of a name */
export function chosen({ scenarios: names, isAll }: Options): Scenario[] {
  if (names === undefined) return scenarios.filter(({ isLong }) => isAll || isLong !== true);
  return names.map((name) => {
    const found = scenarios.find((scenario) => scenario.name === name);
    if (found !== undefined) return found;
    throw new Error(`there is no scenario ${name}; there are ${scenarios.map((one) => one.name).join(", ")}`);
  });
}
