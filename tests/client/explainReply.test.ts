/** What a person is told of an answer: whose it is, and what it says. */
import assert from "node:assert/strict";
import http from "node:http";
import https from "node:https";

import { explainReply } from "../../provider/client/errors";
import { type Answer, createTransport } from "../../provider/client/transport";
import { SETTING } from "../../provider/model/settingNames";
import { selfSigned } from "../support/certificate";
import { createServers } from "../support/servers";

const KEY = "api-aaaaaaaa-0000-4000-8000-0123456789ab";
const operation = {
  action: "reset access token t1",
  permission: "resetAccessToken",
  missing: { what: "token", advice: "Check tokenId." },
};
const html = { "content-type": "text/html; charset=utf-8" };

function explained(status: number, headers: Answer["headers"] = {}, body?: unknown) {
  const reply = { kind: "answer", host: "app.launchdarkly.com", status, headers, body } as const;
  return explainReply(operation, reply, KEY);
}

describe("an answer that is not LaunchDarkly's", () => {
  const login = "https://login.example.com/portal?to=app.launchdarkly.com";
  const table: [what: string, Parameters<typeof explained>, said: string, code: string][] = [
    ["a redirect", [302, { location: login }], "302 to login.example.com", "refused"],
    ["a redirect with a page", [307, { ...html, location: login }], "307 to login.example.com", "refused"],
    ["a redirect to the same host", [301, { location: "/login" }], "301", "refused"],
    ["a redirect to nowhere", [302, { location: "http://[" }], "302", "refused"],
    [
      "a redirect without a scheme",
      [302, { location: "//login.example.com:8443/" }],
      "302 to login.example.com:8443",
      "refused",
    ],
    ["a portal's page", [511, html], "511", "noAnswer"],
    ["a portal's page that pretends to be the answer", [200, html], "200", "noAnswer"],
    ["a page that wants a login", [401, html], "401", "refused"],
    ["a page that forbids", [403, html], "403", "refused"],
    ["a page of a proxy", [407], "407", "refused"],
    ["a page that nothing is there", [404, html], "404", "refused"],
    ["a text that nothing is there", [404, { "content-type": "text/plain" }], "404", "refused"],
    ["the JSON of another API", [404, {}, { error: "no route" }], "404", "refused"],
  ];
  for (const [what, reply, said, code] of table) {
    it(`names the host that gave it: ${what}`, () => {
      const error = explained(...reply);
      const words = `app.launchdarkly.com answered with a page that is not LaunchDarkly's API (${said}) when asked to reset access token t1: check ${SETTING.apiHost} and the proxy.`;
      assert.deepEqual([error.message, error.code, error.status], [words, code, reply[0]]);
    });
  }

  const ofLaunchDarkly: [what: string, Parameters<typeof explained>, code: string][] = [
    ["a 401 without a body", [401], "unauthorized"],
    ["a 403 of LaunchDarkly's", [403, {}, { code: "forbidden", message: "no" }], "forbidden"],
    ["a 404 of LaunchDarkly's", [404, {}, { code: "not_found", message: "no" }], "notFound"],
    ["a rate limit with a page", [429, html], "rateLimited"],
    ["a gateway's page", [502, html], "noAnswer"],
    ["an empty answer", [200, { "content-type": "application/json" }], "noAnswer"],
    ["JSON that is called a page", [200, html, { name: "ci" }], "noAnswer"],
  ];
  for (const [what, reply, code] of ofLaunchDarkly) {
    it(`is told from ${what}`, () => {
      const error = explained(...reply);
      assert.equal(error.code, code);
      assert.match(error.message, /^LaunchDarkly/);
    });
  }

  it("is named by the host that was asked, over HTTP", async () => {
    const servers = createServers();
    try {
      const answer: http.RequestListener = (_request, response) => response.writeHead(302, { Location: login }).end();
      const port = await servers.listen(http.createServer(answer));
      const host = `http://127.0.0.1:${port}`;
      const send = createTransport({ host, userAgent: "test/1", connectTimeoutMs: 10_000, responseTimeoutMs: 10_000 });
      const reply = await send({ method: "POST", path: "/reset", key: KEY });
      const { message } = explainReply(operation, reply, KEY);
      assert.ok(message.startsWith(`127.0.0.1:${port} answered with a page`), message);
      assert.match(message, /\(302 to login\.example\.com\)/);
    } finally {
      await servers.stop();
    }
  });
});

describe("what LaunchDarkly says of an error", () => {
  it("is printed without what a terminal would obey", () => {
    const message = "no\u001b[31m red\u001b[0m\r\nnew\u2028line \u202Eback\u2069 \u009b1mbold \u0007bell \u0000end";
    const error = explained(400, {}, { code: "invalid\u001b]0;title\u0007_request", message });
    assert.equal(
      error.message,
      "LaunchDarkly refused to reset access token t1 (400 invalid_request: no red new line back bold bell end).",
    );
  });

  it("shows no key that is hidden in it", () => {
    for (const gap of ["\u200b", "\u001b[0m", "\u202e", "\u00ad"]) {
      const error = explained(400, {}, { code: "x", message: `no ${KEY.slice(0, 12)}${gap}${KEY.slice(12)}` });
      assert.equal(error.message, "LaunchDarkly refused to reset access token t1 (400 x: no api-…89ab).");
    }
  });
});

describe("a certificate that Node.js does not trust", () => {
  const unreachable = (reason: string) => explainReply(operation, { kind: "unsent", reason }, KEY).message;

  for (const code of [
    ...["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "SELF_SIGNED_CERT_IN_CHAIN", "DEPTH_ZERO_SELF_SIGNED_CERT"],
    ...["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "UNABLE_TO_GET_ISSUER_CERT", "CERT_UNTRUSTED"],
  ]) {
    it(`is told with NODE_EXTRA_CA_CERTS, also through a proxy: ${code}`, () => {
      for (const reason of [`self-signed (${code})`, `self-signed (${code}), through the proxy proxy.example:3128`]) {
        assert.match(unreachable(reason), /: self-signed .*\. If the certificate .* NODE_EXTRA_CA_CERTS\./);
      }
    });
  }

  it("is told so as the transport meets it", async () => {
    const servers = createServers();
    try {
      const port = await servers.listen(https.createServer(selfSigned()));
      const limits = { connectTimeoutMs: 20_000, responseTimeoutMs: 20_000 };
      const transport = createTransport({ host: `https://127.0.0.1:${port}`, userAgent: "test", ...limits });
      const reply = await transport({ method: "GET", path: "/", key: KEY });
      assert.match(explainReply(operation, reply, KEY).message, /NODE_EXTRA_CA_CERTS/);
    } finally {
      await servers.stop();
    }
  });

  it("is the only failure that is told so", () => {
    for (const reason of ["connect ECONNREFUSED", "Hostname does not match (ERR_TLS_CERT_ALTNAME_INVALID)"]) {
      assert.ok(unreachable(reason).endsWith(`: ${reason}. Check the network and ${SETTING.apiHost}.`));
    }
  });
});
