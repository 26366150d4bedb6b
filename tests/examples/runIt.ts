/**
 * `npm run test:examples`: what every example's README says under "Run it", typed into the real CLI. `npm test` does it
 * for one of them, runIt.test.ts, and `npm run test:languages` for those that are not in TypeScript.
 */
import { examplesIn } from "./projects";
import { runIt } from "./runItBlock";

describe('what an example\'s README says under "Run it"', function () {
  this.timeout(240_000);

  for (const example of examplesIn("nodejs")) {
    it(`does what its comments say: ${example}`, () => runIt(example));
  }
});
