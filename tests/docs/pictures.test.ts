/** The pictures of the documentation are those that tools/pictures draws. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

import { pictures } from "../../tools/pictures/pictures";
import { repository } from "../../tools/stack/workspace";

describe("the pictures of the documentation", () => {
  for (const [file, draw] of Object.entries(pictures)) {
    it(`are drawn anew by npm run docs:pictures: ${file}`, () => {
      assert.equal(readFileSync(path.join(repository, file), "utf8"), draw());
    });
  }
});
