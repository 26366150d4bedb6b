/** Why a request got no answer, and when a wait is worth a message. */
import assert from "node:assert/strict";

import { failureReason } from "../../provider/client/failureReason";
import { createWaitNotices } from "../../provider/client/rateLimit";

const coded = (message: string, code: unknown, cause?: unknown) =>
  Object.assign(new Error(message, { cause }), { code });

describe("why a request got no answer", () => {
  const table: [what: string, error: unknown, reason: string][] = [
    ["a message", new Error("socket hang up"), "socket hang up"],
    ["a message with its code", coded("socket hang up", "ECONNRESET"), "socket hang up (ECONNRESET)"],
    ["a code that the message has", coded("connect ECONNREFUSED ::1", "ECONNREFUSED"), "connect ECONNREFUSED ::1"],
    ["the code of a cause", new Error("failed", { cause: coded("inner", "EPIPE") }), "failed (EPIPE)"],
    ["its own code before that of a cause", coded("failed", "OUTER", coded("inner", "EPIPE")), "failed (OUTER)"],
    [
      "the code of one of several",
      new AggregateError([new Error("a"), coded("b", "ETIMEDOUT")], "both"),
      "both (ETIMEDOUT)",
    ],
    ["a code that is no text", coded("failed", 7), "failed"],
    ["no message", coded("", "EPIPE"), "the request failed (EPIPE)"],
    ["no error", "odd", "the request failed"],
    ["a code alone", { code: "EPIPE" }, "the request failed (EPIPE)"],
    ["nothing", null, "the request failed"],
    ["a cause that is nothing", new Error("failed", { cause: null }), "failed"],
  ];
  for (const [what, error, reason] of table) {
    it(`is ${reason}: ${what}`, () => {
      assert.equal(failureReason(error), reason);
    });
  }
});

describe("a wait for the rate limit", () => {
  it("is news the first time, when it is twice as long as the last that was, and after a rotation", () => {
    const { isNews, forget } = createWaitNotices();
    assert.deepEqual(
      [10, 10, 19, 20, 39, 40].map((milliseconds) => isNews(milliseconds)),
      [true, false, false, true, false, true],
    );
    forget();
    assert.deepEqual(
      [1, 1].map((milliseconds) => isNews(milliseconds)),
      [true, false],
    );
  });
});
