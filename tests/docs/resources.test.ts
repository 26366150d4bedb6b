/**
 * The page of each resource tells every input and output, with the type and the need that are declared: below a heading of
 * its own, or in a row that leads to docs/inputs.md, where what several resources have is said once.
 */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import ts from "typescript";

import { repository } from "../../tools/stack/workspace";
import { tableRows } from "../support/markdown";
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

type Part = "Inputs" | "Outputs";

/** The heading of the rows that lead to docs/inputs.md. */
const SHARED = "As in other resources";

/** A paragraph longer than this stands on one page. */
const LONG = 100;

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

/** The headings of a part of a page. */
function part(headings: readonly Heading[], name: Part): readonly Heading[] {
  const start = headings.findIndex(({ text }) => text === name) + 1;
  const end = headings.findIndex(({ level }, index) => index >= start && level <= 2);
  return headings.slice(start, end < 0 ? headings.length : end);
}

/** The first line below a heading. */
function firstLine({ body }: Heading): string {
  const [line = ""] = body.trim().split("\n");
  return line.replace(/Default: [^.].*\.$/, "Default: …");
}

/** What a row says, as a heading would: its input or output, the type, and the need of an input. */
function saidByRow(row: Readonly<Record<string, string>>): [name: string, said: string] {
  const [cell = "", type = "", need] = Object.values(row);
  const [, name = "", anchor] = /^\[`(\w+)`\]\(inputs\.md#(\w+)\)$/.exec(cell) ?? assert.fail(`leads nowhere: ${cell}`);
  assert.equal(anchor, name.toLowerCase(), cell);
  assert.notEqual(need, "", cell);
  const needed = need === undefined ? "" : need === "required" ? ". Required." : ". Default: …";
  return [name, type + needed];
}

/** What a part of the page of a resource says of each input or output. */
function said(headings: readonly Heading[], name: Part): Said {
  return Object.fromEntries(
    part(headings, name).flatMap((heading): (readonly [string, string])[] => {
      if (heading.text !== SHARED) return [[heading.text.replaceAll("`", ""), firstLine(heading)]];
      return tableRows(heading.body).map(saidByRow);
    }),
  );
}

/** What docs/inputs.md says of each, once for all resources. */
function saidOnce(name: Part): Said {
  return Object.fromEntries(
    part(page("docs/inputs.md").headings, name).map((heading) => [
      heading.text.replaceAll("`", ""),
      firstLine(heading),
    ]),
  );
}

/** The sentences of a page that are long enough to be text, and not the name of a type. */
function paragraphs(file: string): string[] {
  const text = readFileSync(path.join(repository, file), "utf8").replace(/^```[\s\S]*?^```|<!--[\s\S]*?-->/gm, "");
  return text.split(/\n\n+/).filter((one) => one.length > LONG && !one.startsWith("|") && !one.startsWith("#"));
}

describe("the pages of the resources", function () {
  this.timeout(60_000);

  it("are there for each class", () => {
    assert.ok(resources.length >= 5);
    for (const name of resources) {
      assert.ok(existsSync(path.join(repository, pageOf(name))), `${name} has no page ${pageOf(name)}`);
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

  for (const [name, of] of [
    ["Inputs", inputsOf],
    ["Outputs", outputsOf],
  ] as const) {
    it(`share the ${name.toLowerCase()} of docs/inputs.md, which says of them what every resource with them declares`, () => {
      const once = saidOnce(name);
      const declaredBy = resources.map((resource) => of(resource));
      for (const [one, text] of Object.entries(once)) {
        const declarations = declaredBy.flatMap((values) => values[one] ?? []);
        assert.ok(declarations.length >= 2, `${one} is of several resources`);
        assert.deepEqual([...new Set(declarations)], [text], one);
      }
    });
  }

  it("repeat no text of each other, or of docs/inputs.md", () => {
    const all = ["docs/inputs.md", ...resources.map(pageOf)].flatMap((file) => [...new Set(paragraphs(file))]);
    assert.ok(all.length > 50);
    assert.deepEqual(
      all.filter((one, index) => all.indexOf(one) !== index),
      [],
      "these stand on several pages: leave each on one, and lead there from the others",
    );
  });
});
