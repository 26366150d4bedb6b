/** Runs the programs that set-up needs, and says where the repository is. */
import { spawn } from "node:child_process";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..");

/**
 * @param {string[]} parts
 * @returns {string} an absolute path inside the repository
 */
export function fromRoot(...parts) {
  return path.join(root, ...parts);
}

/**
 * Runs a program quietly.
 *
 * @param {string} command
 * @param {string[]} words
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<string>} its standard output
 * @throws {Error} with the first and the last lines it printed, if it can't be started or fails
 */
export function output(command, words, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, {
      cwd: options.cwd ?? root,
      env: { ...process.env, ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
      // A batch file there, which only a shell starts. A shell would take the words of others apart.
      shell: process.platform === "win32" && command === "npm",
    });
    let standardOutput = "";
    let everything = "";
    child.stdout.on("data", (chunk) => {
      standardOutput += String(chunk);
      everything += String(chunk);
    });
    child.stderr.on("data", (chunk) => {
      everything += String(chunk);
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(standardOutput.trim());
      else reject(new Error(`${command} ${words[0] ?? ""} failed (exit ${code})\n${ends(everything)}`));
    });
  });
}

/**
 * Says what is being done while it is being done, and how long it took.
 *
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} step
 * @returns {Promise<T>}
 */
export async function announced(what, step) {
  const started = performance.now();
  console.error(`setup: ${what}…`);
  const result = await step();
  console.error(`setup: ${what}: done in ${Math.ceil((performance.now() - started) / 1000)} s`);
  return result;
}

/**
 * The verdict stands in the last lines as a rule; npm says it first, and its usage after that.
 *
 * @param {string} text
 */
function ends(text) {
  const lines = text.trim().split("\n");
  return (lines.length <= 20 ? lines : [...lines.slice(0, 5), "…", ...lines.slice(-15)]).join("\n");
}
