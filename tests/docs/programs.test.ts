/** Every block of TypeScript in the documentation compiles, each as a module of its own, with the package's types. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

import ts from "typescript";

import { repository } from "../../tools/stack/workspace";
import { type Block, blocksIn, pages, parse } from "./pages";

const EXTENSIONS: Readonly<Record<string, string>> = { ts: ".ts", typescript: ".ts", js: ".js", javascript: ".js" };

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2023.d.ts"],
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  types: ["node"],
  strict: true,
  esModuleInterop: true,
  skipLibCheck: true,
  allowJs: true,
  checkJs: true,
  noEmit: true,
  // Each is a module, though it may import nothing.
  moduleDetection: ts.ModuleDetectionKind.Force,
};

/** The examples of docstrings, where an editor shows them, import nothing. */
const API = "docs/api/";

function imported(code: string): string {
  const names = new Set(code.match(/\b(?:\w+Rotation|RotatingAccessToken|findAccessToken\w*)\b/g));
  return `import { ${[...names].join(", ")} } from "pulumi-launchdarkly-rotation";`;
}

/** What is compiled: the block in its place among the lines of its comment. */
function source({ at, code, within = at.startsWith(API) ? imported(code) : "…" }: Block): string {
  const lines = within.split("\n");
  const place = lines.findIndex((line) => line.trim() === "…");
  if (place < 0) return `${within}\n${code}`;
  return [...lines.slice(0, place), code, ...lines.slice(place + 1)].join("\n");
}

/** @returns the compiler's complaints, by the places of the blocks */
function complaints(blocks: readonly Block[]): Map<string, string[]> {
  // A folder of the repository that is not there: packages are found as its programs find them.
  const folder = path.join(repository, "docs-blocks");
  const sources = new Map(
    blocks.map((block) => {
      // Only an ES module may wait at its top.
      const extension = block.at.startsWith(API) ? ".mts" : EXTENSIONS[block.language];
      const name = block.at.replace(/[^\w-]+/g, "-") + (extension ?? assert.fail(block.language));
      return [path.join(folder, name), { at: block.at, text: source(block) }];
    }),
  );
  const host = ts.createCompilerHost(OPTIONS);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => sources.has(path.normalize(file)) || fileExists(file);
  host.readFile = (file) => sources.get(path.normalize(file))?.text ?? readFile(file);
  host.getSourceFile = (file, version, ...rest) => {
    const text = sources.get(path.normalize(file))?.text;
    return text === undefined ? getSourceFile(file, version, ...rest) : ts.createSourceFile(file, text, version);
  };
  const program = ts.createProgram([...sources.keys()], OPTIONS, host);
  const found = new Map<string, string[]>();
  for (const { file, messageText } of ts.getPreEmitDiagnostics(program)) {
    const at = sources.get(path.normalize(file?.fileName ?? ""))?.at ?? "elsewhere";
    found.set(at, [...(found.get(at) ?? []), ts.flattenDiagnosticMessageText(messageText, "\n")]);
  }
  return found;
}

describe("the programs of the documentation", function () {
  this.timeout(120_000);

  it("compile as they are, or within what their comment says", () => {
    const blocks = blocksIn(pages(), ...Object.keys(EXTENSIONS)).filter(({ sameAs }) => sameAs === undefined);
    assert.ok(blocks.length > 5);
    assert.deepEqual(Object.fromEntries(complaints(blocks)), {});
  });

  it("are the same as the files that they repeat, which other tests compile and run", () => {
    const repeated = pages()
      .flatMap(({ blocks }) => blocks)
      .filter(({ sameAs }) => sameAs !== undefined);
    assert.ok(repeated.length > 0);
    for (const { at, code, sameAs = "" } of repeated) {
      assert.equal(`${code}\n`, readFileSync(path.join(repository, sameAs), "utf8"), at);
    }
  });

  it("are refused where an input is not there, or a name is not imported", () => {
    const text = [
      "```ts",
      'import { SdkKeyRotation } from "pulumi-launchdarkly-rotation";',
      'new SdkKeyRotation("server", { projectKey: "a", environmentKey: "b", rotateEvery: "90d" });',
      "```",
      "```ts",
      'new SdkKeyRotation("server", { projectKey: "a", environmentKey: "b" });',
      "```",
      "<!-- compiled within",
      'import { SdkKeyRotation } from "pulumi-launchdarkly-rotation";',
      'new SdkKeyRotation("server", {',
      "…",
      "});",
      "-->",
      "",
      "```ts",
      'projectKey: "a", environmentKey: "b",',
      "```",
    ];
    const found = complaints(parse("x.md", text.join("\n")).blocks);
    assert.deepEqual([...found.keys()], ["x.md:1", "x.md:5"]);
    assert.match(String(found.get("x.md:1")), /'rotateEvery' does not exist/);
    assert.match(String(found.get("x.md:5")), /Cannot find name 'SdkKeyRotation'/);
  });
});
