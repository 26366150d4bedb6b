/** What counts as a whole key in an answer, and what is a mask. */
import assert from "node:assert/strict";

import fc from "fast-check";

import { wholeKey } from "../../provider/model/answers";

describe("wholeKey", () => {
  const masks = [
    "f84c",
    "****f84c",
    "api-********-****-****-****-********f84c",
    "••••••••f84c",
    "●●●●f84c",
    "api-…f84c",
    "...f84c",
    "api-...f84c",
    "api-61a9....f84c",
    "xxxxf84c",
    "XXXXXXXX",
    "api-xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxf84c",
    "api-61a9xxxxxxxxxxxxxxxxf84c",
    "sdk-####-f84c",
    "----------",
    "________f84c",
    "<redacted>",
    "[hidden]",
    "(hidden)",
    "REDACTED",
    "api-redacted-f84c",
    "masked-f84c",
    "not shown",
    "",
    "   ",
  ];
  for (const mask of masks) {
    it(`takes ${JSON.stringify(mask)} for no key`, () => {
      assert.equal(wholeKey(mask), undefined);
    });
  }

  it("takes nothing for no key", () => {
    assert.deepEqual([wholeKey(null), wholeKey(undefined)], [undefined, undefined]);
  });

  it("never throws a key away, of LaunchDarkly's form or of another", () => {
    const kind = fc.constantFrom("api-", "sdk-", "mob-", "rel-", "");
    const random = fc.uint8Array({ minLength: 16, maxLength: 64 }).filter((bytes) => new Set(bytes).size > 8);
    const written = fc.constantFrom("hex", "base64", "base64url");
    const other = fc.tuple(random, written).map(([bytes, encoding]) => Buffer.from(bytes).toString(encoding as "hex"));
    fc.assert(
      fc.property(kind, fc.oneof(fc.uuid(), other), fc.constantFrom("", " ", "\n"), (prefix, secret, space) => {
        assert.equal(wholeKey(`${space}${prefix}${secret}${space}`), prefix + secret);
      }),
      { numRuns: 2_000 },
    );
  });

  it("keeps keys that hold a little of what masks are made of", () => {
    for (const key of ["api-xx12-f84c", "api-a.b.c.d-f84c", "hidden12f84c", "api-x__x-12f84c", "a#b#c#f84c"]) {
      assert.equal(wholeKey(key), key);
    }
  });
});
