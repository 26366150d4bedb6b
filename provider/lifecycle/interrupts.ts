/** Keeps an interrupt from killing the process between a reset and the moment Pulumi has the new key. */

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** The answer leaves the process after the lifecycle method has returned, with no event to wait for. */
const GRACE_MS = 1_000;

let sections = 0;

/**
 * Runs work that must not be cut short. A signal that arrives in the meantime is ignored: the engine, which got it
 * too, ends the process when it has the result.
 */
export async function uninterrupted<Result>(work: () => Promise<Result>): Promise<Result> {
  if (sections++ === 0) for (const signal of SIGNALS) process.on(signal, ignore);
  try {
    return await work();
  } finally {
    setTimeout(release, GRACE_MS).unref();
  }
}

function release(): void {
  if (--sections === 0) for (const signal of SIGNALS) process.off(signal, ignore);
}

function ignore(): void {
  // The section decides when it is done.
}
