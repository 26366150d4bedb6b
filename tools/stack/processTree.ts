/** The processes that a process has started. */
import { execFileSync } from "node:child_process";

export interface Process {
  readonly id: number;
  readonly command: string;
}

/** All that a process started, and what those started, by `ps`. */
export function descendants(id: number): Process[] {
  const rows = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 })
    .split("\n")
    .map((row) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row))
    .filter((match) => match !== null)
    .map(([, own, parent, command]) => ({ id: Number(own), parent: Number(parent), command: command ?? "" }));
  const below = (parent: number): Process[] =>
    rows
      .filter((row) => row.parent === parent)
      .flatMap(({ id: own, command }) => [{ id: own, command }, ...below(own)]);
  return below(id);
}

/** The dynamic providers among them. */
export function providers(processes: readonly Process[]): Process[] {
  return processes.filter(({ command }) => /^\S*node\s.*dynamic-provider/.test(command));
}

/** Kills what is left of processes, as after a CLI that was killed and could not end them itself. */
export function killAll(processes: readonly Process[]): void {
  for (const { id } of processes) {
    try {
      process.kill(id, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  }
}
