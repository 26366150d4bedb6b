/** Times commands, with all processes that they start. */
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";

export interface Timing {
  readonly wallMs: number;
  /** Of the command and all that it started, user's and system's; undefined where the shell can't tell. */
  readonly cpuMs: number | undefined;
}

/**
 * Stands in front of a command on the PATH, and lets bash count what it and its children have used: Node can't tell it of
 * a child.
 */
export interface CpuCounter {
  /** The variables with which the command is found behind the counter. */
  readonly environment: Readonly<Record<string, string>>;
  /** Runs work that runs the command once, and times it. */
  time<Result>(work: () => Promise<Result>): Promise<{ readonly timing: Timing; readonly result: Result }>;
}

/**
 * @param command such as "pulumi", found on the PATH
 * @param aside a folder to keep files in
 */
export function createCpuCounter(command: string, aside: string): CpuCounter {
  const folder = path.join(aside, "counted");
  const file = path.join(aside, "cpu");
  mkdirSync(folder, { recursive: true });
  const counted = path.join(folder, command);
  const { PATH = "" } = process.env;
  writeFileSync(
    counted,
    `#!/usr/bin/env bash
export PATH=${quoted(PATH)}
TIMEFORMAT='%U %S'
{ time ${command} "$@" 2>&3; } 3>&2 2>${quoted(file)}
`,
  );
  chmodSync(counted, 0o755);
  return {
    environment: { PATH: `${folder}${path.delimiter}${PATH}` },
    async time(work) {
      rmSync(file, { force: true });
      const before = performance.now();
      const result = await work();
      return { result, timing: { wallMs: performance.now() - before, cpuMs: cpu(file) } };
    },
  };
}

function cpu(file: string): number | undefined {
  const [, user, system] = /^([\d.]+) ([\d.]+)$/m.exec(readFileSync(file, "utf8")) ?? [];
  return user === undefined ? undefined : (Number(user) + Number(system)) * 1000;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
