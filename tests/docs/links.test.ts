/** The links of every page: files and headings that are there, and hosts that are known. Nothing is requested. */
import assert from "node:assert/strict";
import { existsSync, statSync } from "node:fs";
import path from "node:path";

import { repository } from "../../tools/stack/workspace";
import { page, pages, parse } from "./pages";

/** Whom pages may send a reader to. */
const HOSTS = [
  "launchdarkly.com",
  "launchdarkly.github.io",
  "app.launchdarkly.com",
  "www.pulumi.com",
  "app.pulumi.com",
  "github.com",
  "docs.github.com",
  "docs.npmjs.com",
  "www.npmjs.com",
  "nodejs.org",
  "registry.terraform.io",
  "datatracker.ietf.org",
  "keepachangelog.com",
  "semver.org",
  "json.schemastore.org",
  "schemathesis.readthedocs.io",
];

/** What is wrong with a link of a page; undefined if nothing is. */
function problemWith(file: string, link: string): string | undefined {
  if (/^[a-z]+:/i.test(link)) return problemOutside(link);
  const [target = "", anchor] = link.split("#");
  const found = target === "" ? file : path.posix.join(path.posix.dirname(file), decodeURIComponent(target));
  if (found.startsWith("../")) return "leads out of the repository";
  const absolute = path.join(repository, found);
  if (!existsSync(absolute)) return "there is no such file";
  if (anchor === undefined) return undefined;
  if (statSync(absolute).isDirectory() || !found.endsWith(".md")) return "only a page has anchors";
  return page(found).headings.some((heading) => heading.anchor === anchor) ? undefined : "there is no such heading";
}

function problemOutside(link: string): string | undefined {
  const { protocol, hostname } = URL.parse(link) ?? {};
  if (protocol !== "https:") return "is not https";
  return HOSTS.includes(hostname ?? "") ? undefined : `${String(hostname)} is not among the known hosts`;
}

describe("the links of the documentation", () => {
  for (const { file, links } of pages()) {
    it(`lead somewhere in ${file}`, () => {
      const problems = links
        .map((link) => ({ link, problem: problemWith(file, link) }))
        .filter(({ problem }) => problem !== undefined);
      assert.deepEqual(problems, []);
    });
  }

  it("are found wherever they are written, and not in code", () => {
    const text = [
      '[one](a.md) and [two\nlines](b.md#c), ![three](d.svg), [`four`](e.md), <img src="f.svg">',
      "https://example.com/g and `[no](h.md)`, [seven][one].",
      "[one]: j.md",
      "```",
      "[no](i.md)",
      "```",
    ];
    assert.deepEqual(parse("x.md", text.join("\n")).links, [
      "a.md",
      "b.md#c",
      "d.svg",
      "e.md",
      "j.md",
      "f.svg",
      "https://example.com/g",
    ]);
  });

  it("are refused where they lead nowhere", () => {
    for (const [link, problem] of [
      ["README.md#licence", undefined],
      ["examples", undefined],
      ["#no-such-heading", "there is no such heading"],
      ["no-such-page.md", "there is no such file"],
      ["../elsewhere.md", "leads out of the repository"],
      ["examples#install", "only a page has anchors"],
      ["http://launchdarkly.com", "is not https"],
      ["https://launchdarkly.example", "launchdarkly.example is not among the known hosts"],
    ] as const) {
      assert.equal(problemWith("README.md", link), problem, link);
    }
  });

  it("name headings as GitHub does", () => {
    const anchors = parse("x.md", "# A `pulumi up`, then?\n## [Why](y.md)\n## Why\n### `oldKeyExpiry`").headings;
    assert.deepEqual(
      anchors.map(({ anchor }) => anchor),
      ["a-pulumi-up-then", "why", "why-1", "oldkeyexpiry"],
    );
  });
});
