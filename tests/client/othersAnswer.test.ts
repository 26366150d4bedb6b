/** Whose an answer is: a table of statuses, bodies and types, and what is said of one that is another's. */
import assert from "node:assert/strict";

import { describeAnothers, isAnothers } from "../../provider/client/errors";
import type { Answer } from "../../provider/client/transport";

const answer = (status: number, body?: unknown, headers: Answer["headers"] = {}): Answer => {
  return { kind: "answer", host: "app.launchdarkly.com", status, headers, body };
};

describe("whose an answer is", () => {
  const html = { "content-type": "text/html; charset=utf-8" };
  const upper = { "content-type": "TEXT/HTML" };
  const table: [what: string, isAnothers: boolean, answer: Answer][] = [
    ["a success without a body", false, answer(200)],
    ["just below a redirect", false, answer(299)],
    ["the first redirect", true, answer(300)],
    ["the last redirect", true, answer(399)],
    ["a refusal without a body", false, answer(400)],
    ["a 404 without LaunchDarkly's body", true, answer(404)],
    ["a proxy's own status", true, answer(407)],
    ["a portal's own status", true, answer(511)],
    ["a conflict", false, answer(409)],
    ["a page with a success", true, answer(200, "<html>", html)],
    ["a page in capitals", true, answer(200, "<HTML>", upper)],
    ["a body of JSON that calls itself a page", false, answer(200, { token: "t" }, html)],
    ["a text", false, answer(200, "hello", { "content-type": "text/plain" })],
    ["something else than a page", false, answer(200, "x", { "content-type": "application/xhtmlish" })],
    ["a gateway's page", false, answer(500, "<html>", html)],
    ["a gateway's page, of the last status", false, answer(599, "<html>", html)],
    ["a page below a gateway's", true, answer(499, "<html>", html)],
    ["a limit's page", false, answer(429, "<html>", html)],
    ["a page beside a limit's", true, answer(428, "<html>", html)],
  ];
  for (const [what, expected, one] of table) {
    it(`is ${expected ? "somebody else's" : "LaunchDarkly's, or a gateway's in front of it"}: ${what}`, () => {
      assert.equal(isAnothers(one, false), expected);
      assert.equal(isAnothers(one, true), false, "a body of LaunchDarkly's own settles it");
    });
  }
});

describe("an answer of somebody else's", () => {
  const table: [location: string | undefined, what: string][] = [
    [undefined, "302"],
    ["https://login.example.com/portal", "302 to login.example.com"],
    ["https://login.example.com:8443/", "302 to login.example.com:8443"],
    ["//login.example.com", "302 to login.example.com"],
    ["/login", "302"],
    ["https://app.launchdarkly.com/login", "302"],
    ["http://[", "302"],
    ["mailto:somebody@example.com", "302"],
  ];
  for (const [location, what] of table) {
    it(`is told with the host that it leads to: ${String(location)}`, () => {
      assert.equal(
        describeAnothers(answer(302, undefined, location === undefined ? {} : { location })),
        `app.launchdarkly.com answered with a page that is not LaunchDarkly's API (${what})`,
      );
    });
  }

  it("is the host's, where its name is not known", () => {
    const nameless: Answer = { kind: "answer", status: 511, headers: {}, body: undefined };
    assert.equal(describeAnothers(nameless), "the host answered with a page that is not LaunchDarkly's API (511)");
  });
});
