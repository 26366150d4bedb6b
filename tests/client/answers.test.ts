/** Answers over real HTTP that are complete, but chunked, compressed, odd or endless. */
import assert from "node:assert/strict";
import http from "node:http";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";

import { createTransport } from "../../provider/client/transport";
import { createServers } from "../support/servers";

const JSON_TEXT = '{"token":"api-aaaaaaaa-0000-4000-8000-0123456789ab"}';

describe("an answer that is complete, but not sent as it should be", () => {
  const servers = createServers();
  afterEach(servers.stop);

  async function receive(answer: http.RequestListener, responseTimeoutMs = 10_000) {
    const port = await servers.listen(http.createServer(answer));
    const host = `http://127.0.0.1:${port}`;
    const transport = createTransport({ host, userAgent: "test/1", connectTimeoutMs: 10_000, responseTimeoutMs });
    return transport({ method: "POST", path: "/reset", key: "api-key" });
  }
  const sent = (headers: Record<string, string>, body: Buffer | string): http.RequestListener => {
    return (_request, response) => response.writeHead(200, headers).end(body);
  };

  const compressed: Record<string, http.RequestListener> = {
    "compressed with gzip": sent({ "Content-Encoding": "gzip" }, gzipSync(JSON_TEXT)),
    "compressed with gzip, and does not say so": sent({}, gzipSync(JSON_TEXT)),
    "compressed with deflate": sent({ "Content-Encoding": "deflate" }, deflateSync(JSON_TEXT)),
    "compressed with brotli": sent({ "Content-Encoding": "br" }, brotliCompressSync(JSON_TEXT)),
    "said to be compressed, and is not": sent({ "Content-Encoding": "gzip" }, JSON_TEXT),
    "said to be compressed in an unknown way, and is not": sent({ "Content-Encoding": "odd" }, JSON_TEXT),
    "shorter than it says, and the connection is closed": (_request, response) => {
      response.writeHead(200, { "Content-Length": "999" }).write(JSON_TEXT, () => response.socket?.destroy());
    },
    "compressed, and shorter than it says": (_request, response) => {
      const body = gzipSync(JSON_TEXT);
      response.writeHead(200, { "Content-Length": "999" }).write(body, () => response.socket?.destroy());
    },
  };
  for (const [what, answer] of Object.entries(compressed)) {
    it(`is kept when it is ${what}`, async () => {
      const reply = await receive(answer);
      assert.deepEqual([reply.kind, reply.kind === "answer" && reply.body], ["answer", JSON.parse(JSON_TEXT)]);
    });
  }

  it("is kept when nobody ends it", async () => {
    const reply = await receive((_request, response) => response.write(JSON_TEXT), 300);
    assert.deepEqual([reply.kind, reply.kind === "answer" && reply.body], ["answer", JSON.parse(JSON_TEXT)]);
  });

  it("asks for a plain one", async () => {
    let asked: string | undefined;
    await receive((request, response) => {
      asked = request.headers["accept-encoding"];
      response.end();
    });
    assert.equal(asked, "identity");
  });

  it("is lost when it is endless", async () => {
    const reply = await receive((_request, response) => {
      const fill = () => {
        while (response.write("x".repeat(65_536)));
      };
      response.on("drain", fill);
      fill();
    });
    assert.equal(reply.kind, "lost");
  });
});
