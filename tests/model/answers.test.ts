/** What answers say: instants, endings of keys, texts and the id of the account. */
import assert from "node:assert/strict";

import { epochMilliseconds, isSameEnding, LAST_INSTANT, shownText, wellFormedText } from "../../provider/model/answers";
import { accountId } from "../../provider/model/state";

describe("an instant in an answer", () => {
  it("is a number, or the same as digits", () => {
    for (const value of [0, 1_800_000_000_000, LAST_INSTANT, null]) assert.equal(epochMilliseconds.parse(value), value);
    assert.equal(epochMilliseconds.parse("1800000000000"), 1_800_000_000_000);
    assert.equal(epochMilliseconds.parse("7"), 7);
  });

  for (const value of [-1, 1.5, LAST_INSTANT + 1, "", "1.5", "-1", "x7", "7x", "12345678901234567", "soon", "12 34"]) {
    it(`is not ${JSON.stringify(value)}`, () => {
      assert.ok(!epochMilliseconds.safeParse(value).success);
    });
  }
});

describe("two endings", () => {
  const rows: [one: string | null, other: string | null, isSame: boolean][] = [
    ["ab12", "ab12", true],
    ["ab12", "b12", true],
    ["b12", "ab12", true],
    ["ab12", "ab1", false],
    ["ab1", "ab12", false],
    ["ab12", "cd34", false],
    [null, null, true],
    [null, "ab12", false],
    ["ab12", null, false],
  ];
  for (const [one, other, isSame] of rows) {
    it(`${isSame ? "may" : "can't"} be of one key: ${String(one)}, ${String(other)}`, () => {
      assert.equal(isSameEnding(one, other), isSame);
    });
  }
});

describe("a text in an answer", () => {
  it("has no half of a character, and no key where it is shown", () => {
    assert.equal(wellFormedText.parse("a\ud800b"), "a\ufffdb");
    assert.equal(shownText.parse("of api-00000000-1111-4222-8333-44444444abcd\ud800"), "of api-…abcd\ufffd");
  });
});

describe("the id of an account", () => {
  it("is what no key looks like", () => {
    for (const id of ["a", "61095542756dba551110ae21", "a".repeat(64)]) assert.equal(accountId.parse(id), id);
    for (const id of ["", "a-b", "a".repeat(65), "api-1", " a", "a ", "a/b"])
      assert.ok(!accountId.safeParse(id).success, id);
  });
});
