/** One line of the bench's table: what was measured, and whether it reaches what it has to. */
import type { Sample } from "./statistics";

export interface Figure {
  readonly name: string;
  readonly unit: string;
  /** What was measured, by the names of those it was measured of. */
  readonly values: Readonly<Record<string, Sample>>;
  /** What the bar is held against, as people read it. */
  readonly result?: string | undefined;
  /** What it has to reach; undefined where nothing is asked. */
  readonly bar?: Bar | undefined;
  /** What readers have to know of it. */
  readonly note?: string | undefined;
}

export interface Bar {
  /** Such as "≤ 1.05 × nothing". */
  readonly text: string;
  readonly isMet: boolean;
}

/** A bar that a number must not exceed. */
export function atMost(value: number, limit: number, unit = ""): Bar {
  return { text: `≤ ${limit}${unit}`, isMet: value <= limit };
}

/** A number as a table shows it: three digits that count. */
export function digits(value: number): string {
  if (Number.isInteger(value)) return String(value);
  const whole = String(Math.trunc(Math.abs(value))).replace(/^0$/, "").length;
  return value.toFixed(Math.max(0, 3 - Math.max(1, whole)));
}
