/** Authorities, proxies and NO_PROXY of the environment, through the SDK's real process. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import net, { type AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";

import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { type Certificate, selfSigned } from "../support/certificate";
import { type Front, startFront } from "../support/front";
import { type Properties, type ProviderProcess, startProviderProcess } from "../support/providerProcess";
import { rejection } from "../support/rejection";

describe("the network, in the dynamic-provider process", () => {
  let sandbox: Sandbox;
  let folder: string;
  let front: Front;
  let proxy: http.Server;
  /** The hosts that the proxy was asked to connect to, and the plain requests it got. */
  let connected: string[];
  let forwarded: number;
  const sockets = new Set<net.Socket>();
  let certificate: Certificate;

  before(() => {
    certificate = selfSigned();
  });
  beforeEach(async () => {
    sandbox = await startSandbox();
    folder = mkdtempSync(path.join(os.tmpdir(), "network-"));
    writeFileSync(authority(), certificate.cert);
    front = await startFront(sandbox, certificate);
    connected = [];
    forwarded = 0;
    proxy = http.createServer((_request, response) => {
      forwarded++;
      response.writeHead(502).end();
    });
    proxy.on("connect", (request, client: net.Socket) => {
      connected.push(request.url ?? "");
      const upstream = net.connect(front.port, "127.0.0.1", () => {
        client.write("HTTP/1.1 200 Connection established\r\n\r\n");
        upstream.pipe(client).pipe(upstream);
      });
      for (const socket of [client, upstream]) {
        sockets.add(socket);
        socket.on("error", () => socket.destroy());
      }
    });
    await once(proxy.listen(0, "127.0.0.1"), "listening");
  });
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await front.close();
    proxy.closeAllConnections();
    await once(proxy.close(), "close");
    rmSync(folder, { recursive: true });
    await sandbox.stop();
  });

  const authority = () => path.join(folder, "certificate.pem");
  const proxyUrl = () => `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;

  async function withProvider(
    apiHost: string,
    environment: Record<string, string>,
    work: (provider: ProviderProcess, tokenId: string) => Promise<void>,
  ): Promise<void> {
    const config = { "launchdarkly:apiHost": apiHost, "launchdarkly:accessToken": sandbox.adminKey };
    const provider = await startProviderProcess({ config, environment });
    try {
      await work(provider, sandbox.createToken().id);
    } finally {
      await provider.stop();
    }
  }

  it("may need an authority of the company's own, given by NODE_EXTRA_CA_CERTS", async () => {
    const host = `https://localhost:${front.port}`;
    await withProvider(host, { NODE_EXTRA_CA_CERTS: authority(), NO_PROXY: "*" }, async (provider, tokenId) => {
      assert.equal((await provider.create({ tokenId })).id, tokenId);
    });
    const seen = sandbox.requests.length;
    await withProvider(host, { NODE_EXTRA_CA_CERTS: "", NO_PROXY: "*" }, async (provider, tokenId) => {
      const { message } = await rejection(provider.create({ tokenId }));
      assert.match(message, /LaunchDarkly can't be reached .*certificate/);
    });
    assert.equal(sandbox.requests.length, seen, "no request, and so no key, is sent to a host that is not trusted");
  });

  it("may lead through a proxy, given by HTTPS_PROXY, which does not see the key", async () => {
    const environment = {
      HTTPS_PROXY: proxyUrl(),
      NO_PROXY: "",
      no_proxy: "",
      NODE_EXTRA_CA_CERTS: authority(),
    };
    await withProvider(`https://localhost:${front.port}`, environment, async (provider, tokenId) => {
      const { outs } = await provider.create({ tokenId });
      assert.equal(outs["token"], sandbox.store.find(tokenId)?.keys[0].value);
    });
    assert.ok(connected.length > 0, "the proxy was used");
    assert.ok(connected.every((target) => target === `localhost:${front.port}`));
    assert.equal(forwarded, 0, "nothing crossed the proxy in the clear");
  });

  it("names a proxy that forges LaunchDarkly's answer, without its password, and believes nothing of it", async () => {
    const forged = JSON.stringify({ token: "api-forged-0123456789", tokenId: "forged" });
    proxy.removeAllListeners("connect");
    proxy.on("connect", (_request, client: net.Socket) => {
      client.end(`HTTP/1.1 201 Created\r\nContent-Length: ${forged.length}\r\n\r\n${forged}`);
    });
    const { host } = new URL(proxyUrl());
    const environment = { HTTPS_PROXY: `http://ann:p%40ss@${host}`, NO_PROXY: "", no_proxy: "" };
    await withProvider(`https://localhost:${front.port}`, environment, async (provider, tokenId) => {
      const { message, saved } = await rejection(provider.create({ tokenId }));
      assert.match(message, new RegExp(`Not reset: LaunchDarkly can't be reached .*: the proxy ${host} `));
      assert.equal(saved, undefined);
      assert.doesNotMatch(message + provider.written() + provider.shown.join(), /p@ss|p%40ss|forged/);
    });
    assert.equal(sandbox.requests.length, 0);
  });

  for (const [when, isNewProcess] of [
    ["before the reset", true],
    // It takes as long as a connection may.
    ["instead of the reset", false],
  ] as const) {
    it(`lets an interrupt end a rotation while a proxy is silent ${when}`, async () => {
      const host = `https://localhost:${front.port}`;
      const environment = { HTTPS_PROXY: proxyUrl(), NO_PROXY: "", no_proxy: "", NODE_EXTRA_CA_CERTS: authority() };
      async function interrupted({ process, update }: ProviderProcess, olds: Properties): Promise<void> {
        proxy.removeAllListeners("connect");
        proxy.on("connect", (_request, client: net.Socket) => sockets.add(client));
        for (const socket of sockets) socket.destroy();
        const asked = once(proxy, "connect");
        const failing = rejection(update(olds, { tokenId: olds["tokenId"], triggers: { a: 2 } }));
        await asked;
        const ended = once(process, "exit");
        process.kill("SIGINT");
        await Promise.all([ended, failing]);
      }
      await withProvider(host, environment, async (provider, tokenId) => {
        const { outs } = await provider.create({ tokenId });
        if (isNewProcess) await withProvider(host, environment, (another) => interrupted(another, outs));
        else await interrupted(provider, outs);
      });
      assert.equal(sandbox.requests.filter(({ hasReset }) => hasReset).length, 1, "that of the creation");
    });
  }

  it("leads around the proxy for the hosts of NO_PROXY", async () => {
    const environment = { HTTPS_PROXY: proxyUrl(), NO_PROXY: "localhost", NODE_EXTRA_CA_CERTS: authority() };
    await withProvider(`https://localhost:${front.port}`, environment, async (provider, tokenId) => {
      assert.equal((await provider.create({ tokenId })).id, tokenId);
    });
    assert.deepEqual([connected.length, forwarded], [0, 0]);
  });

  it("leads to loopback directly, over plain http and to the engine, whatever proxy there is", async () => {
    const environment = {
      HTTP_PROXY: proxyUrl(),
      http_proxy: proxyUrl(),
      NO_PROXY: "",
    };
    await withProvider(sandbox.url, environment, async (provider, tokenId) => {
      assert.equal((await provider.create({ tokenId })).id, tokenId);
      assert.match(provider.shown.join(), /Reset \(/, "messages reach the engine");
    });
    assert.deepEqual([connected.length, forwarded], [0, 0]);
  });
});
