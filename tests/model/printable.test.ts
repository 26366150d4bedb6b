/** Text of others, as it may be printed, and the ending of a key. */
import assert from "node:assert/strict";

import fc from "fast-check";

import { lastFourOf } from "../../provider/model/answers";
import { printable } from "../../provider/model/redact";

describe("printable", () => {
  it("keeps text of any language as it is", () => {
    for (const text of ["deploys of Zoë", "デプロイ", "مفتاح", "naïve “quotes” – 5 €", "🚀 ci"]) {
      assert.equal(printable(text), text);
    }
  });

  it("leaves nothing that a terminal obeys, or that is not seen", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        assert.doesNotMatch(printable(text), /[\p{C}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

describe("the ending of a key", () => {
  const endings = [
    ["api-89ab", "89ab"],
    ["! ! !", "! !"],
    ["\u{1f511}\u{1f511}x", "\u{1f511}x"],
  ] as const;
  for (const [key, ending] of endings) {
    it(`is ${ending} of ${key}, and stays so in the state`, () => {
      assert.equal(lastFourOf(key), ending);
    });
  }

  it("is its own ending, whatever an answer shows", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        assert.equal(lastFourOf(lastFourOf(text)), lastFourOf(text));
      }),
    );
  });
});
