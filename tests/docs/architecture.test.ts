/** The picture of the rooms in ARCHITECTURE.md, held to what the files of provider/ import. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import ts from "typescript";

import { repository } from "../../tools/stack/workspace";

const provider = path.join(repository, "provider");

/** Files beside the rooms that every room may import, and that import nothing. */
const LEAVES = ["version.ts", "shared.ts"];

/** The room of a file, or the node of the picture that it is. */
function roomOf(file: string): string {
  const [first = ""] = path.relative(provider, file).split(path.sep);
  if (first === "index.ts") return "index";
  return /^providers?\.ts$/.test(first) ? "entries" : first;
}

/** Which room imports which, types included; the stubs' own way goes by the state. */
function imports(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const files = readdirSync(provider, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const { parentPath, name } of files) {
    const file = path.join(parentPath, name);
    const room = roomOf(file);
    if (room === "resource" || LEAVES.includes(room)) continue;
    const others = found.get(room) ?? new Set();
    found.set(room, others);
    for (const { fileName } of ts.preProcessFile(readFileSync(file, "utf8")).importedFiles) {
      if (!fileName.startsWith(".")) continue;
      const other = roomOf(path.resolve(parentPath, `${fileName}.ts`));
      if (other !== room && !LEAVES.includes(other)) others.add(other);
    }
  }
  return found;
}

/** All that a room reaches over more than one import. */
function reachedFarther(graph: Map<string, Set<string>>, room: string): Set<string> {
  const reached = new Set<string>();
  const walk = (from: string) => {
    for (const next of graph.get(from) ?? []) {
      if (reached.has(next)) continue;
      reached.add(next);
      walk(next);
    }
  };
  for (const next of graph.get(room) ?? []) walk(next);
  return reached;
}

describe("the picture of the rooms", () => {
  it("has an arrow for each import that no longer way makes, and none that is no import", () => {
    const page = readFileSync(path.join(repository, "ARCHITECTURE.md"), "utf8");
    const picture = /```mermaid\n([\s\S]*?)```/.exec(page)?.[1] ?? assert.fail("there is a picture");
    const drawn = [...picture.matchAll(/^ +(\w+)(?:[[(][^\n]*[\])])? --> (\w+)/gm)].map(
      ([, from, to]) => `${from ?? ""} → ${to ?? ""}`,
    );
    const graph = imports();
    const arrows = (isDrawn: (room: string, other: string) => boolean) =>
      [...graph].flatMap(([room, others]) =>
        [...others].filter((other) => isDrawn(room, other)).map((other) => `${room} → ${other}`),
      );
    const needed = arrows((room, other) => !reachedFarther(graph, room).has(other));
    assert.deepEqual(
      needed.filter((arrow) => !drawn.includes(arrow)),
      [],
      "is drawn",
    );
    const all = [...arrows(() => true), "program → index"];
    assert.deepEqual(
      drawn.filter((arrow) => !all.includes(arrow)),
      [],
      "is an import",
    );
  });
});
