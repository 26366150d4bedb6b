/** When an interrupt ends the process. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import path from "node:path";

const repository = path.resolve(__dirname, "..", "..");

/** Runs a program that has `uninterrupted`, in a process of its own; a signal is to end it. */
function endOf(program: string): Promise<{ signal: unknown; written: string }> {
  const text = `const { uninterrupted } = require("./provider/run/interrupts");\n${program}`;
  return new Promise((resolve) => {
    const words = ["--require", "ts-node/register", "--eval", text];
    execFile(process.execPath, words, { cwd: repository }, (error, standardOutput) => {
      resolve({ signal: error?.signal, written: standardOutput });
    });
  });
}

describe("an interrupt", () => {
  // Timers of one process fire in their order, however slow it is.
  it("when the work is over does not wait as long as one that came in the midst of it", async () => {
    const { signal, written } = await endOf(`
      uninterrupted(async () => undefined).then(() => {
        process.kill(process.pid, "SIGINT");
        setTimeout(() => console.log("still there"), 200);
      });
      setTimeout(() => undefined, 60_000);
    `);
    assert.deepEqual({ signal, written }, { signal: "SIGINT", written: "" });
  });

  it("when the answer has left as well ends the process at once", async () => {
    const { signal, written } = await endOf(`
      uninterrupted(async () => undefined).then(() => setTimeout(() => {
        process.emit("SIGINT", "SIGINT");
        setTimeout(() => console.log("still there"), 10);
      }, 100));
      setTimeout(() => undefined, 60_000);
    `);
    assert.deepEqual({ signal, written }, { signal: "SIGINT", written: "" });
  });

  it("when one piece of work is over waits for another one that has begun", async () => {
    const { signal, written } = await endOf(`
      uninterrupted(async () => undefined).then(() => {
        process.kill(process.pid, "SIGINT");
        uninterrupted(() => new Promise((done) => setTimeout(done, 400))).then(() => console.log("finished"));
      });
      setTimeout(() => undefined, 60_000);
    `);
    assert.deepEqual({ signal, written }, { signal: "SIGINT", written: "finished\n" });
  });
});
