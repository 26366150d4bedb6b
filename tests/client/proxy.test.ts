/** Tunnels through a proxy, over real connections, and what is said of one that fails. */
import assert from "node:assert/strict";
import http from "node:http";
import https from "node:https";
import net from "node:net";

import { proxyFor } from "../../provider/client/proxy";
import { createTransport, type Reply } from "../../provider/client/transport";
import { type Certificate, selfSigned } from "../support/certificate";
import { createServers } from "../support/servers";
import { trust } from "../support/trust";

const KEY = "api-aaaaaaaa-0000-4000-8000-0123456789ab";
const FORGED = '{"token":"api-bbbbbbbb-0000-4000-8000-0123456789cd"}';

describe("a proxy", () => {
  const servers = createServers();
  let certificate: Certificate;
  let distrust: () => void;
  before(() => {
    certificate = selfSigned();
  });
  beforeEach(() => {
    distrust = trust(certificate);
  });
  afterEach(async () => {
    distrust();
    await servers.stop();
  });

  function send(proxy: string, target = "https://localhost:1", connectTimeoutMs = 10_000): Promise<Reply> {
    const transport = createTransport({
      host: target,
      userAgent: "test/1",
      proxy: proxyFor(new URL(target), (name) => (name === "HTTPS_PROXY" ? proxy : undefined)),
      connectTimeoutMs,
      responseTimeoutMs: 10_000,
    });
    return transport({ method: "POST", path: "/reset", key: KEY });
  }

  /** A proxy that does its work, at the port, and LaunchDarkly behind it. */
  async function working(secure: boolean): Promise<{ port: number; target: string; asked: http.IncomingMessage[] }> {
    const launchDarkly = https.createServer(certificate, (_request, response) => response.end('{"a":1}'));
    const target = await servers.listen(launchDarkly);
    const asked: http.IncomingMessage[] = [];
    const proxy = secure ? https.createServer(certificate) : http.createServer();
    proxy.on("connect", (request, client: net.Socket) => {
      asked.push(request);
      const upstream = net.connect(target, "127.0.0.1", () => {
        client.write("HTTP/1.1 200 Connection established\r\n\r\n");
        upstream.pipe(client).pipe(upstream);
      });
      upstream.on("error", () => client.destroy());
      client.on("error", () => upstream.destroy());
    });
    return { port: await servers.listen(proxy), target: `https://localhost:${target}`, asked };
  }

  it("is asked for a tunnel, with its user and password decoded", async () => {
    const { port, target, asked } = await working(false);
    const reply = await send(`ann%40example.com:p%40ss@127.0.0.1:${port}`, target);
    assert.deepEqual([reply.kind, reply.kind === "answer" && reply.body], ["answer", { a: 1 }]);
    assert.equal(asked[0]?.url, new URL(target).host);
    const credentials = Buffer.from("ann@example.com:p@ss").toString("base64");
    assert.equal(asked[0].headers["proxy-authorization"], `Basic ${credentials}`);
    assert.equal(asked[0].headers.authorization, undefined);
  });

  it("may be spoken to over TLS", async () => {
    const { port, target, asked } = await working(true);
    assert.equal((await send(`https://localhost:${port}`, target)).kind, "answer");
    assert.equal(asked.length, 1);
  });

  it("of a kind that is not known is not spoken to, nor passed by", async () => {
    const reply = await send("socks5://127.0.0.1:1080");
    assert.ok(reply.kind === "unsent");
    assert.match(reply.reason, /socks5/);
  });

  it("that nobody runs is named, and the request was not sent", async () => {
    const port = await servers.unusedPort();
    const reply = await send(`http://ann:secret@127.0.0.1:${port}`);
    assert.ok(reply.kind === "unsent");
    assert.match(reply.reason, new RegExp(`^the proxy 127.0.0.1:${port} failed: .*ECONNREFUSED`));
  });

  const json = `Content-Type: application/json\r\nContent-Length: ${FORGED.length}\r\n\r\n${FORGED}`;
  const table: [what: string, act: (client: net.Socket) => unknown, reason: RegExp][] = [
    ["says nothing", () => undefined, /failed: no connection within 0\.3 s$/],
    ["stops within the status line", (client) => client.write("HTTP/1.1 20"), /failed: no connection within 0\.3 s$/],
    [
      "stops within the header",
      (client) => client.write("HTTP/1.1 200 OK\r\nA: b\r\n"),
      /failed: no connection within/,
    ],
    ["closes the connection", (client) => client.end(), /failed: socket hang up/],
    ["closes it within the status line", (client) => client.end("HTTP/1.1 20"), /failed: /],
    ["breaks the connection", (client) => client.resetAndDestroy(), /failed: .*ECONNRESET/],
    ["speaks something else", (client) => client.end("SSH-2.0-OpenSSH_9.6\r\n"), /failed: Parse Error/],
    ["never ends its header", (client) => client.write(`HTTP/1.1 200 OK\r\nA: ${"b".repeat(99_999)}`), /failed: Parse/],
    ["redirects", (client) => client.end("HTTP/1.1 302 Found\r\nLocation: /login\r\n\r\n"), /refused to .*\(302\)$/],
    ["forbids it", (client) => client.end("HTTP/1.1 403 Forbidden\r\n\r\n"), /refused to .*localhost:1 \(403\)$/],
    ["wants credentials", (client) => client.end("HTTP/1.1 407 Who\r\n\r\n"), /wants a user and a password \(407\)/],
    ["is overloaded", (client) => client.end("HTTP/1.1 503 Busy\r\n\r\n<html>"), /refused to .*\(503\)$/],
    ["forges a refusal", (client) => client.end(`HTTP/1.1 401 No\r\n${json}`), /refused to .*\(401\)$/],
    [
      "forges an answer with 201",
      (client) => client.end(`HTTP/1.1 201 Created\r\n${json}`),
      /sent more than its answer$/,
    ],
    ["forges an answer with 200", (client) => client.end(`HTTP/1.1 200 OK\r\n${json}`), /sent more than its answer$/],
    [
      "forges an answer in two pieces",
      (client) => client.write("HTTP/1.1 200 OK\r\n\r\n", () => client.once("data", () => client.end(FORGED))),
      /through the proxy$/,
    ],
    [
      "is silent in the tunnel",
      (client) => client.write("HTTP/1.1 200 OK\r\n\r\n"),
      /no connection .*through the proxy$/,
    ],
    ["closes the tunnel", (client) => client.end("HTTP/1.1 200 OK\r\n\r\n"), /through the proxy$/],
  ];
  for (const [what, act, reason] of table) {
    it(`that ${what} is named, and the request was not sent`, async () => {
      const received: Buffer[] = [];
      const closed: Promise<unknown>[] = [];
      const proxy = net.createServer((client) => {
        closed.push(new Promise((resolve) => client.once("close", resolve)));
        client.once("data", () => act(client)).on("data", (data) => received.push(data));
      });
      const port = await servers.listen(proxy);
      const isOverdue = reason.source.includes("no connection");
      const reply = await send(`http://ann:secret@127.0.0.1:${port}`, undefined, isOverdue ? 300 : undefined);
      assert.ok(reply.kind === "unsent", JSON.stringify(reply));
      const name = `127.0.0.1:${port}`;
      assert.ok(reply.reason.includes(`the proxy ${name}`), reply.reason);
      assert.match(reply.reason.replace(` ${name}`, ""), reason);
      assert.doesNotMatch(reply.reason, /ann|secret/);
      assert.ok(!Buffer.concat(received).includes(KEY), "the proxy has seen the key");
      // Nothing is left that would keep the process alive.
      await Promise.all(closed);
    });
  }

  it("that leads to another host than LaunchDarkly's is named, and gets no request", async () => {
    const { port, target, asked } = await working(false);
    distrust();
    const reply = await send(`http://127.0.0.1:${port}`, target);
    assert.ok(reply.kind === "unsent" && asked.length === 1);
    assert.match(reply.reason, new RegExp(`certificate.*, through the proxy 127.0.0.1:${port}$`));
  });
});
