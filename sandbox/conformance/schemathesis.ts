/** schemathesis, a tool in Python, in a virtual environment of its own: node_modules/.cache/schemathesis. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import process from "node:process";

const PATIENCE_MS = 300_000;

const requirements = path.join(__dirname, "requirements.txt");
const folder = path.join(__dirname, "..", "..", "node_modules", ".cache", "schemathesis");
const programs = path.join(folder, process.platform === "win32" ? "Scripts" : "bin");

/**
 * Installs it once, as requirements.txt says.
 *
 * @throws {SetupError} if there is no Python for it, or it can't be installed
 */
export async function ensureSchemathesis(): Promise<void> {
  const { ensurePython } = await import("../../tools/setup/python.mjs");
  await ensurePython({ name: "schemathesis", requirements });
}

/**
 * Runs it, with its output on this process's.
 *
 * @param cwd where it may leave files
 * @returns its exit status; undefined if it took too long
 */
export async function runSchemathesis(
  words: readonly string[],
  { cwd, environment }: { readonly cwd: string; readonly environment: Readonly<Record<string, string>> },
): Promise<number | undefined> {
  // A proxy has no business between two programs of this machine.
  const inherited = Object.entries(process.env).filter(([name]) => !name.toLowerCase().endsWith("_proxy"));
  const child = spawn(path.join(programs, "schemathesis"), words, {
    cwd,
    env: { ...Object.fromEntries(inherited), ...environment },
    stdio: ["ignore", "inherit", "inherit"],
    timeout: PATIENCE_MS,
  });
  const [status] = (await once(child, "exit")) as [number | null];
  return status ?? undefined;
}
