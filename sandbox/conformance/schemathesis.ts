/** schemathesis, a tool in Python, in a virtual environment of its own: node_modules/.cache/schemathesis. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import path from "node:path";
import process from "node:process";

const OLDEST_PYTHON = [3, 11] as const;
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
  const { fingerprint, isStamped, stamp } = await import("../../tools/setup/fingerprint.mjs");
  const { announced } = await import("../../tools/setup/process.mjs");
  const python = await findPython();
  const stampFile = path.join(folder, ".setup");
  const expected = await fingerprint([requirements], python);
  if (await isStamped(stampFile, expected)) return;
  await announced("installing schemathesis", () => install(python));
  await stamp(stampFile, expected);
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

async function findPython(): Promise<string> {
  const { firstThatWorks } = await import("../../tools/setup/first-that-works.mjs");
  const { output } = await import("../../tools/setup/process.mjs");
  const oldest = OLDEST_PYTHON.join(".");
  const ways = ["python3", "python"].map((command) => ({
    name: command,
    async attempt() {
      const version = await output(command, ["-c", "import platform; print(platform.python_version())"]);
      const [major = 0, minor = 0] = version.split(".").map(Number);
      if (major !== OLDEST_PYTHON[0] || minor < OLDEST_PYTHON[1]) throw new Error(`it is ${version}`);
      return command;
    },
  }));
  return firstThatWorks(`schemathesis needs Python ${oldest} or newer, and npm test does not`, ways);
}

async function install(python: string): Promise<void> {
  const { output } = await import("../../tools/setup/process.mjs");
  const { SetupError } = await import("../../tools/setup/setup-error.mjs");
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:"];
  try {
    await rm(folder, { recursive: true, force: true });
    await output(python, ["-m", "venv", folder]);
    await output(path.join(programs, "python"), [...pip, "--require-hashes", "-r", requirements]);
  } catch (error) {
    throw new SetupError(`schemathesis could not be installed. ${(error as Error).message}`);
  }
}
