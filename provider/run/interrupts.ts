/** Keeps an interrupt from killing the process between a reset and the moment Pulumi has the new key. */

/** SIGBREAK is what the engine ends a run with on Windows. Elsewhere nobody sends it. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGBREAK"] as const;

/** The answer leaves the process after the lifecycle method has returned, with no event to wait for. */
const GRACE_MS = 250;

let sections = 0;
let received: NodeJS.Signals | undefined;

/**
 * Runs work that must not be cut short. A signal that arrives in the meantime ends the process only when the engine has
 * the result: that of Ctrl-C, and the one by which the engine ends every run.
 */
export async function uninterrupted<Result>(work: () => Promise<Result>): Promise<Result> {
  if (sections++ === 0) for (const signal of SIGNALS) process.on(signal, remember);
  try {
    return await work();
  } finally {
    setTimeout(release, GRACE_MS).unref();
  }
}

function release(): void {
  if (--sections > 0) return;
  for (const signal of SIGNALS) process.off(signal, remember);
  // Node.js can't send SIGBREAK.
  if (received !== undefined) process.kill(process.pid, received === "SIGBREAK" ? "SIGTERM" : received);
}

function remember(signal: NodeJS.Signals): void {
  received = signal;
}

/** Whether a signal has arrived: what is not begun yet should not begin. */
export function isInterrupted(): boolean {
  return received !== undefined;
}
