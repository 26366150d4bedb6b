/** The pages for developers name files and folders: all of them are there. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { repository } from "../../tools/stack/workspace";
import { namedPaths } from "../support/markdown";

const PAGES = [
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  ...["decisions", "facts"].flatMap((folder) =>
    readdirSync(path.join(repository, "docs", folder)).map((page) => `docs/${folder}/${page}`),
  ),
];

/** What is no file of the repository: an entry point by its name, a package's file, the source of Pulumi. */
const OTHERS =
  /^pulumi-launchdarkly-rotation\/|^@pulumi\/|^pulumi-nodejs|^github\.com\/|^(?:codegen|dynamic|runtime|cmd|proto|resource\/deploy|engine|backend|sdk|lib)\/|^resource\.ts$/;

/** A page of the architecture names files of provider/ without their first folder. */
const ROOTS = ["", "provider"];

describe("the pages for developers", () => {
  for (const page of PAGES) {
    it(`name files that are there: ${page}`, () => {
      const named = namedPaths(readFileSync(path.join(repository, page), "utf8")).filter((name) => !OTHERS.test(name));
      assert.ok(named.length >= 2, `${named.length} paths`);
      for (const name of named) {
        // What a name leaves open is below a folder that is there.
        const known = name.replace(/[^/]*[<*].*$/, "");
        assert.ok(
          ROOTS.some((root) => existsSync(path.join(repository, root, known))),
          name,
        );
      }
    });
  }
});
