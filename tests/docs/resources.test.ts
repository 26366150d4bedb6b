/** The page of each resource has a heading for every input and output, with the type and the need that are declared. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";

import ts from "typescript";

import { repository } from "../../tools/stack/workspace";
import { type Heading, page } from "./pages";

const entry = path.join(repository, "dist", "index.d.ts");
const program = ts.createProgram([entry], { module: ts.ModuleKind.Node16, skipLibCheck: true, strict: true });
const checker = program.getTypeChecker();

/** What the package exports, by name. */
const exported = new Map(
  checker
    .getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(entry) ?? assert.fail()) ?? assert.fail())
    .map((symbol): [string, ts.Symbol] => [
      symbol.name,
      symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol,
    ]),
);

const resources = [...exported.keys()].filter((name) => exported.has(`${name}Args`));

/** What a page says of a value below its heading. */
type Said = Record<string, string>;

function declared(name: string): ts.Symbol[] {
  const symbol = exported.get(name) ?? assert.fail(name);
  const isOwn = (member: ts.Symbol) => {
    const [declaration] = member.declarations ?? [];
    return (
      declaration !== undefined &&
      (ts.isPropertySignature(declaration) || ts.isPropertyDeclaration(declaration)) &&
      path.normalize(declaration.getSourceFile().fileName).startsWith(path.dirname(entry))
    );
  };
  return checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol)).filter(isOwn);
}

/** As people think of it: without what stands for a value that Pulumi knows later. */
function typeOf(member: ts.Symbol): string {
  const [declaration] = member.declarations ?? [];
  assert.ok(declaration && (ts.isPropertySignature(declaration) || ts.isPropertyDeclaration(declaration)));
  let text = (declaration.type ?? assert.fail(member.name)).getText().replace(/ \| undefined$/, "");
  while (/pulumi\.(?:In|Out)put</.test(text)) text = text.replace(/pulumi\.(?:In|Out)put<([^<>]*)>/, "$1");
  return text;
}

function inputsOf(name: string): Said {
  return Object.fromEntries(
    declared(`${name}Args`).map((member) => {
      const need = member.flags & ts.SymbolFlags.Optional ? "Default: …" : "Required.";
      return [member.name, `\`${typeOf(member)}\`. ${need}`];
    }),
  );
}

function outputsOf(name: string): Said {
  return Object.fromEntries(
    declared(name).map((member) => {
      const isSecret = ts.displayPartsToString(member.getDocumentationComment(checker)).includes("Secret.");
      return [member.name, `\`${typeOf(member)}\`${isSecret ? ", secret" : ""}`];
    }),
  );
}

/** The page of a class: `docs/sdk-key-rotation.md`. */
function pageOf(name: string): string {
  return `docs/${name.replace(/(?<!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase()}.md`;
}

/** The first line below each heading of a part of the page. */
function said(headings: readonly Heading[], part: "Inputs" | "Outputs"): Said {
  const start = headings.findIndex(({ text }) => text === part) + 1;
  const end = headings.findIndex(({ level }, index) => index >= start && level <= 2);
  return Object.fromEntries(
    headings.slice(start, end < 0 ? headings.length : end).map(({ text, body }) => {
      const [line = ""] = body.trim().split("\n");
      return [text.replaceAll("`", ""), line.replace(/Default: [^.].*\.$/, "Default: …")];
    }),
  );
}

describe("the pages of the resources", function () {
  this.timeout(60_000);

  it("are there for each class", () => {
    assert.ok(resources.length >= 5);
    for (const name of resources) {
      assert.ok(existsSync(path.join(repository, pageOf(name))), pageOf(name));
      assert.equal(page(pageOf(name)).headings[0]?.text, name);
    }
  });

  for (const name of resources) {
    it(`tell the type and the need of each input of ${name}, and nothing else`, () => {
      assert.deepEqual(said(page(pageOf(name)).headings, "Inputs"), inputsOf(name));
    });

    it(`tell the type of each output of ${name}, and which are secret`, () => {
      assert.deepEqual(said(page(pageOf(name)).headings, "Outputs"), outputsOf(name));
    });
  }
});
