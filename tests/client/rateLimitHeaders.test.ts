/** How long the headers of an answer ask to wait: a table. */
import assert from "node:assert/strict";

import fc from "fast-check";

import { requestedWait, requestsLeft } from "../../provider/client/rateLimit";

const NOW = 1_800_000_000_000;

describe("requestedWait", () => {
  const in7s = String(NOW + 7_000);
  const in9s = String(NOW + 9_000);
  const table: [what: string, status: number, headers: Record<string, string>, delay: number | undefined][] = [
    ["no header", 429, {}, undefined],
    ["the window's end", 429, { "x-ratelimit-reset": in7s }, 7_000],
    [
      "the later of two windows, when none says what is left",
      429,
      { "x-ratelimit-reset": in7s, "x-ratelimit-auth-token-reset": in9s },
      9_000,
    ],
    [
      "the exhausted one of two windows",
      429,
      {
        "x-ratelimit-reset": in7s,
        "x-ratelimit-route-remaining": "0",
        "x-ratelimit-auth-token-reset": in9s,
        "x-ratelimit-auth-token-remaining": "3",
      },
      7_000,
    ],
    [
      "the key's own window, used up by a success",
      200,
      { "x-ratelimit-auth-token-remaining": "0", "x-ratelimit-auth-token-reset": in9s, "x-ratelimit-reset": in7s },
      9_000,
    ],
    [
      "seconds for an IP limit",
      429,
      { "retry-after": "3", "x-ratelimit-reset": in7s, "x-ratelimit-global-remaining": "9" },
      3_000,
    ],
    ["a window that has opened", 429, { "x-ratelimit-reset": String(NOW - 5) }, 0],
    ["a window of another clock", 429, { "x-ratelimit-reset": String(NOW + 1e9) }, 300_000],
    [
      "a window by the answer's own date",
      429,
      { date: new Date(NOW + 5_000).toUTCString(), "x-ratelimit-reset": in7s },
      2_000,
    ],
    ["nonsense", 429, { "x-ratelimit-reset": "soon", "retry-after": "-1" }, undefined],
    ["a window in an answer that is no 429", 503, { "x-ratelimit-reset": in7s }, undefined],
    [
      "an exhausted window in a success",
      200,
      { "x-ratelimit-reset": in7s, "x-ratelimit-global-remaining": "0" },
      7_000,
    ],
    ["an overloaded server", 503, { "retry-after": "2" }, 2_000],
  ];
  for (const [what, status, headers, delay] of table) {
    it(`${what}: ${String(delay)}`, () => {
      assert.equal(requestedWait(status, headers, NOW), delay);
    });
  }

  it("is never negative, never longer than five minutes, and never fails", () => {
    const header = fc.oneof(fc.string(), fc.integer().map(String), fc.double().map(String));
    fc.assert(
      fc.property(
        fc.record(
          { "retry-after": header, "x-ratelimit-reset": header, "x-ratelimit-auth-token-reset": header },
          { requiredKeys: [] },
        ),
        (headers) => {
          const delay = requestedWait(429, headers, NOW) ?? 0;
          assert.ok(delay >= 0 && delay <= 300_000);
        },
      ),
    );
  });
});

describe("requestsLeft", () => {
  const GLOBAL = { "x-ratelimit-global-remaining": "9", "x-ratelimit-reset": "70" };
  const TOKEN = { "x-ratelimit-auth-token-remaining": "4", "x-ratelimit-auth-token-reset": "90" };
  const rows: [what: string, headers: Record<string, string>, left: object | undefined][] = [
    ["nothing where no window says so", { "x-ratelimit-reset": "70" }, undefined],
    ["what its window says", GLOBAL, { left: 9, window: "70," }],
    ["what the narrowest says", { ...GLOBAL, ...TOKEN }, { left: 4, window: "70,90" }],
    [
      "what the narrowest says, whichever it is",
      { ...TOKEN, "x-ratelimit-route-remaining": "2" },
      { left: 2, window: ",90" },
    ],
    ["none left", { ...TOKEN, "x-ratelimit-auth-token-remaining": " 0 " }, { left: 0, window: ",90" }],
    ["nothing where it is no number", { ...TOKEN, "x-ratelimit-auth-token-remaining": "4x" }, undefined],
  ];
  for (const [what, headers, left] of rows) {
    it(`is ${what}`, () => {
      assert.deepEqual(requestsLeft(headers), left);
    });
  }
});
