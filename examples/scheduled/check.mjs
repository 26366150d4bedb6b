/**
 * Fails if nothing has rotated the key for too long: `pulumi stack output --json | node check.mjs <days>`.
 *
 * Let a job of its own run it, more often than the key gets old: then a schedule that has stopped is noticed, too.
 */
import process from "node:process";
import { text } from "node:stream/consumers";

const DAY = 86_400_000;

const days = Number(process.argv[2]);
/** @type {(json: string) => { lastRotatedAt?: string | null }} */
const read = JSON.parse;
const { lastRotatedAt: rotatedAt } = read((await text(process.stdin)) || "{}");
const age = (Date.now() - Date.parse(rotatedAt ?? "")) / DAY;

/** Written so that what can't be read fails as well. */
const problem = !(days > 0)
  ? "Say after how many days it is too long: node check.mjs 92"
  : rotatedAt === undefined
    ? "The stack has no output lastRotatedAt. Export it, and name the right stack."
    : rotatedAt === null
      ? "Nothing has rotated the key yet."
      : !(age <= days)
        ? `Nothing has rotated the key since ${rotatedAt}: that is more than ${days} days. Look at the scheduled runs.`
        : undefined;

console.log(problem ?? `The key was rotated at ${rotatedAt}.`);
process.exitCode = problem === undefined ? 0 : 1;
