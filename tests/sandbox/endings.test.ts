/** The endings of the sandbox's keys: people and tests tell keys apart by them. */
import assert from "node:assert/strict";

import { newKey } from "../../sandbox/key";

describe("the endings of the sandbox's keys", () => {
  it("differ among the keys of a session, whatever kind they are of", () => {
    const keys = Array.from({ length: 1_000 }, (_, number) => newKey(number % 2 === 0 ? "api" : "sdk").value);
    assert.equal(new Set(keys.map((key) => key.slice(-4))).size, keys.length);
  });

  it("come back in the end: keys do not run out", () => {
    assert.equal(new Set(Array.from({ length: 70_000 }, () => newKey("mob").value)).size, 70_000);
  });
});
