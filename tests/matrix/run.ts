/** Runs a cell, and compares what comes of it with what is expected. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

import type { Cell, Result } from "./cell";
import { createPlace, type Place } from "./place";
import { asks, asksNothing, changesOf, createRotated, goesOn, refuses, type Rotated } from "./rotation";
import { type Tool, tool } from "./tools";

/** What the names in the texts of a cell stand for. */
export type Names = Readonly<Record<string, string>>;

export async function runCell(cell: Cell, names: Names): Promise<Result> {
  const date = new Date().toISOString().slice(0, 10);
  const { name, expected } = cell;
  if (expected.outcome === "not run here") return { name, outcome: expected.outcome, versions: {}, date };
  const tools = await Promise.all([`node@${cell.node ?? "22"}`, ...(cell.tools ?? [])].map(tool));
  const newPlace = () =>
    createPlace(
      names,
      tools.map(({ programs }) => programs),
    );
  const place = newPlace();
  try {
    await holds(cell, place);
    if ("files" in expected) await sameWithoutUs({ ...cell, files: { ...cell.files, ...expected.files } }, newPlace());
    return { name, outcome: expected.outcome, versions: versionsIn(place, cell, tools), date };
  } catch (error) {
    const versions = versionsIn(place, cell, tools);
    return { name, outcome: "differs", versions, date, what: (error as Error).message };
  } finally {
    place.remove();
  }
}

/** @throws {Error} saying how it differs from what is expected */
async function holds(cell: Cell, place: Place): Promise<void> {
  const { run, expected, project, nodeOptions } = cell;
  place.put(cell.files);
  await place.run(cell.commands);
  if (run.kind === "commands") return;
  const rotated = await createRotated(place, { project, nodeOptions, ...("by" in run && { by: run.by }) });
  try {
    if (run.kind === "removal") await removes(cell, run, place, rotated);
    else if ("says" in expected) await refuses(rotated, expected.says);
    else await rotates(cell, place, rotated);
    if ("prints" in expected) assert.match(rotated.printed(), expected.prints);
  } finally {
    await rotated.stop();
  }
}

async function rotates({ run, files }: Cell, place: Place, rotated: Rotated): Promise<void> {
  const changes = changesOf(Object.values(files));
  await asks(rotated, "up", changes.created);
  if (run.kind === "upgrade") {
    place.put(run.files);
    await place.run(run.commands);
    await asksNothing(rotated);
  }
  await goesOn(rotated, changes);
}

type Removal = Extract<Cell["run"], { kind: "removal" }>;

async function removes({ files, expected }: Cell, removal: Removal, place: Place, rotated: Rotated): Promise<void> {
  const { created } = changesOf(Object.values(files));
  await asks(rotated, "up", created);
  place.put(removal.files);
  await place.run(removal.commands);
  if (!("says" in expected)) {
    await asks(rotated, "up", []);
    return;
  }
  await refuses(rotated, expected.says);
  place.put(removal.back);
  await place.run(removal.commands);
  // What the stack owns is deleted now.
  const owned = created.filter((route) => route === "POST /api/v2/tokens");
  await asks(
    rotated,
    "up",
    owned.map((route) => route.replace("POST", "DELETE").concat("/:id")),
  );
}

/**
 * @param cell with a program that does not know the package
 * @throws {Error} if it works where one with the package fails, or does not print the same warning
 */
async function sameWithoutUs(cell: Cell, place: Place): Promise<void> {
  const { expected, project, nodeOptions } = cell;
  try {
    place.put(cell.files);
    await place.run(cell.commands);
    const rotated = await createRotated(place, { project, nodeOptions });
    try {
      if ("says" in expected) await refuses(rotated, expected.says);
      else await asks(rotated, "up", []);
      if ("prints" in expected) assert.match(rotated.printed(), expected.prints);
    } finally {
      await rotated.stop();
    }
  } finally {
    place.remove();
  }
}

/** @returns of Node.js, the tools, Pulumi's CLI and its SDK, as far as they were used */
function versionsIn(place: Place, { project = "", run }: Cell, tools: readonly Tool[]): Record<string, string> {
  const versions = Object.fromEntries(tools.map(({ name, version }) => [name, version]));
  if (run.kind !== "commands")
    versions["cli"] = execFileSync("pulumi", ["version"], { encoding: "utf8" }).slice(1).trim();
  try {
    const sdk = createRequire(path.join(place.folder, project, "program.js")).resolve("@pulumi/pulumi/package.json");
    return { ...versions, sdk: (JSON.parse(readFileSync(sdk, "utf8")) as { version: string }).version };
  } catch {
    return versions;
  }
}
