/** Text of others, as it may be printed. */
import assert from "node:assert/strict";

import fc from "fast-check";

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
