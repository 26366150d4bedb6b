/** How many cases the fuzz tests try: few in `npm test`, many in `npm run fuzz`. */
import type { Parameters } from "fast-check";

const PROPERTIES = 10;
const CASES = Number(process.env["FUZZ_CASES"] ?? 6_000);

/** An equal part of all cases, for each property. FUZZ_SEED repeats a run. */
export const runs: Parameters<unknown> = {
  numRuns: Math.ceil(CASES / PROPERTIES),
  ...(process.env["FUZZ_SEED"] !== undefined && { seed: Number(process.env["FUZZ_SEED"]) }),
};
