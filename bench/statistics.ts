/** What is made of numbers that were measured several times. */

export interface Sample {
  readonly median: number;
  readonly least: number;
  readonly most: number;
  /** In the order in which they were measured. */
  readonly runs: readonly number[];
}

/** @throws {RangeError} if nothing was measured */
export function sample(runs: readonly number[]): Sample {
  const sorted = [...runs].sort((a, b) => a - b);
  const [least, most] = [sorted.at(0), sorted.at(-1)];
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]];
  if (least === undefined || most === undefined || low === undefined || high === undefined) {
    throw new RangeError("nothing was measured");
  }
  return { median: (low + high) / 2, least, most, runs };
}

/** The quotients of what was measured in the same rounds: what slows a machine down for a while leaves them as they are. */
export function ratio(dividend: Sample, divisor: Sample): Sample {
  return sample(dividend.runs.map((run, round) => run / (divisor.runs[round] ?? Number.NaN)));
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Line {
  readonly slope: number;
  readonly intercept: number;
  /** How far each point is above the line. */
  readonly residuals: readonly number[];
  /** The share of the variance that the line explains. */
  readonly rSquared: number;
}

/** The line with the least squares of relative distances: a fit to absolute ones would see the largest point alone. */
export function fitLine(points: readonly Point[]): Line {
  const weights = points.map(({ y }) => 1 / y ** 2);
  const sum = (value: (point: Point) => number) =>
    points.reduce((total, point, index) => total + value(point) * (weights[index] ?? 0), 0);
  const all = sum(() => 1);
  const [meanX, meanY] = [sum(({ x }) => x) / all, sum(({ y }) => y) / all];
  const slope = sum(({ x, y }) => (x - meanX) * (y - meanY)) / sum(({ x }) => (x - meanX) ** 2);
  const intercept = meanY - slope * meanX;
  const residuals = points.map(({ x, y }) => y - (intercept + slope * x));
  const plain = points.reduce((total, { y }) => total + y, 0) / points.length;
  const unexplained = residuals.reduce((total, residual) => total + residual ** 2, 0);
  const rSquared = 1 - unexplained / points.reduce((total, { y }) => total + (y - plain) ** 2, 0);
  return { slope, intercept, residuals, rSquared };
}
