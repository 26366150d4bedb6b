/** The versions of the Pulumi CLI that docs/versions-that-work.md names are those that the tests run on. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

import { repository } from "../../tools/stack/workspace";

const text = (...parts: string[]) => readFileSync(path.join(repository, ...parts), "utf8");

describe("the versions that work", () => {
  const setUp = text("tools", "setup", "pulumi-cli.mjs");
  const page = text("docs", "versions-that-work.md");
  const constant = (name: string) => new RegExp(`^const ${name} = "(.+)";$`, "m").exec(setUp)?.[1] ?? assert.fail(name);

  it("name the CLI that the tests run on, the oldest one that they run on, and the oldest one that is taken", () => {
    assert.ok(page.includes(`The tests run on the CLI ${constant("VERSION")} by default.`));
    assert.ok(page.includes(`The oldest CLI that they run on is ${constant("OLDEST_VERSION")}.`));
    const [, tried, taken] =
      /^\| Pulumi's CLI +\| (\S+) or newer +\| older ones, from (\S+), are taken/m.exec(page) ?? [];
    assert.deepEqual([tried, taken], [constant("OLDEST_VERSION"), constant("MINIMUM_VERSION")]);
  });
});
