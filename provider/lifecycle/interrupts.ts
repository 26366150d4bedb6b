/** Keeps an interrupt from killing the process between a reset and the moment Pulumi has the new key. */

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** The answer leaves the process after the lifecycle method has returned, with no event to wait for. */
const GRACE_MS = 1_000;

let sections = 0;
let interrupted = false;

/**
 * Runs work that must not be cut short. A signal that arrives in the meantime does not end the process: the engine,
 * which got it too, does that when it has the result.
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
  if (--sections === 0) for (const signal of SIGNALS) process.off(signal, remember);
}

function remember(): void {
  interrupted = true;
}

/** Whether a signal has arrived: what is not begun yet should not begin. */
export function isInterrupted(): boolean {
  return interrupted;
}
