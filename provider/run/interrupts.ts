/** Keeps an interrupt from killing the process between a reset and the moment Pulumi has the new key. */
import { shared } from "../shared";
import { version } from "../version";

/** SIGBREAK is what the engine ends a run with on Windows. Elsewhere nobody sends it. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGBREAK"] as const;

/** The answer leaves the process after the lifecycle method has returned, with no event to wait for. */
const GRACE_MS = 250;

/** A signal after the end of the work waits only for the answer to leave. The engine ends every run with such a signal. */
const ANSWER_MS = 20;

export interface Interrupts {
  /**
   * Runs work that must not be cut short. A signal that arrives in the meantime ends the process only when the engine has
   * the result: that of Ctrl-C, and the one by which the engine ends every run.
   */
  uninterrupted<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Whether the run is to end: what is not begun yet should not begin. */
  isInterrupted(): boolean;
  /** The engine's own word for that, where it calls instead of sending a signal. @param isCancelled false for another run */
  cancel(isCancelled: boolean): void;
}

/** One for all copies of this version: what one of them has under way, another must not end. */
export const { uninterrupted, isInterrupted, cancel } = shared(`interrupts/${version}`, createInterrupts);

function createInterrupts(): Interrupts {
  /** How many pieces of work are under way, and how many of them or of their answers may be. */
  let working = 0;
  let sections = 0;
  let received: NodeJS.Signals | undefined;
  let isCancelled = false;
  /** Runs out when the answer of the last work has left. */
  let answering: NodeJS.Timeout | undefined;
  /** Whether the process is to end then. */
  let endsWithAnswer = false;

  function answered(): void {
    answering = undefined;
    // More work may have begun: then its end is that of the process.
    if (endsWithAnswer && working === 0) end();
  }

  function release(): void {
    if (--sections > 0) return;
    end();
  }

  function end(): void {
    for (const signal of SIGNALS) process.off(signal, remember);
    // Node.js can't send SIGBREAK.
    if (received !== undefined) process.kill(process.pid, received === "SIGBREAK" ? "SIGTERM" : received);
  }

  function remember(signal: NodeJS.Signals): void {
    received = signal;
    if (working > 0) return;
    if (answering === undefined) end();
    else endsWithAnswer = true;
  }

  return {
    async uninterrupted(work) {
      working++;
      if (sections++ === 0) for (const signal of SIGNALS) process.on(signal, remember);
      try {
        return await work();
      } finally {
        working--;
        clearTimeout(answering);
        answering = setTimeout(answered, ANSWER_MS);
        setTimeout(release, GRACE_MS).unref();
      }
    },
    isInterrupted: () => received !== undefined || isCancelled,
    cancel(isNow) {
      isCancelled = isNow;
    },
  };
}
