/** Waits for the end of a child process, or brings it about. */
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

/** Resolves when the process has ended, also if that was before. */
export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}

/** Kills a process by SIGKILL, unless it has ended. */
export async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
  await ended(child);
}
