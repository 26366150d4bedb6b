/** What leaves the client of keys and of other secrets: a label, and no more. */
import assert from "node:assert/strict";

import { keyLabel, redact } from "../../provider/model/redact";

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
