/** The programs for the plugin that the sandbox prints: each has the same resources, whatever the id of the sample token. */
import assert from "node:assert/strict";

import YAML from "yaml";

import { programsFor } from "../../sandbox/programs";

describe("the programs that the sandbox prints for the plugin", () => {
  for (const [language, program] of Object.entries(programsFor({ id: "61095542756dba551110ae21" }))) {
    it(`rotate the sample token, and create one: ${language}`, () => {
      for (const part of ["61095542756dba551110ae21", "AccessTokenRotation", "RotatingAccessToken", "ownedToken"]) {
        assert.ok(program.includes(part), part);
      }
    });
  }

  it("have the id as a text, also where its digits would be a number in YAML", () => {
    for (const id of ["610955427560000000001e10", "610955427560000000001110"]) {
      const { resources } = YAML.parse(programsFor({ id }).yaml) as { resources: { ci: { properties: object } } };
      assert.deepEqual(resources.ci.properties, { tokenId: id, oldKeyExpiry: "24h" });
    }
  });
});
