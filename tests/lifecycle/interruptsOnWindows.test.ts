/** Signals as Windows has them. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";

import { repository } from "../../tools/stack/workspace";

/** Nothing sends the signal here, so the process tells itself of it as Node.js would. */
const SCRIPT = `
  const { isInterrupted, uninterrupted } = require("./provider/run/interrupts");
  const work = uninterrupted(async () => {
    const heard = process.emit("SIGBREAK", "SIGBREAK");
    await new Promise(setImmediate);
    console.log(JSON.stringify({ heard, interrupted: isInterrupted() }));
  });
  setInterval(() => undefined, 1000);
`;

describe("the interrupt by which the engine ends a run on Windows", () => {
  it("waits for the work that is under way, and then ends the process", async () => {
    const child = spawn(process.execPath, ["-r", "ts-node/register", "-e", SCRIPT], { cwd: repository, stdio: "pipe" });
    let printed = "";
    child.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()));
    try {
      const [, signal] = (await once(child, "close")) as [number | null, string | null];
      assert.deepEqual(JSON.parse(printed), { heard: true, interrupted: true });
      assert.equal(signal, "SIGTERM");
    } finally {
      child.kill("SIGKILL");
    }
  });
});
