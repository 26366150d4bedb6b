/** Asks the person at the terminal. */
import readline from "node:readline";
import { type Readable, Writable } from "node:stream";

export interface Terminal {
  /** @returns whether the person agrees; no if nobody is there */
  agree(question: string): Promise<boolean>;
  close(): void;
}

export interface TerminalOptions {
  readonly input: Readable;
  readonly output: Writable;
  /** Agrees to everything without asking. */
  readonly yes: boolean;
  readonly interrupted: AbortSignal;
}

export function openTerminal({ input, output, yes, interrupted }: TerminalOptions): Terminal {
  const lines = readline.createInterface({ input });
  const answers = lines[Symbol.asyncIterator]();
  return {
    async agree(question) {
      output.write(`${question} [y/N] `);
      if (yes) {
        output.write("y (--yes)\n");
        return true;
      }
      const answer = await unless(interrupted, answers.next());
      return answer.done !== true && /^y(?:es)?$/i.test(answer.value.trim());
    },
    close() {
      lines.close();
    },
  };
}

/** Reads a line without showing it. */
export async function askHidden(
  question: string,
  { input, output, interrupted }: Pick<TerminalOptions, "input" | "output" | "interrupted">,
  interrupt: () => void,
): Promise<string> {
  output.write(question);
  const silent = new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  const lines = readline.createInterface({ input, output: silent, terminal: true });
  // The terminal is raw now, and sends no signal.
  lines.once("SIGINT", interrupt);
  try {
    return await unless(
      interrupted,
      new Promise<string>((resolve) => {
        lines.once("line", resolve).once("close", () => {
          resolve("");
        });
      }),
    );
  } finally {
    lines.close();
    output.write("\n");
  }
}

/** @throws as soon as the run is interrupted */
function unless<Result>(interrupted: AbortSignal, promise: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      reject(interrupted.reason as Error);
    };
    if (interrupted.aborted) stop();
    interrupted.addEventListener("abort", stop, { once: true });
    void promise.then(resolve, reject).finally(() => {
      interrupted.removeEventListener("abort", stop);
    });
  });
}
