/** What the rooms of provider/ must stay; eslint.config.mjs holds each of them to its imports, as ARCHITECTURE.md says. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import type { Linter } from "eslint";
import ts from "typescript";

import { repository } from "../../tools/stack/workspace";

const provider = path.join(repository, "provider");
const credentials = path.join(provider, "credentials");
const MOST_LINES = 250;

/** The files of a folder and of those below it. */
function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name));
}

/** The files that a file names to run them: a type is gone when it runs. */
function importsOf(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const { statements } = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  const types = statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    const { moduleSpecifier: from } = statement;
    return from !== undefined && ts.isStringLiteral(from) && isOfTypes(statement) ? [from.text] : [];
  });
  const { importedFiles } = ts.preProcessFile(text);
  const own = importedFiles.filter(({ fileName }) => fileName.startsWith(".") && !types.includes(fileName));
  return own.map(({ fileName }) => path.resolve(path.dirname(file), `${fileName}.ts`));
}

function isOfTypes(statement: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(statement)) return statement.isTypeOnly;
  const { importClause } = statement;
  if (importClause === undefined || importClause.name !== undefined) return false;
  const { phaseModifier, namedBindings } = importClause;
  const isNamed = namedBindings !== undefined && ts.isNamedImports(namedBindings);
  return (
    phaseModifier === ts.SyntaxKind.TypeKeyword || (isNamed && namedBindings.elements.every((one) => one.isTypeOnly))
  );
}

/** What ARCHITECTURE.md's table of the rooms says that each may import, from the ground up. */
function saidOfRooms(): Record<string, string[]> {
  const page = readFileSync(path.join(repository, "ARCHITECTURE.md"), "utf8");
  const said: Record<string, string[]> = {};
  for (const [, room = "", text = ""] of page.matchAll(/^\| `(\w+)` +\|.*\| +(\S[^|]*?) +\|$/gm)) {
    const named = [...text.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name);
    const isBut = text.startsWith("all of the above");
    said[room] = isBut ? Object.keys(said).filter((other) => !named.includes(other)) : named;
  }
  return said;
}

/** What ESLint leaves each room to import. */
async function heldRooms(rooms: readonly string[]): Promise<Record<string, string[]>> {
  const file = path.join(repository, "eslint.config.mjs");
  const { default: config } = (await import(file)) as { default: Linter.Config[] };
  const forbidden = (room: string) => {
    const own = config.find(({ files }) => files?.includes(`provider/${room}/**/*.ts`));
    const [, { patterns }] = own?.rules?.["no-restricted-imports"] as [string, { patterns: { group: string[] }[] }];
    return patterns.flatMap(({ group }) => group.map((pattern) => pattern.replaceAll(/[*/]/g, "")));
  };
  return Object.fromEntries(
    rooms.map((room) => [room, rooms.filter((other) => other !== room && !forbidden(room).includes(other))]),
  );
}

describe("the rooms of provider/", () => {
  it("may import what ARCHITECTURE.md says, and nothing else", async () => {
    const said = saidOfRooms();
    const rooms = readdirSync(provider, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    assert.deepEqual(Object.keys(said).sort(), rooms.map(({ name }) => name).sort());
    assert.deepEqual(said, await heldRooms(Object.keys(said)));
  });

  it("have no circle of imports", () => {
    const done = new Set<string>();
    function walk(file: string, way: readonly string[]): void {
      assert.ok(!way.includes(file), [...way, file].map((one) => path.relative(provider, one)).join(" → "));
      if (done.has(file)) return;
      for (const imported of importsOf(file)) walk(imported, [...way, file]);
      done.add(file);
    }
    const files = filesBelow(provider);
    for (const file of files) walk(file, []);
    assert.equal(done.size, files.length);
  });

  it(`have a folder of fewer than ${MOST_LINES} lines for each credential`, () => {
    const folders = readdirSync(credentials, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    assert.ok(folders.length >= 5);
    for (const { name } of folders) {
      const files = filesBelow(path.join(credentials, name));
      const lines = files.reduce((sum, file) => sum + readFileSync(file, "utf8").split("\n").length - 1, 0);
      assert.ok(lines < MOST_LINES, `${name}: ${lines} lines`);
    }
  });
});
