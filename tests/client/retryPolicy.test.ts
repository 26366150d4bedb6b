import assert from "node:assert/strict";

import { ATTEMPTS, PATIENCE_MS } from "../../provider/client/limits";
import { retryWait } from "../../provider/client/retryPolicy";

describe("retryWait", () => {
  const failed = (attempt: number, elapsedMs = 0) => ({ attempt, elapsedMs, isRateLimited: false });

  it("doubles up to 8 s, and takes any part of it", () => {
    assert.deepEqual(
      [1, 2, 3, 4].map((attempt) => retryWait(failed(attempt), 1)),
      [500, 1000, 2000, 4000],
    );
    assert.equal(retryWait({ ...failed(50), isRateLimited: true }, 1), 8000);
    assert.equal(retryWait(failed(3), 0), 0);
    assert.equal(retryWait(failed(3), 0.5), 1000);
  });

  it("gives up after a number of failures, but waits rate limits out", () => {
    assert.equal(retryWait(failed(ATTEMPTS), 1), undefined);
    assert.equal(retryWait({ ...failed(ATTEMPTS), isRateLimited: true }, 1), 8000);
  });

  it("gives up when the time is over, whatever the reason", () => {
    assert.equal(retryWait(failed(1, PATIENCE_MS), 1), undefined);
    assert.equal(retryWait({ ...failed(1, PATIENCE_MS), isRateLimited: true }, 1), undefined);
    assert.equal(retryWait(failed(1, PATIENCE_MS - 1), 1), 500);
  });
});
