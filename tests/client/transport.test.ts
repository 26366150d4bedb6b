import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import net, { type AddressInfo } from "node:net";
import { inspect } from "node:util";

import { createTransport, type Reply } from "../../provider/client/transport";
import { selfSigned } from "../support/certificate";

const KEY = "api-aaaaaaaa-0000-4000-8000-0123456789ab";

describe("the transport", () => {
  const servers: net.Server[] = [];
  const sockets: net.Socket[] = [];
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    for (const server of servers.splice(0)) {
      if (server instanceof http.Server || server instanceof https.Server) server.closeAllConnections();
      server.close();
      await once(server, "close");
    }
  });

  async function listen(server: net.Server): Promise<number> {
    servers.push(server);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return (server.address() as AddressInfo).port;
  }
  const send = (host: string, { connectTimeoutMs = 10_000, responseTimeoutMs = 10_000 } = {}): Promise<Reply> =>
    createTransport({ host, userAgent: "test/1", connectTimeoutMs, responseTimeoutMs })({
      method: "POST",
      path: "/reset",
      query: { expiry: "1" },
      key: KEY,
    });
  const answering = (listener: http.RequestListener) => listen(http.createServer(listener));

  it("sends the key raw, the API version and the content type, and parses the answer", async () => {
    let seen: http.IncomingMessage | undefined;
    const port = await answering((request, response) => {
      seen = request;
      response.setHeader("X-Ratelimit-Reset", "7").end('{"a":1}');
    });
    const reply = await send(`http://127.0.0.1:${port}`);
    assert.deepEqual([reply.kind, reply.kind === "answer" && reply.body], ["answer", { a: 1 }]);
    assert.equal(reply.kind === "answer" && reply.headers["x-ratelimit-reset"], "7");
    assert.equal(seen?.url, "/reset?expiry=1");
    assert.equal(seen.headers.authorization, KEY);
    assert.equal(seen.headers["ld-api-version"], "20240415");
    assert.equal(seen.headers["content-type"], "application/json");
    assert.equal(seen.headers["user-agent"], "test/1");
  });

  it("does not follow a redirect, which could carry the key to another host", async () => {
    let requests = 0;
    const elsewhere = await answering((_request, response) => {
      requests++;
      response.end("{}");
    });
    const port = await answering((_request, response) => {
      response.writeHead(307, { Location: `http://127.0.0.1:${elsewhere}/` }).end();
    });
    const reply = await send(`http://127.0.0.1:${port}`);
    assert.equal(reply.kind === "answer" && reply.status, 307);
    assert.equal(requests, 0);
  });

  it("calls it unsent when nobody listens", async () => {
    const server = net.createServer();
    const port = await listen(server);
    servers.pop();
    server.close();
    await once(server, "close");
    assert.equal((await send(`http://127.0.0.1:${port}`)).kind, "unsent");
  });

  it("calls it unsent when the certificate is not trusted", async () => {
    let requests = 0;
    const server = https.createServer(selfSigned(), () => requests++);
    const reply = await send(`https://127.0.0.1:${await listen(server)}`);
    assert.equal(reply.kind, "unsent");
    assert.equal(requests, 0);
  });

  it("calls it unsent when no connection comes about in time", async () => {
    const silent = await listen(net.createServer((socket) => sockets.push(socket)));
    const reply = await send(`https://127.0.0.1:${silent}`, { connectTimeoutMs: 200 });
    assert.deepEqual(reply, { kind: "unsent", reason: "no connection within 0.2 s" });
  });

  it("calls it lost when the connection breaks after sending, or the body is cut off", async () => {
    const dropping = await answering((request) => request.socket.destroy());
    const cutting = await answering((_request, response) => {
      response.writeHead(200, { "Content-Length": "100" }).write('{"token":', () => response.socket?.destroy());
    });
    assert.equal((await send(`http://127.0.0.1:${dropping}`)).kind, "lost");
    assert.equal((await send(`http://127.0.0.1:${cutting}`)).kind, "lost");
  });

  it("calls it lost when no answer comes in time", async () => {
    const port = await answering(() => undefined);
    const reply = await send(`http://127.0.0.1:${port}`, { connectTimeoutMs: 200, responseTimeoutMs: 200 });
    assert.equal(reply.kind, "lost");
    assert.match(reply.reason, /^no answer within 0\.2 s/);
  });

  it("calls it lost when the answer drips in and does not end in time", async () => {
    const port = await answering((_request, response) => {
      const drip = setInterval(() => response.write(" "), 20);
      response.once("close", () => {
        clearInterval(drip);
      });
    });
    const reply = await send(`http://127.0.0.1:${port}`, { connectTimeoutMs: 200, responseTimeoutMs: 200 });
    assert.equal(reply.kind, "lost");
  });

  it("calls it lost when an encrypted answer is damaged on the way", async () => {
    const certificate = selfSigned();
    let isAnswered = false;
    const answering = https.createServer(certificate, (_request, response) => {
      isAnswered = true;
      response.end("{}");
    });
    const secure = await listen(answering);
    // Passes everything on, and damages a byte of the answer.
    const damaging = net.createServer((client) => {
      const upstream = net.connect(secure, "127.0.0.1");
      client.on("data", (data) => upstream.write(data));
      upstream.on("data", (data) => {
        if (isAnswered) data.writeUInt8(data.readUInt8(data.length - 1) ^ 1, data.length - 1);
        client.write(data);
      });
      for (const [one, other] of [
        [client, upstream],
        [upstream, client],
      ] as const) {
        one.on("error", () => other.destroy());
        one.on("close", () => other.destroy());
      }
    });
    const { ca } = https.globalAgent.options;
    https.globalAgent.options.ca = certificate.cert;
    try {
      const reply = await send(`https://localhost:${await listen(damaging)}`);
      assert.equal(reply.kind, "lost", JSON.stringify(reply));
    } finally {
      https.globalAgent.options.ca = ca;
    }
  });

  it("lets no key out, however the reply is looked at", async () => {
    const dropping = await answering((request) => request.socket.destroy());
    for (const host of [`http://127.0.0.1:${dropping}`, "http://127.0.0.1:1"]) {
      const text = inspect(await send(host), { depth: 20, showHidden: true });
      assert.ok(!text.includes(KEY), text);
    }
  });

  it("gives a body that is no JSON as none", async () => {
    const port = await answering((_request, response) => response.end("<html>"));
    const reply = await send(`http://127.0.0.1:${port}`);
    assert.deepEqual(reply.kind === "answer" && [reply.status, reply.body], [200, undefined]);
  });
});
