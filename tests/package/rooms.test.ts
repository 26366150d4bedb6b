/**
 * What the rooms of provider/ must stay; eslint.config.mjs holds each of them to its imports, as ARCHITECTURE.md says, and
 * tools/circles.mjs keeps them free of circles. outside.test.ts has what they may touch outside of the process.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import type { Linter } from "eslint";

import { credentials as all } from "../../provider/credentials/all";
import { repository } from "../../tools/stack/workspace";
import { core, filesBelow, provider, wordsOf } from "./sources";

const credentials = path.join(provider, "credentials");
const MOST_LINES = 250;

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
