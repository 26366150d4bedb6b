/**
 * `npm run mutation`: changes one operator, literal or condition at a time, and asks whether the room's own tests notice.
 *
 * `npm run mutation -- decisions` is of one room, and `-- client/retrying` of one file of it. What has not changed since the
 * last run is taken from there.
 */
import process from "node:process";
import { pathToFileURL } from "node:url";

import { Stryker } from "@stryker-mutator/core";

import { fromRoot } from "../setup/process.mjs";
import "./mocha-12.mjs";

/**
 * The rooms, each with the folders below tests/ whose tests have to notice.
 *
 * @type {Record<string, string[]>}
 */
const ROOMS = {
  decisions: ["decisions"],
  // Nothing but words and forms, which the decisions' tables use.
  model: ["model", "decisions"],
  client: ["client"],
};

/** What those tests load. */
const LOADED = ["provider", "sandbox", "tests", "tools", "package.json", "tsconfig.json", ".mocharc.json"];

// For the processes that Stryker starts.
process.env["NODE_OPTIONS"] = `--import ${pathToFileURL(fromRoot("tools", "mutation", "mocha-12.mjs")).href}`;

/** How many of a hundred changes must be noticed. */
const BAR = 90;

/** @param {string} asked a room, or a file of one */
async function scoreOf(asked) {
  const room = roomOf(asked);
  const stryker = new Stryker({
    mutate: [`provider/${asked === room ? `${room}/**/*` : asked}.ts`],
    testRunner: "mocha",
    mochaOptions: { config: ".mocharc.json", spec: ROOMS[room]?.map((folder) => `tests/${folder}/**/*.test.ts`) ?? [] },
    coverageAnalysis: "perTest",
    ignorePatterns: ["/*", ...LOADED.map((file) => `!/${file}`)],
    concurrency: Number(process.env["MUTATION_JOBS"] ?? 2),
    incremental: true,
    incrementalFile: fromRoot("node_modules", ".cache", "mutation", `${room}.json`),
    reporters: ["clear-text"],
    clearTextReporter: { logTests: false, reportTests: false, allowEmojis: false },
    cleanTempDir: "always",
    tempDirName: ".mutation",
    thresholds: { high: 100, low: BAR, break: null },
    allowConsoleColors: false,
  });
  const results = await stryker.runMutationTest();
  // As Stryker counts: a change with which nothing can be loaded says nothing of the tests.
  const isNone = ["Ignored", "CompileError", "RuntimeError"];
  // Those of the room's other files come along from the last run.
  const isAsked = (/** @type {string} */ file) => asked === room || file.endsWith(`/${asked}.ts`);
  const counted = results.filter(({ status, fileName }) => isAsked(fileName) && !isNone.includes(status));
  const late = counted.filter(({ status }) => status === "Timeout").length;
  const noticed = counted.filter(({ status }) => status === "Killed").length + late;
  return { noticed, late, all: counted.length };
}

/** @param {string} asked */
function roomOf(asked) {
  return asked.split("/")[0] ?? asked;
}

const asked = process.argv.slice(2);
const unknown = asked.filter((one) => !(roomOf(one) in ROOMS));
if (unknown.length > 0) throw new Error(`No room ${unknown.join(", ")}: there are ${Object.keys(ROOMS).join(", ")}.`);
for (const place of asked.length > 0 ? asked : Object.keys(ROOMS)) {
  const { noticed, late, all } = await scoreOf(place);
  const share = (100 * noticed) / all;
  // On a busy machine a change that nothing notices may be among the late ones.
  console.log(
    `${place}: ${noticed} of ${all} changes are noticed, ${share.toFixed(1)} %; ${late} by a test that ran too long.`,
  );
  if (share >= BAR) continue;
  console.error(`${place}: less than ${BAR} %. Each survivor above needs a test, or is a change that changes nothing.`);
  process.exitCode = 1;
}
