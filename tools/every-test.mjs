/**
 * `npm test`: mocha with every test file, and its options behind it.
 *
 * Mocha starts files in the order given. What waits long goes first, so that it waits beside what computes, and nobody
 * waits for it alone in the end.
 */
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import process from "node:process";

import { fromRoot } from "./setup/process.mjs";

/** Files of half a minute and more: those that wait, then those that compute. */
const LONG = [
  "lifecycle/answerTimeOuts",
  "chaos/resets",
  "lifecycle/lostReplies",
  "lifecycle/unprocessedResets",
  "chaos/chaos",
  "cli/hooks",
  "lifecycle/driftTable",
  "matrix/short",
  "chaos/consumers",
  "lifecycle/repeatedCalls",
  "lifecycle/faultTable",
  "cli/rotatingAccessToken",
  "lifecycle/faultPairs",
].map((name) => `tests/${name}.test.ts`);

const found = readdirSync(fromRoot("tests"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".test.ts"))
  .map((file) => `tests/${file.split(path.sep).join("/")}`)
  .sort();
const missing = LONG.filter((file) => !found.includes(file));
if (missing.length > 0)
  throw new Error(`There is no ${missing.join(" and no ")}: correct LONG in tools/every-test.mjs.`);

const mocha = fromRoot("node_modules", "mocha", "bin", "mocha.js");
const words = [mocha, ...process.argv.slice(2), ...LONG, ...found.filter((file) => !LONG.includes(file))];
const child = spawn(process.execPath, words, { stdio: "inherit", cwd: fromRoot() });
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.on("exit", (code) => {
  process.exitCode = code ?? 1;
});
