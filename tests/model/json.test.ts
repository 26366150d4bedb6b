/** What counts as JSON, and how deep it may be nested. */
import assert from "node:assert/strict";

import { containsUnknown, isUnknownInput, unknownInputs, UNKNOWN_VALUE } from "../../provider/model/json";
import { DEEPEST_NESTING, jsonSchema } from "../../provider/model/jsonSchema";

function nested(levels: number, inner: unknown = 1): unknown {
  let value = inner;
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

const isJson = (value: unknown) => jsonSchema.safeParse(value).success;

describe("a JSON value", () => {
  it("may be anything that JSON can hold", () => {
    for (const value of [null, true, 0, -1.5, "", [], {}, [null, { a: [1] }], JSON.parse('{"__proto__":1}')]) {
      assert.ok(isJson(value), JSON.stringify(value));
    }
  });

  it("is nothing that JSON can't hold, anywhere inside", () => {
    for (const value of [undefined, Number.NaN, Infinity, 1n, () => 1, Symbol("a"), new Date(0), new Map()]) {
      assert.ok(!isJson(value) && !isJson([{ a: value }]), typeof value);
    }
  });

  it("is nested to a bound, and what is deeper is refused and not thrown at", () => {
    assert.deepEqual(
      [DEEPEST_NESTING, DEEPEST_NESTING + 1, 100_000].map((levels) => isJson(nested(levels))),
      [true, false, false],
    );
  });

  it("is looked through for unknown values however deep they are", () => {
    assert.deepEqual([nested(100_000, UNKNOWN_VALUE), nested(100_000)].map(containsUnknown), [true, false]);
  });

  it("is refused in words that name the bound, and where one part of a list is none", () => {
    const { error } = jsonSchema.safeParse(undefined);
    assert.equal(error?.issues[0]?.message, "must be a JSON value, nested 1000 levels deep at most");
    assert.ok(!isJson([1, undefined]) && !isJson([undefined, 1]));
  });

  const inputs: [input: unknown, isUnknown: boolean][] = [
    [UNKNOWN_VALUE, true],
    [[UNKNOWN_VALUE], true],
    [[UNKNOWN_VALUE, "a"], false],
    [["a", UNKNOWN_VALUE], false],
    [["a"], false],
    [[], false],
    ["a", false],
    [{ 0: UNKNOWN_VALUE, length: 1 }, false],
    [undefined, false],
  ];
  for (const [input, isUnknown] of inputs) {
    it(`is ${isUnknown ? "not known at all" : "known, or in part"}: ${JSON.stringify(input)}`, () => {
      assert.equal(isUnknownInput(input), isUnknown);
    });
  }

  it("makes its input one that is not known, or not all of it, by name", () => {
    const given = { a: UNKNOWN_VALUE, b: "b", c: { d: [UNKNOWN_VALUE] }, e: null };
    assert.deepEqual([...unknownInputs(given)], ["a", "c"]);
  });
});
