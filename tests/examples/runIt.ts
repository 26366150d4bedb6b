/**
 * `npm run test:examples`: what every example's README says under "Run it", typed into the real CLI. `npm test` does it
 * for one of them, runIt.test.ts.
 */
import { readdirSync } from "node:fs";
import path from "node:path";

import { repository } from "../../tools/stack/workspace";
import { runIt } from "./runItBlock";

describe('what an example\'s README says under "Run it"', function () {
  this.timeout(240_000);

  for (const example of readdirSync(path.join(repository, "examples"))) {
    it(`does what its comments say: ${example}`, () => runIt(example));
  }
});
