/** What leaves the client of keys and of other secrets: a label, and no more. */
import assert from "node:assert/strict";

import { keyLabel, printable, redact, withoutKeys, withoutKeysIn } from "../../provider/model/redact";

describe("a text that leaves the client", () => {
  const table: [text: string, secrets: string[], redacted: string][] = [
    ["nothing to hide", [], "nothing to hide"],
    ["it is api-00000000-1111-4222-8333-44444444abcd.", [], "it is api-…abcd."],
    ["sdk-11112222 and mob-33334444, rel-55556666", [], "sdk-…2222 and mob-…4444, rel-…6666"],
    ["a secret is hunter2", ["hunter2"], "a secret is …ter2"],
    ["twice hunter2, hunter2", ["hunter2"], "twice …ter2, …ter2"],
    ["two: hunter2 and swordfish", ["hunter2", "swordfish"], "two: …ter2 and …fish"],
    ["five: abcde", ["abcde"], "five: …bcde"],
    ["four characters are shown anyway: abcd", ["abcd"], "four characters are shown anyway: abcd"],
    ["none is given", [""], "none is given"],
    ["api-", [], "api-"],
  ];
  for (const [text, secrets, redacted] of table) {
    it(`is ${JSON.stringify(redacted)}`, () => {
      assert.equal(redact(text, secrets), redacted);
    });
  }
});

describe("the label of a key", () => {
  for (const [key, label] of [
    ["api-00000000-1111-4222-8333-44444444abcd", "api-…abcd"],
    ["rel-0000ef01", "rel-…ef01"],
    ["an old key", "… key"],
  ] as const) {
    it(`is its kind and its last four characters: ${label}`, () => {
      assert.equal(keyLabel(key), label);
    });
  }
});

const KEY = "api-00000000-1111-4222-8333-44444444abcd";

describe("a text that a state keeps", () => {
  it("has no whole key and no secret, and every name as it was", () => {
    const rows: [text: string, secrets: string[], kept: string][] = [
      [`${KEY} and ${KEY}`, [], "api-…abcd and api-…abcd"],
      ["api-gateway", [], "api-gateway"],
      ["it is hunter2", ["hunter2"], "it is …ter2"],
    ];
    for (const [text, secrets, kept] of rows) assert.equal(withoutKeys(text, secrets), kept);
  });

  it("has none anywhere in a value, in names neither, and the rest as it was", () => {
    const value = { [KEY]: [KEY, 1, null, true, { deep: "hunter2" }], plain: "api-gateway", none: null, number: 2 };
    const kept = { "api-…abcd": ["api-…abcd", 1, null, true, { deep: "…ter2" }], plain: "api-gateway" };
    assert.deepEqual(withoutKeysIn(value, ["hunter2"]), { ...kept, none: null, number: 2 });
    for (const other of [null, 1, true, "plain"]) assert.equal(withoutKeysIn(other), other);
    assert.equal(withoutKeysIn(KEY), "api-…abcd");
  });
});

describe("a text that people read", () => {
  const rows: [text: string, seen: string][] = [
    ["a\n\n\tb", "a b"],
    ["  a  ", "a"],
    ["\u001b[31mred\u001b[0m", "red"],
    ["a\u202eb", "ab"],
    [KEY.replace("1111", "11\u200b11"), "api-…abcd"],
  ];
  for (const [text, seen] of rows) {
    it(`is on one line, with nothing that a terminal obeys: ${JSON.stringify(text)}`, () => {
      assert.equal(printable(text), seen);
    });
  }

  it("has no secret that is given", () => {
    assert.equal(printable("it is hunter2", ["hunter2"]), "it is …ter2");
  });
});
