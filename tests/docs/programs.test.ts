/** Every block of TypeScript in the documentation compiles, each as a module of its own, with the package's types. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
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
  // As in a new Pulumi project.
  esModuleInterop: false,
  skipLibCheck: true,
  allowJs: true,
  checkJs: true,
  noEmit: true,
  // Node.js that strips the types looks for a type without the word `type` when the program runs.
  verbatimModuleSyntax: true,
  // Each is a module, though it may import nothing.
  moduleDetection: ts.ModuleDetectionKind.Force,
};

/** That a program is no ES module, which its reader's compiler makes of it or not. */
const NO_ES_MODULE = [1286, 1287, 1295];

/** The examples of docstrings, where an editor shows them, import nothing. */
const API = "docs/api/";

function imported(code: string): string {
  const names = new Set(code.match(/\b(?:\w+Rotation|Rotating\w+|findAccessToken\w*)\b/g));
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
  for (const { file, code, messageText } of ts.getPreEmitDiagnostics(program)) {
    if (NO_ES_MODULE.includes(code)) continue;
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

  it("write no .then for what an output gives, and neither do the examples", () => {
    const folder = path.join(repository, "examples");
    const examples = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
      (file) => file.endsWith(".ts") && !file.includes("node_modules"),
    );
    const texts = [
      ...blocksIn(pages(), ...Object.keys(EXTENSIONS)).map(({ at, code }) => [at, code] as const),
      ...examples.map((file) => [file, readFileSync(path.join(folder, file), "utf8")] as const),
    ];
    assert.ok(examples.length > 5);
    const promises = texts.filter(([, text]) => /\.then\(\s*\(?\{\s*id\b/.test(text));
    assert.deepEqual(
      promises.map(([at]) => at),
      [],
    );
  });

  it("are refused where a type is imported without the word", () => {
    const program = (word: string) => [
      "```ts",
      `import { SdkKeyRotation, ${word}SdkKeyRotationArgs } from "pulumi-launchdarkly-rotation";`,
      'const args: SdkKeyRotationArgs = { projectKey: "a", environmentKey: "b" };',
      'new SdkKeyRotation("server", args);',
      "```",
    ];
    const found = complaints(parse("x.md", [...program(""), ...program("type ")].join("\n")).blocks);
    assert.deepEqual([...found.keys()], ["x.md:1"]);
    assert.match(String(found.get("x.md:1")), /'SdkKeyRotationArgs' is a type and must be imported using a type-only/);
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
