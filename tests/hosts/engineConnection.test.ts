/** Whether the engine is still there. */
import assert from "node:assert/strict";
import { once } from "node:events";
import net, { type AddressInfo } from "node:net";

import { createEngineWatch } from "../../provider/hosts/engine";

/** What listens where an engine would. */
async function startEngine(port = 0) {
  const server = net.createServer();
  const connections: net.Socket[] = [];
  server.on("connection", (socket) => connections.push(socket.on("error", () => undefined)));
  await once(server.listen(port, "127.0.0.1"), "listening");
  const { port: bound } = server.address() as AddressInfo;
  return {
    address: `127.0.0.1:${bound}`,
    connections,
    async closeConnections() {
      await Promise.all(connections.map((socket) => once(socket.destroy(), "close")));
    },
    async stop() {
      const closed = once(server.close(), "close");
      for (const socket of connections) socket.destroy();
      await closed;
    },
  };
}

describe("the engine", () => {
  it("is looked for once, however often it is asked whether it is gone", async () => {
    const engine = await startEngine();
    const isGone = createEngineWatch(engine.address);
    for (let times = 0; times < 20; times++) assert.equal(await isGone(), false);
    assert.equal(engine.connections.length, 1);
    await engine.stop();
  });

  it("is looked for once by many that ask at the same time", async () => {
    const engine = await startEngine();
    const isGone = createEngineWatch(engine.address);
    assert.deepEqual(await Promise.all(Array.from({ length: 5 }, isGone)), Array(5).fill(false));
    assert.equal(engine.connections.length, 1);
    await engine.stop();
  });

  it("is gone when it was there before", async () => {
    const engine = await startEngine();
    const isGone = createEngineWatch(engine.address);
    assert.equal(await isGone(), false);
    await engine.stop();
    assert.equal(await isGone(), true);
  });

  it("is not gone when it closes a connection that says nothing", async () => {
    const engine = await startEngine();
    const isGone = createEngineWatch(engine.address);
    assert.equal(await isGone(), false);
    await engine.closeConnections();
    assert.equal(await isGone(), false);
    assert.equal(engine.connections.length, 2);
    await engine.stop();
  });

  it("is not gone where nobody can tell", async () => {
    assert.equal(await createEngineWatch("no address")(), false);
  });
});
