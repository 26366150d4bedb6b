/** Which release has what: the change log, the changesets, docs/migrating.md and package.json agree. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import semver from "semver";

import packageJson from "../../package.json";
import { repository } from "../../tools/stack/workspace";
import { tableRows } from "../support/markdown";
import { page } from "./pages";

const text = (...parts: string[]) => readFileSync(path.join(repository, ...parts), "utf8");

/** Without what says that it is not released yet. */
const release = (version: string) => version.replace(/-.*/, "");

/** The releases that the change log has, the newest first. */
const logged = page("CHANGELOG.md")
  .headings.filter(({ level }) => level === 2)
  .map((heading) => heading.text);

/** From which release to which one upgrades; the oldest first. */
const upgrades = tableRows(text("docs", "migrating.md")).flatMap(({ from, to }) =>
  from !== undefined && to !== undefined ? [{ from, to }] : [],
);

describe("the releases", () => {
  it("are the same in the change log and in the table of upgrades", () => {
    const named = [...new Set(upgrades.flatMap(({ from, to }) => [from, to]))];
    assert.deepEqual(named, [...new Set(logged.map(release))].reverse());
  });

  it("end with the version of package.json, which is that of the next one", () => {
    assert.equal(packageJson.version, logged[0]);
  });

  it("are tried by the install matrix, each that came before", () => {
    const before = [...new Set(logged.map(release))].filter((one) => semver.lt(one, packageJson.version));
    for (const one of before) {
      const tarball = path.join(repository, "tests", "matrix", "fixtures", `pulumi-launchdarkly-rotation-${one}.tgz`);
      assert.ok(existsSync(tarball), one);
    }
  });

  it("have changesets for this repository's packages alone", () => {
    const names = [packageJson.name, "launchdarkly-rotation-sandbox"];
    for (const file of readdirSync(path.join(repository, ".changeset")).filter((one) =>
      /^(?!README).*\.md$/.test(one),
    )) {
      const [, header = ""] = text(".changeset", file).split("---\n");
      for (const [, name = ""] of header.matchAll(/^"(.*)": /gm)) assert.ok(names.includes(name), `${file}: ${name}`);
    }
  });
});
