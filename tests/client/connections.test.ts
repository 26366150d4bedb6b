/** Which requests share a connection, and that a dropped one loses no reset. */
import assert from "node:assert/strict";
import http from "node:http";
import https from "node:https";
import type net from "node:net";

import { createTransport, type Transport } from "../../provider/client/transport";
import { selfSigned } from "../support/certificate";
import { createServers } from "../support/servers";
import { trust } from "../support/trust";

describe("the connections of the transport", () => {
  const servers = createServers();
  afterEach(servers.stop);

  /** The connection of each request so far, by its number. */
  let used: number[];
  let connections: net.Socket[];
  beforeEach(() => {
    used = [];
    connections = [];
  });

  /** Notes the connection of a request, and says whether it is the first one there. */
  function note({ socket }: http.IncomingMessage): boolean {
    const isFirst = !connections.includes(socket);
    if (isFirst) connections.push(socket);
    used.push(connections.indexOf(socket));
    return isFirst;
  }
  const answering: http.RequestListener = (request, response) => {
    note(request);
    response.end("{}");
  };
  const transportTo = (host: string): Transport =>
    createTransport({ host, userAgent: "test/1", connectTimeoutMs: 10_000, responseTimeoutMs: 10_000 });
  const send = async (transport: Transport, method: "GET" | "POST") =>
    (await transport({ method, path: "/", key: "api-key" })).kind;

  it("serve many reads, but each reset leaves on one of its own", async () => {
    const transport = transportTo(`http://127.0.0.1:${await servers.listen(http.createServer(answering))}`);
    for (const method of ["GET", "GET", "POST", "POST", "GET"] as const) await send(transport, method);
    assert.deepEqual(used, [0, 0, 1, 2, 0]);
  });

  it("serve many reads over TLS, too", async () => {
    const certificate = selfSigned();
    const distrust = trust(certificate);
    try {
      const port = await servers.listen(https.createServer(certificate, answering));
      const transport = transportTo(`https://localhost:${port}`);
      for (const method of ["GET", "GET", "POST", "POST"] as const) await send(transport, method);
      assert.deepEqual(used, [0, 0, 1, 2]);
    } finally {
      distrust();
    }
  });

  it("that the server drops when they are used again lose no reset", async () => {
    const server = http.createServer((request, response) => {
      if (note(request)) response.end("{}");
      else request.socket.destroy();
    });
    const transport = transportTo(`http://127.0.0.1:${await servers.listen(server)}`);
    const kinds: string[] = [];
    for (const method of ["GET", "POST", "POST", "GET", "POST"] as const) kinds.push(await send(transport, method));
    assert.deepEqual(
      kinds,
      ["answer", "answer", "answer", "lost", "answer"],
      "the second read is sent again by others",
    );
  });
});
