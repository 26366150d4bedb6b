/** What the quickstart's README says under "Run it", typed into the real CLI. `npm run test:examples` types all of them. */
import { runIt } from "./runItBlock";

describe('what the README of the quickstart says under "Run it"', function () {
  this.timeout(240_000);

  it("does what its comments say", () => runIt("quickstart"));
});
