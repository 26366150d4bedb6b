/** How many cases the fuzz tests try: few in `npm test`, many in `npm run fuzz`. */
import type { Parameters } from "fast-check";

const PROPERTIES = 10;
const CASES = Number(process.env["FUZZ_CASES"] ?? 6_000);

/** An equal part of all cases, for each property. */
export const runs: Parameters<unknown> = { numRuns: Math.ceil(CASES / PROPERTIES) };
