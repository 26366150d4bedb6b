/** Makes figures of what was timed. */
import { AS_LARGE, NOTHING, OURS, PLUGIN } from "./bench";
import type { Measured } from "./contender";
import { type Bar, digits, type Figure } from "./figure";
import { ratio, type Sample, sample } from "./statistics";

type Measurements = Readonly<Record<string, readonly Measured[]>>;

/**
 * The duration, with the quotient of ours and the floor.
 *
 * @param limit what the quotient must not exceed
 */
export function wallFigure(name: string, measured: Measurements, limit?: number): Figure {
  return timeFigure(`${name}, wall`, measured, ({ wallMs }) => wallMs, limit);
}

/** The same of the processor's time, for the command and all that it started. */
export function cpuFigure(name: string, measured: Measurements, limit?: number): Figure {
  return timeFigure(`${name}, CPU`, measured, ({ cpuMs }) => cpuMs, limit);
}

function timeFigure(
  name: string,
  measured: Measurements,
  time: (one: Measured) => number | undefined,
  limit: number | undefined,
): Figure {
  const values: Record<string, Sample> = {};
  for (const [of, runs] of Object.entries(measured)) {
    const known = runs.map(time).filter((value) => value !== undefined);
    if (known.length > 0) values[of] = sample(known.map((milliseconds) => milliseconds / 1000));
  }
  return { name, unit: "s", values, ...againstFloor(values, limit) };
}

/**
 * The quotient of ours and the floor, and whether it reaches what it has to.
 *
 * @param floor who ours is held against
 * @param who in the place of ours
 */
export function againstFloor(
  values: Readonly<Record<string, Sample>>,
  limit: number | undefined,
  floor = NOTHING,
  who = OURS,
): { readonly result?: string; readonly bar?: Bar } {
  const { [who]: ours, [floor]: least } = values;
  if (ours === undefined || least === undefined) return {};
  const quotient = ratio(ours, least);
  const result = `${quotient.median.toFixed(2)} × ${floor}`;
  if (limit === undefined) return { result };
  const spread = ours.runs.length > 1 ? ` (${quotient.least.toFixed(2)}–${quotient.most.toFixed(2)})` : "";
  return { result: `${result}${spread}`, bar: { text: `≤ ${limit} × ${floor}`, isMet: quotient.median <= limit } };
}

/** The same figure once more, held against what does nothing with a text as long as ours. */
export function againstAsLarge({ name, unit, values: all }: Figure, limit?: number): Figure {
  const values = Object.fromEntries(Object.entries(all).filter(([of]) => of === OURS || of === AS_LARGE));
  return { name: `${name}, text as long`, unit, values, ...againstFloor(values, limit, AS_LARGE) };
}

/** The same figure once more, for the plugin. */
export function ofPlugin({ name, unit, values: all }: Figure, limit: number): Figure {
  const values = Object.fromEntries(Object.entries(all).filter(([of]) => of === PLUGIN || of === NOTHING));
  return { name: `${name}, plugin`, unit, values, ...againstFloor(values, limit, NOTHING, PLUGIN) };
}

/** How many requests a rotation takes, beside those that a run takes once. */
export function requestsFigure(name: string, measured: Measurements, count: number, per: number, once: number): Figure {
  const { [OURS]: ours = [], [PLUGIN]: plugin = [] } = measured;
  const runs = [...ours, ...plugin];
  const values = Object.fromEntries(
    Object.entries(measured).map(([of, all]) => [of, sample(all.map(({ requests }) => requests.length))]),
  );
  const expected = count * per + once;
  return {
    name,
    unit: "requests",
    values,
    result: [...new Set(runs.map(({ requests }) => digits(requests.length)))].join(", "),
    bar: { text: `= ${expected}`, isMet: runs.every(({ requests }) => requests.length === expected) },
  };
}
