/** How long to wait before another try, and when to give up. */
import assert from "node:assert/strict";

import { retryWait } from "../../provider/client/retrying";
import { ATTEMPTS, PATIENCE_MS } from "../../provider/client/limits";

describe("retryWait", () => {
  const failed = (failures: number, elapsedMs = 0) => ({ tries: failures, failures, elapsedMs });

  it("doubles up to 8 s, and takes any part of it", () => {
    assert.deepEqual(
      [1, 2, 3, 4].map((failures) => retryWait(failed(failures), 1)),
      [500, 1000, 2000, 4000],
    );
    assert.equal(retryWait({ ...failed(0), tries: 50 }, 1), 8000);
    assert.equal(retryWait(failed(3), 0), 0);
    assert.equal(retryWait(failed(3), 0.5), 1000);
  });

  it("gives up after a number of failures, but waits rate limits out", () => {
    assert.equal(retryWait(failed(ATTEMPTS), 1), undefined);
    assert.equal(retryWait({ tries: 4 * ATTEMPTS, failures: ATTEMPTS - 1, elapsedMs: 0 }, 1), 8000);
  });

  it("gives up when the time is over, whatever the reason", () => {
    assert.equal(retryWait(failed(1, PATIENCE_MS), 1), undefined);
    assert.equal(retryWait({ tries: 9, failures: 0, elapsedMs: PATIENCE_MS }, 1), undefined);
    assert.equal(retryWait(failed(1, PATIENCE_MS - 1), 1), 500);
  });
});
