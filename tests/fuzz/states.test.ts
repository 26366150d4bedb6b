import assert from "node:assert/strict";

import fc from "fast-check";

import { rotationReason } from "../../provider/decisions/rotationReason";
import { stateSchema } from "../../provider/model/state";
import { assertIsKept, NEW_KEY, odd } from "./odd";
import { runs } from "./runs";

describe("fuzzed states", () => {
  it("of older releases, with properties missing or more of them, are accepted", () => {
    const full = stateSchema.parse({ tokenId: "t1", token: NEW_KEY, tokenLastFour: "89cd", triggers: { a: 1 } });
    const optional = Object.keys(full).filter((name) => name !== "tokenId");
    fc.assert(
      fc.property(
        fc.subarray(optional),
        fc.dictionary(fc.string({ minLength: 20 }), fc.jsonValue()),
        (dropped, more) => {
          const old = {
            ...more,
            ...Object.fromEntries(Object.entries(full).filter(([name]) => !dropped.includes(name))),
          };
          const state = stateSchema.parse(JSON.parse(JSON.stringify(old)));
          assert.equal(state.tokenId, "t1");
          if (!dropped.includes("token")) assert.equal(state.token, NEW_KEY);
          const reason = rotationReason(state, { triggers: { a: 1 } }, Date.UTC(2026, 10, 24));
          const isDue = dropped.includes("token") || dropped.includes("triggers");
          assert.equal(reason !== undefined, isDue);
          assertIsKept(state);
        },
      ),
      runs,
    );
  });

  it("are refused with words, and no value of theirs, when they are broken", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom("tokenId", "token", "rotationCount", "lostReset"), odd), (broken) => {
        const parsed = stateSchema.safeParse(broken);
        if (!parsed.success) assert.ok(!parsed.error.message.includes(NEW_KEY));
      }),
      runs,
    );
  });
});
