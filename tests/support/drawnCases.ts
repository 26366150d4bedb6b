/** What property tests draw: the same cases in every `npm test`, which fails by a change alone, and new ones in `npm run fuzz`. */
import fc from "fast-check";

const { FUZZ_CASES, FUZZ_SEED } = process.env;

const seed = FUZZ_SEED ?? (FUZZ_CASES === undefined ? 1 : undefined);
fc.configureGlobal({
  ...(seed !== undefined && { seed: Number(seed) }),
  // As many in a run that repeats one by FUZZ_SEED.
  ...(FUZZ_CASES !== undefined && { numRuns: Number(FUZZ_CASES) / 100 }),
});
