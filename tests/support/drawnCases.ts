/** What property tests draw: the same cases in every `npm test`, which fails by a change alone, and new ones in `npm run fuzz`. */
import fc from "fast-check";

const { FUZZ_CASES, FUZZ_SEED } = process.env;

if (FUZZ_SEED !== undefined) fc.configureGlobal({ seed: Number(FUZZ_SEED) });
else if (FUZZ_CASES === undefined) fc.configureGlobal({ seed: 1 });
else fc.configureGlobal({ numRuns: Number(FUZZ_CASES) / 100 });
