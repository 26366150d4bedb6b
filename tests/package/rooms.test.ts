/**
 * What the rooms of provider/ must stay; eslint.config.mjs holds each of them to its imports, as ARCHITECTURE.md says, and
 * tools/circles.mjs keeps them free of circles.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import type { Linter } from "eslint";
import ts from "typescript";

import { credentials as all } from "../../provider/credentials/all";
import { repository } from "../../tools/stack/workspace";

const provider = path.join(repository, "provider");
const credentials = path.join(provider, "credentials");
const MOST_LINES = 250;

/** The files of a folder and of those below it. */
function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name));
}

interface Words {
  readonly texts: readonly string[];
  readonly imports: readonly string[];
}

const words = new Map<string, Words>();

/** The texts and the names in a file's code, and what it imports. */
function wordsOf(file: string): Words {
  const known = words.get(file);
  if (known !== undefined) return known;
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest);
  const [texts, imports]: [string[], string[]] = [[], []];
  const visit = (node: ts.Node) => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier))
      imports.push(node.moduleSpecifier.text);
    else if (ts.isStringLiteralLike(node) || ts.isIdentifier(node)) texts.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  words.set(file, { texts, imports });
  return { texts, imports };
}

/** Every file of the core, which has no credential of its own. */
const core = ["model", "decisions", "messages", "client", "run", "rotation", "lifecycle"].flatMap((room) =>
  filesBelow(path.join(provider, room)),
);

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

  it("have a folder of tests each", () => {
    for (const room of Object.keys(saidOfRooms())) {
      const tests = filesBelow(path.join(repository, "tests", room)).filter((file) => file.endsWith(".test.ts"));
      assert.ok(tests.length > 0, room);
    }
  });

  it("know no class of a credential where the core is", () => {
    const classes = all.map(({ className }) => className);
    for (const file of core) {
      const named = wordsOf(file).texts.filter((text) => classes.some((one) => text.includes(one)));
      assert.deepEqual(named, [], file);
    }
  });

  it("send HTTP from client/transport.ts alone, which has axios, and CONNECT from client/proxy.ts", () => {
    const senders = filesBelow(provider).filter((file) => {
      const { texts, imports } = wordsOf(file);
      return imports.some((one) => ["axios", "undici"].includes(one)) || texts.some((one) => one === "fetch");
    });
    assert.deepEqual(
      senders.map((file) => path.relative(provider, file)),
      [path.join("client", "transport.ts")],
    );
    const connecting = filesBelow(provider).filter((file) => wordsOf(file).texts.includes("CONNECT"));
    assert.deepEqual(
      connecting.map((file) => path.relative(provider, file)),
      [path.join("client", "proxy.ts")],
    );
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
