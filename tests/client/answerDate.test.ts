/** Which `Date` headers tell LaunchDarkly's clock, and which a cache has kept: a table. */
import assert from "node:assert/strict";

import { answerDate } from "../../provider/client/serverClock";

describe("the date of an answer", () => {
  const date = "Mon, 23 Nov 2026 00:00:00 GMT";
  const table: [headers: Record<string, string>, counts: boolean][] = [
    [{}, true],
    [{ age: "0" }, true],
    [{ age: "10800" }, false],
    [{ age: "soon" }, false],
    [{ age: "" }, false],
    [{ "x-cache": "MISS" }, true],
    [{ "x-cache": "HIT" }, false],
    [{ "x-cache": "MISS, HIT", age: "0" }, false],
    [{ "x-cache": "Hit from cloudfront" }, false],
    [{ "cache-status": "Proxy; fwd=miss" }, true],
    [{ "cache-status": "Proxy; hit; ttl=376" }, false],
    [{ "cf-cache-status": "DYNAMIC" }, true],
    [{ "cf-cache-status": "STALE" }, false],
  ];
  for (const [headers, counts] of table) {
    it(`${counts ? "counts" : "does not count"} with ${JSON.stringify(headers)}`, () => {
      assert.equal(answerDate({ ...headers, date }), counts ? date : undefined);
    });
  }

  it("may be missing", () => {
    assert.equal(answerDate({}), undefined);
  });
});
