/** The processes that a process has started. */
import { execFileSync } from "node:child_process";

export interface Process {
  readonly id: number;
  readonly command: string;
}

/** What lists all processes: the own id, the parent's id and the command line of each. */
const [LISTER, WORDS]: [string, string[]] =
  process.platform === "win32"
    ? [
        "powershell",
        [
          "-NoProfile",
          "-Command",
          'Get-CimInstance Win32_Process | ForEach-Object { "$($_.ProcessId) $($_.ParentProcessId) $($_.CommandLine)" }',
        ],
      ]
    : ["ps", ["-eo", "pid=,ppid=,args="]];

/** All that a process started, and what those started. */
export function descendants(id: number): Process[] {
  const rows = execFileSync(LISTER, WORDS, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 })
    .split(/\r?\n/)
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
  return processes.filter(({ command }) => /^(?:\S*node|"?.*\\node\.exe"?)\s.*dynamic-provider/.test(command));
}

/** The Pulumi CLIs among them. */
export function clis(processes: readonly Process[]): Process[] {
  return processes.filter(({ command }) => /^(?:\S*[/\\]|"?.*\\)?pulumi(?:\.exe"?)?\s/.test(command));
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
