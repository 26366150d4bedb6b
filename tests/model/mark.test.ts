/** The mark by which a stack finds its tokens again. */
import assert from "node:assert/strict";

import fc from "fast-check";

import {
  attemptFor,
  describe as described,
  identifierPrefix,
  isOrganizationKnown,
  markIn,
  newAttempt,
  newNonce,
  ownerOf,
  placeOf,
  textOf,
  urnIn,
  withinStack,
} from "../../provider/model/mark";

const mark = { owner: "shop/production/ci", nonce: "9f86d081884c7d65", number: 3 };

describe("the mark of a token that a stack owns", () => {
  it("stands after the program's description, readable by a person", () => {
    assert.equal(described("CI deploys", mark), "CI deploys [Pulumi shop/production/ci 9f86d081884c7d65 #3]");
    assert.equal(described("", mark), "[Pulumi shop/production/ci 9f86d081884c7d65 #3]");
  });

  it("tells the rotation that made the token, if one did", () => {
    const made = { ...mark, attempt: "5f3a09bc" };
    assert.equal(described("", made), "[Pulumi shop/production/ci 9f86d081884c7d65 #3-5f3a09bc]");
    assert.deepEqual(markIn(described("CI", made)), made);
    assert.equal(textOf(described("CI", made)), "CI");
    assert.match(newAttempt(Math.random), /^[0-9a-f]{8}$/);
  });

  it("is read from any description that it was put behind, and the text too", () => {
    const text = fc.string().map((value) => value.trimEnd());
    const owner = fc.string({ minLength: 1 }).filter((value) => /^[^[\]\n\r\u2028\u2029]+$/.test(value));
    fc.assert(
      fc.property(text, owner, fc.nat(999), (before, name, number) => {
        const description = described(before, { ...mark, owner: name, number });
        assert.deepEqual(markIn(description), { ...mark, owner: name, number });
        assert.equal(textOf(description), before);
      }),
    );
  });

  it("is not seen where it does not end the description, or is another one's", () => {
    for (const text of [null, "", "CI", "[Pulumi shop/production/ci 9f86d081884c7d65 #3] and more", "[Pulumi ci #3]"]) {
      assert.equal(markIn(text), undefined);
      assert.equal(textOf(text), text ?? "");
    }
  });

  it("is read as the pattern that released versions had reads it", () => {
    const pattern = /^([\s\S]*?)\s*\[Pulumi (.+) ([0-9a-f]{16}) #(\d{1,9})\]\s*$/;
    const parts = [
      "[Pulumi ",
      " 9f86d081884c7d65",
      " #3]",
      " ",
      "\n",
      "\u2028",
      "a",
      "]",
      "#",
      "[Pulumi x 9f86d081884c7d65 #12]",
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 10 }), (some) => {
        const description = some.join("");
        const [, text = description, owner = "", nonce = "", number] = pattern.exec(description) ?? [];
        assert.equal(textOf(description), text);
        const expected = number === undefined ? undefined : { owner, nonce, number: Number(number) };
        assert.deepEqual(markIn(description), expected);
      }),
      { numRuns: 5_000 },
    );
  });

  it("names a resource by organization, project, stack, the types of its parents, and name", () => {
    const type = "pulumi-nodejs:dynamic/launchdarkly:RotatingAccessToken";
    assert.equal(ownerOf(`acme/urn:pulumi:dev::shop::${type}::ci`), "acme/shop/dev/ci");
    assert.equal(ownerOf(`acme/urn:pulumi:dev::shop::a:b:C$d:e:F$${type}::ci::x`), "acme/shop/dev/a:b:C$d:e:F$ci::x");
  });

  it("tells whether two of one name are of one organization", () => {
    for (const organization of ["organization", "acme"]) assert.ok(isOrganizationKnown(`${organization}/urn:pulumi:a`));
    assert.ok(!isOrganizationKnown("/urn:pulumi:a"));
  });

  it("names no organization where the backend has none, or nobody knows it", () => {
    assert.equal(ownerOf("organization/urn:pulumi:dev::shop::x:y:Z::urn:pulumi:ci"), "shop/dev/urn:pulumi:ci");
    assert.equal(ownerOf("/urn:pulumi:dev::shop::x:y:Z::ci"), "shop/dev/ci");
  });

  it("keeps the organization that it has, where nobody knows another one", () => {
    const unknown = "/urn:pulumi:dev::shop::a:b:C$x:y:Z::ci";
    const rows: [owner: string, before: string | undefined, after: string][] = [
      [unknown, "acme/shop/dev/a:b:C$ci", "acme/shop/dev/a:b:C$ci"],
      [unknown, "shop/dev/a:b:C$ci", "shop/dev/a:b:C$ci"],
      [unknown, undefined, "shop/dev/a:b:C$ci"],
      [unknown, "acme/shop/dev/ci", "shop/dev/a:b:C$ci"],
      [unknown, "acme/shop/qa/a:b:C$ci", "shop/dev/a:b:C$ci"],
      [unknown, "a/b/shop/dev/a:b:C$ci", "shop/dev/a:b:C$ci"],
      [unknown, "/shop/dev/a:b:C$ci", "shop/dev/a:b:C$ci"],
      [`other${unknown}`, "acme/shop/dev/a:b:C$ci", "other/shop/dev/a:b:C$ci"],
      [`organization${unknown}`, "acme/shop/dev/a:b:C$ci", "shop/dev/a:b:C$ci"],
    ];
    for (const [owner, before, after] of rows) assert.equal(ownerOf(owner, before), after, before);
  });

  it("has a nonce of 16 hexadecimal digits, another one for every resource", () => {
    assert.equal(
      newNonce(() => 0),
      "0000000000000000",
    );
    assert.equal(
      newNonce(() => 1 - 2 ** -53),
      "ffffffffffffffff",
    );
    assert.notEqual(newNonce(Math.random), newNonce(Math.random));
  });
});

describe("the place of a resource", () => {
  it("is read of its organization and its URN", () => {
    assert.deepEqual(placeOf("acme/urn:pulumi:dev::shop::a:b:C$d:e:F$x:y:Z::ci::deploys"), {
      stack: "acme/shop/dev/",
      isOrganizationKnown: true,
      parents: ["a:b:C", "d:e:F"],
      name: "ci::deploys",
    });
    const unknown = placeOf("/urn:pulumi:dev::shop::x:y:Z::ci");
    assert.deepEqual(unknown, { stack: "shop/dev/", isOrganizationKnown: false, parents: [], name: "ci" });
  });

  it("is told apart from that of another stack", () => {
    const known = { stack: "acme/shop/dev/", isOrganizationKnown: true };
    const unknown = { stack: "shop/dev/", isOrganizationKnown: false };
    const rows: [owner: string, stack: typeof known, within: string | undefined][] = [
      ["acme/shop/dev/ci", known, "ci"],
      ["acme/shop/qa/ci", known, undefined],
      ["x/acme/shop/dev/ci", known, undefined],
      ["shop/dev/ci", unknown, "ci"],
      ["acme/shop/dev/ci", unknown, "ci"],
      ["/shop/dev/ci", unknown, undefined],
      ["a/b/shop/dev/ci", unknown, undefined],
      ["acme/shop/dev/ci", { ...unknown, isOrganizationKnown: true }, undefined],
    ];
    for (const [owner, stack, within] of rows) assert.equal(withinStack(owner, stack), within, owner);
  });

  it("has a URN", () => {
    assert.equal(urnIn("acme/urn:pulumi:dev::shop::x:y:Z::ci"), "urn:pulumi:dev::shop::x:y:Z::ci");
  });
});

// Records at LaunchDarkly are called so: another release must find them again.
describe("the beginning of an identifier", () => {
  const rows: [owner: string, beginning: string][] = [
    ["acme/urn:pulumi:dev::shop::a:b:C::ci", "shop-dev-ci-2df68f09"],
    ["organization/urn:pulumi:dev::shop::a:b:C::ci", "shop-dev-ci-c626ba18"],
    ["acme/urn:pulumi:dev::my shop::a:b:C::ci  deploys::x", "my-shop-dev-ci-deploys-x-d70be126"],
    ["acme/urn:pulumi:dev::__shop::a:b:C::ci", "shop-dev-ci-4e5b1417"],
    [`acme/urn:pulumi:dev::shop::a:b:C::${"n".repeat(200)}`, `shop-dev-${"n".repeat(71)}-2bbc31ed`],
    ["acme/urn:pulumi:ü::é::a:b:C::ä", "b59fd0bd"],
  ];
  for (const [owner, beginning] of rows) {
    it(`reads as project, stack and name, and tells what reads alike apart: ${beginning}`, () => {
      assert.equal(identifierPrefix(owner), beginning);
    });
  }
});

describe("what tells a rotation from others", () => {
  it("is the same for the same purpose, and another one for every other", () => {
    const purpose = { triggers: { a: 1 } };
    assert.equal(attemptFor("o", purpose, 3), "04e848e5");
    assert.equal(attemptFor("o", { ...purpose, atCreation: { name: "x" } }, 3), "b0125950");
    const others = [
      attemptFor("p", purpose, 3),
      attemptFor("o", { triggers: { a: 2 } }, 3),
      attemptFor("o", purpose, 4),
      attemptFor("o", { ...purpose, atCreation: { name: "y" } }, 3),
    ];
    assert.equal(new Set([...others, "04e848e5", "b0125950"]).size, 6);
  });

  it("is in a mark at the end of a long description, on a line of its own", () => {
    for (const text of [`${"long ".repeat(50)}line`, "two\nlines", "two\rlines", "two\u2028lines", "two\u2029lines"]) {
      const description = described(text, { ...mark, attempt: "5f3a09bc" });
      assert.deepEqual([markIn(`${description}  `), textOf(description)], [{ ...mark, attempt: "5f3a09bc" }, text]);
    }
    assert.equal(markIn(`[Pulumi shop\n/dev/ci 9f86d081884c7d65 #3]`), undefined);
    assert.equal(markIn(`[Pulumi  9f86d081884c7d65 #3]`), undefined);
    assert.deepEqual([markIn(null), textOf(null)], [undefined, ""]);
  });
});
