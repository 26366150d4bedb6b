/** The examples compile, each by its own settings. Those with SDKs of their own are compiled by sdkTypes.ts. */
import { assertCompiles, plainProjects } from "./compile";

describe("the types of the examples", function () {
  this.timeout(240_000);

  for (const project of plainProjects) {
    it(`fit in ${project}, by its own settings`, () => {
      assertCompiles(project);
    });
  }
});
