/** Which triggers have changed, and what names them. */
import assert from "node:assert/strict";

import fc from "fast-check";

import { describeChange, triggerChanges } from "../../provider/decisions/rotationReason";
import { type Json, UNKNOWN_VALUE } from "../../provider/model/json";

describe("triggerChanges", () => {
  const table: [before: Json, after: Json, changes: string[]][] = [
    [null, null, []],
    [{ a: 1 }, { a: 1 }, []],
    [{ a: 1, b: [1, { c: 2 }] }, { b: [1, { c: 2 }], a: 1 }, []],
    [{ a: 1 }, { a: 2 }, ["triggers.a changed"]],
    [{ a: 1 }, { a: "1" }, ["triggers.a changed"]],
    [{ a: { b: 1 } }, { a: { b: 2 } }, ["triggers.a changed"]],
    [{ a: 1 }, { b: 1 }, ["triggers.a removed", "triggers.b added"]],
    [{ b: 1, c: 1, a: 1 }, { c: 2, b: 2, a: 2 }, ["triggers.a changed", "triggers.b changed", "triggers.c changed"]],
    [{}, { a: null }, ["triggers.a added"]],
    [{ a: null }, { a: 0 }, ["triggers.a changed"]],
    [["a", "b"], ["b", "a"], ["triggers changed"]],
    ["v1", "v2", ["triggers changed"]],
    [null, { a: 1 }, ["triggers added"]],
    [{ a: 1 }, null, ["triggers removed"]],
    [[1], { 0: 1 }, ["triggers changed"]],
    [{ a: 1 }, { a: UNKNOWN_VALUE }, ["triggers.a is not known yet"]],
    [{ a: 1 }, { a: { b: [UNKNOWN_VALUE] } }, ["triggers.a is not known yet"]],
    [{ a: 1 }, UNKNOWN_VALUE, ["triggers is not known yet"]],
  ];
  for (const [before, after, changes] of table) {
    it(`${JSON.stringify(before)} → ${JSON.stringify(after)}: ${changes.join(", ") || "nothing"}`, () => {
      assert.deepEqual(triggerChanges(before, after).map(describeChange), changes);
    });
  }

  const json = fc.jsonValue() as fc.Arbitrary<Json>;

  it("finds nothing in a value that went through JSON", () => {
    fc.assert(
      fc.property(json, (value) => {
        assert.deepEqual(
          triggerChanges(JSON.parse(JSON.stringify(value)) as Json, JSON.parse(JSON.stringify(value)) as Json),
          [],
        );
      }),
    );
  });

  it("finds something whenever the JSON differs, and never shows a value", () => {
    const secret = "a-value-that-nobody-may-see";
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), json), json, (map, value) => {
        const changes = triggerChanges({ ...map, key: [secret, value] }, { ...map, key: [secret, value, 1] });
        assert.deepEqual(changes, [{ name: "triggers.key", change: "changed" }]);
        assert.ok(!JSON.stringify(changes).includes(secret));
      }),
    );
  });
});
