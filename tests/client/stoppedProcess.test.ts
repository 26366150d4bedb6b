/** A process that stands still while an answer arrives reads it before it gives the request up. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { Worker } from "node:worker_threads";

import { createTransport } from "../../provider/client/transport";

const KEY = "api-aaaaaaaa-0000-4000-8000-0123456789ab";
const TIMEOUT_MS = 200;

/** A server of its own thread, which answers when `flags[0]` is set, and then sets `flags[1]`. */
const SERVER = `
  const { parentPort, workerData } = require("node:worker_threads");
  const { flags, answer } = workerData;
  const server = require("node:http").createServer((request, response) => {
    Atomics.store(flags, 2, 1);
    Atomics.notify(flags, 2);
    Atomics.wait(flags, 0, 0);
    response.end(answer, () => {
      Atomics.store(flags, 1, 1);
      Atomics.notify(flags, 1);
    });
  });
  server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));
`;

describe("a process that stands still", () => {
  let worker: Worker | undefined;
  afterEach(() => worker?.terminate());

  /** Sends a request, stands still until the answer is there and its time is over, and goes on. */
  async function sendAndStandStill(answer: string) {
    const flags = new Int32Array(new SharedArrayBuffer(12));
    worker = new Worker(SERVER, { eval: true, workerData: { flags, answer } });
    const [port] = (await once(worker, "message")) as [number];
    const options = { userAgent: "test/1", connectTimeoutMs: 10_000, responseTimeoutMs: TIMEOUT_MS };
    const send = createTransport({ host: `http://127.0.0.1:${port}`, ...options });
    const sent = send({ method: "POST", path: "/reset", key: KEY });
    while (Atomics.load(flags, 2) === 0) await new Promise((resolve) => setImmediate(resolve));
    Atomics.store(flags, 0, 1);
    Atomics.notify(flags, 0);
    if (answer.length < 10_000) Atomics.wait(flags, 1, 0);
    // Nothing sets this one: the whole thread waits, and its time passes.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, TIMEOUT_MS + 100);
    return sent;
  }

  it("reads an answer that came in the meantime", async () => {
    const reply = await sendAndStandStill('{"token":"new"}');
    assert.deepEqual(reply.kind === "answer" && reply.body, { token: "new" });
  });

  it("reads all of a long one", async () => {
    const name = "x".repeat(1_000_000);
    const reply = await sendAndStandStill(JSON.stringify({ token: "new", name }));
    assert.deepEqual(reply.kind === "answer" && reply.body, { token: "new", name });
  });
});
