/** The forms of inputs that several credentials have: what is read, and what is said of the rest. */
import assert from "node:assert/strict";

import { z } from "zod";

import { flag, grace, inputsOf, keyInput, rotationInputs, withoutProof } from "../../provider/model/inputs";
import { UNKNOWN_VALUE } from "../../provider/model/json";

/** What a form says of a value that it refuses. */
const said = (form: z.ZodType, value: unknown): string =>
  (form.safeParse(value).error?.issues ?? []).map(({ message }) => message).join("; ");

describe("rotateAfter", () => {
  const { rotateAfter } = rotationInputs;
  const DAY = 86_400_000;
  const read: [given: unknown, milliseconds: number, text: string][] = [
    ["90d", 90 * DAY, "90d"],
    [" 12w ", 84 * DAY, "12w"],
    ["P90D", 90 * DAY, "P90D"],
  ];
  for (const [given, milliseconds, text] of read) {
    it(`is ${text}, written ${JSON.stringify(given)}`, () => {
      assert.deepEqual(rotateAfter.parse(given), { text, milliseconds });
    });
  }

  it("is any age where it is left out, or not known yet", () => {
    assert.equal(rotateAfter.parse(undefined), undefined);
    assert.equal(rotateAfter.parse(UNKNOWN_VALUE), undefined);
  });

  const DURATION = 'must be a duration such as "90d", "12w" or "P90D"';
  const refused: [given: unknown, message: string | RegExp][] = [
    [90, DURATION],
    [null, DURATION],
    ["soon", `${DURATION}; it has one unit (ms, s, m, h, d or w) and is no longer than a century`],
    ["", `${DURATION}; it has one unit (ms, s, m, h, d or w) and is no longer than a century`],
    ["3M", /month|minute/],
  ];
  for (const [given, message] of refused) {
    it(`says how it is written, of ${JSON.stringify(given)}`, () => {
      const text = said(rotateAfter, given);
      if (typeof message === "string") assert.equal(text, message);
      else assert.match(text, message);
    });
  }
});

describe("a switch", () => {
  for (const byDefault of [true, false]) {
    it(`is what is given, and ${byDefault} where that is left out or not known yet`, () => {
      const form = flag(byDefault);
      assert.deepEqual(
        [true, false, undefined, UNKNOWN_VALUE].map((value) => form.parse(value)),
        [true, false, byDefault, byDefault],
      );
      for (const value of ["true", 1, null]) assert.equal(said(form, value), "must be true or false");
    });
  }
});

describe("triggers and frozen", () => {
  it("are any JSON and a switch, and stand for nothing where they are left out", () => {
    const form = z.strictObject(rotationInputs);
    assert.deepEqual(form.parse({}), { triggers: null, frozen: false });
    assert.deepEqual(form.parse({ triggers: { a: [1] }, frozen: true }), { triggers: { a: [1] }, frozen: true });
  });
});

describe("a key to take over", () => {
  const form = keyInput("api-", "is a key of another kind", "leave it out to reset");
  const WHOLE = "must be the whole key that is in use now (api-…), without blanks; leave it out to reset";

  it("is read whole, also one without the prefix, and one that is not known yet", () => {
    for (const key of ["api-00000000-0000-4000-8000-00000000abcd", "an-old-key", "12345", "!~!~!", UNKNOWN_VALUE]) {
      assert.equal(form.parse(key), key);
    }
  });

  const refused: [given: unknown, message: string][] = [
    [undefined, "must be the key that is in use now, a string such as api-…"],
    [12345, "must be the key that is in use now, a string such as api-…"],
    ["sdk-00000000-0000-4000-8000-00000000abcd", "is a key of another kind"],
    ["1234", WHOLE],
    ["", WHOLE],
    ["api- 1234", WHOLE],
    [" api-1234", WHOLE],
    ["api-1234 ", WHOLE],
    ["api-1234é", WHOLE],
  ];
  for (const [given, message] of refused) {
    it(`is refused without being repeated: ${JSON.stringify(given)}`, () => {
      assert.equal(said(form, given), message);
    });
  }
});

describe("the inputs of a credential", () => {
  const shape = { tokenId: z.string(), ...rotationInputs, ...grace };
  const { inputs, inputNames } = inputsOf(shape, ({ tokenId, triggers, frozen, oldKeyExpiry }) => {
    return { identity: { tokenId }, triggers, frozen, oldKeyExpiry, ...withoutProof };
  });

  it("are named, and read as the core takes them", () => {
    assert.deepEqual(inputNames, ["tokenId", "triggers", "rotateAfter", "frozen", "oldKeyExpiry"]);
    assert.deepEqual(inputs.parse({ tokenId: "t1", oldKeyExpiry: "immediate" }), {
      identity: { tokenId: "t1" },
      ...{ triggers: null, frozen: false, oldKeyExpiry: { kind: "immediate" } },
      ...{ verify: false, allowSelfRotation: false },
    });
  });

  it("are no others", () => {
    assert.ok(!inputs.safeParse({ tokenId: "t1", other: 1 }).success);
    assert.equal(inputs.parse({ tokenId: "t1" }).oldKeyExpiry, undefined);
  });
});
