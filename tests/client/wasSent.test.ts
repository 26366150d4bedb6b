import assert from "node:assert/strict";

import { failureReason, wasSent } from "../../provider/client/wasSent";

const failed = (properties: object, cause?: unknown) => Object.assign(new Error("failed", { cause }), properties);

describe("wasSent", () => {
  const table: [what: string, error: unknown, isSent: boolean][] = [
    ["refused", failed({ code: "ECONNREFUSED", syscall: "connect" }), false],
    ["no such name", failed({ code: "ENOTFOUND", syscall: "getaddrinfo" }), false],
    ["name server busy", failed({ code: "EAI_AGAIN" }), false],
    ["no route", failed({ code: "EHOSTUNREACH", syscall: "connect" }), false],
    ["connecting timed out", failed({ code: "ETIMEDOUT", syscall: "connect" }), false],
    ["certificate expired", failed({ code: "CERT_HAS_EXPIRED" }), false],
    ["certificate of another host", failed({ code: "ERR_TLS_CERT_ALTNAME_INVALID" }), false],
    ["refused on every address", new AggregateError([failed({ code: "ECONNREFUSED", syscall: "connect" })]), false],
    ["refused, wrapped", failed({ code: "ERR_NETWORK" }, failed({ code: "ECONNREFUSED", syscall: "connect" })), false],
    ["connection reset", failed({ code: "ECONNRESET", syscall: "read" }), true],
    ["write failed", failed({ code: "EPIPE", syscall: "write" }), true],
    ["reading timed out", failed({ code: "ETIMEDOUT", syscall: "read" }), true],
    ["answer timed out", failed({ code: "ECONNABORTED" }), true],
    ["an error without a code", new Error("what"), true],
    ["no error at all", undefined, true],
  ];
  for (const [what, error, isSent] of table) {
    it(`${what}: ${isSent ? "perhaps" : "certainly not"}`, () => {
      assert.equal(wasSent(error), isSent);
    });
  }

  it("names the code beside the message", () => {
    assert.equal(failureReason(failed({ code: "ECONNRESET" })), "failed (ECONNRESET)");
    assert.equal(failureReason(failed({}, failed({ code: "EPIPE" }))), "failed (EPIPE)");
  });
});
