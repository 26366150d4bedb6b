/** What the pages say of languages and imports names the plugin: with it, other programs rotate, and imports work. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

import YAML from "yaml";

import { manifest } from "../../tools/plugin/committed";
import { repository } from "../../tools/stack/workspace";
import { blocksIn, page, pages } from "./pages";

/** That something is for one language, or that there is no import. */
const LIMIT = /TypeScript(?:,| and| or) JavaScript|`(?:pulumi )?import`[^]*(?:does not|can't)/;

/** It names the layouts that were tried with the npm package. */
const OF_THE_PACKAGE = "docs/versions-that-work.md";

describe("a limit of the dynamic resources, in the documentation", () => {
  const files = pages().map(({ file }) => file);
  const told = files.filter((file) => /^(?:docs\/)?[^/]+\.md$/.test(file) && file !== OF_THE_PACKAGE);
  for (const file of told) {
    const text = readFileSync(path.join(repository, file), "utf8").replace(/^```[^]*?^```/gm, "");
    // A paragraph, an item of a list or a row of a table.
    const limits = text.split(/\n(?=\n|[-|])/).filter((part) => LIMIT.test(part));
    if (limits.length === 0 || file === "docs/languages.md") continue;
    it(`leads to what the plugin does: ${file}`, () => {
      for (const part of limits) assert.match(part, /\]\((?:docs\/)?languages\.md(?:#[\w-]+)?\)/);
    });
  }

  it("is told somewhere", () => {
    assert.ok(told.includes("README.md") && told.includes("docs/limits.md"));
  });
});

it("names to programs in YAML the address where the next release has the plugin", () => {
  const { pluginDownloadURL: address } = JSON.parse(
    readFileSync(path.join(repository, "plugin", "schema.json"), "utf8"),
  ) as { pluginDownloadURL: string };
  const version = manifest.version.replace(/-.*/, "");
  const blocks = blocksIn([page("docs/languages.md")], "yaml").filter(({ code }) => code.includes("pluginDownloadURL"));
  const options = blocks.map(({ code }) => {
    const { resources } = YAML.parse(code) as { resources: Record<string, { options: object }> };
    return Object.values(resources).map((resource) => resource.options);
  });
  assert.deepEqual(options, [[{ version, pluginDownloadURL: address.replace("${VERSION}", version) }]]);
});
