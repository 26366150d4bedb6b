/** One request over real HTTP: what is sent, what comes back, and that no key gets out. */
import assert from "node:assert/strict";
import http from "node:http";
import https from "node:https";
import net from "node:net";
import { inspect } from "node:util";

import { createTransport, type Reply } from "../../provider/client/transport";
import { selfSigned } from "../support/certificate";
import { createServers } from "../support/servers";
import { trust } from "../support/trust";

const KEY = "api-aaaaaaaa-0000-4000-8000-0123456789ab";

describe("the transport", () => {
  const servers = createServers();
  afterEach(servers.stop);

  const send = (host: string, { connectTimeoutMs = 10_000, responseTimeoutMs = 10_000 } = {}): Promise<Reply> =>
    createTransport({ host, userAgent: "test/1", connectTimeoutMs, responseTimeoutMs })({
      method: "POST",
      path: "/reset",
      query: { expiry: "1" },
      key: KEY,
    });
  const answering = (listener: http.RequestListener) => servers.listen(http.createServer(listener));

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
    assert.equal(seen.headers["cache-control"], "no-cache");
  });

  it("sends the version that is asked for, and a body of JSON with what changes something alone", async () => {
    const seen: [method: string, version: unknown, type: unknown, body: string][] = [];
    const port = await answering((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        const { "ld-api-version": version, "content-type": type } = request.headers;
        seen.push([request.method ?? "", version, type, body]);
        response.end("{}");
      });
    });
    const options = { userAgent: "test/1", connectTimeoutMs: 10_000, responseTimeoutMs: 10_000 };
    const transport = createTransport({ host: `http://127.0.0.1:${port}`, ...options });
    await transport({ method: "PATCH", path: "/it", body: { a: 1 }, apiVersion: "beta", key: KEY });
    await transport({ method: "GET", path: "/it", key: KEY });
    await transport({ method: "DELETE", path: "/it", key: KEY });
    assert.deepEqual(seen, [
      ["PATCH", "beta", "application/json", '{"a":1}'],
      ["GET", "20240415", undefined, ""],
      ["DELETE", "20240415", undefined, ""],
    ]);
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
    assert.equal((await send(`http://127.0.0.1:${await servers.unusedPort()}`)).kind, "unsent");
  });

  it("calls it unsent when the certificate is not trusted", async () => {
    let requests = 0;
    const server = https.createServer(selfSigned(), () => requests++);
    const reply = await send(`https://127.0.0.1:${await servers.listen(server)}`);
    assert.equal(reply.kind, "unsent");
    assert.equal(requests, 0);
  });

  it("calls it unsent when no connection comes about in time", async () => {
    const silent = await servers.listen(net.createServer());
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
    const secure = await servers.listen(answering);
    // Passes everything on, and damages a byte of the answer.
    const damaging = net.createServer((client) => {
      const upstream = net.connect(secure, "127.0.0.1");
      client.on("data", (data) => upstream.write(data));
      upstream.on("data", (data) => {
        // Behind the header of the first record.
        if (isAnswered) data.writeUInt8(data.readUInt8(9) ^ 1, 9);
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
    const distrust = trust(certificate);
    try {
      const reply = await send(`https://localhost:${await servers.listen(damaging)}`);
      assert.equal(reply.kind, "lost", JSON.stringify(reply));
    } finally {
      distrust();
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
