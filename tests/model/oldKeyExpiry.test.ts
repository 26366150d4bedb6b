/** The forms of oldKeyExpiry: what is taken, what is refused, and with which words. */
import assert from "node:assert/strict";

import fc from "fast-check";

import { type OldKeyExpiry, oldKeyExpirySchema } from "../../provider/model/duration";
import { UNKNOWN_VALUE } from "../../provider/model/json";

const HOUR = 3_600_000;

function read(input: unknown): OldKeyExpiry | string {
  const parsed = oldKeyExpirySchema.safeParse(input);
  return parsed.success ? parsed.data : (parsed.error.issues[0]?.message ?? "");
}

describe("oldKeyExpiry", () => {
  const accepted: [input: unknown, meaning: OldKeyExpiry][] = [
    ["immediate", { kind: "immediate" }],
    ["24h", { kind: "duration", milliseconds: 24 * HOUR }],
    ["1.5h", { kind: "duration", milliseconds: 1.5 * HOUR }],
    [" 7 days ", { kind: "duration", milliseconds: 7 * 24 * HOUR }],
    ["2w", { kind: "duration", milliseconds: 14 * 24 * HOUR }],
    ["500ms", { kind: "duration", milliseconds: 500 }],
    ["PT24H", { kind: "duration", milliseconds: 24 * HOUR }],
    ["P7D", { kind: "duration", milliseconds: 7 * 24 * HOUR }],
    ["P1DT12H30M", { kind: "duration", milliseconds: 36.5 * HOUR }],
    ["P2W", { kind: "duration", milliseconds: 14 * 24 * HOUR }],
    ["2028-02-29T00:00:00Z", { kind: "instant", epochMilliseconds: Date.UTC(2028, 1, 29) }],
    ["2027-01-31T12:00:00+01:00", { kind: "instant", epochMilliseconds: Date.UTC(2027, 0, 31, 11) }],
    ["2027-01-31T12:00:00.250Z", { kind: "instant", epochMilliseconds: Date.UTC(2027, 0, 31, 12, 0, 0, 250) }],
    ["9999-12-31T23:59:59.999Z", { kind: "instant", epochMilliseconds: 253_402_300_799_999 }],
    [1_800_000_000_000, { kind: "instant", epochMilliseconds: 1_800_000_000_000 }],
    ["1800000000000", { kind: "instant", epochMilliseconds: 1_800_000_000_000 }],
    ["+1800000000000", { kind: "instant", epochMilliseconds: 1_800_000_000_000 }],
    [" immediate ", { kind: "immediate" }],
    [UNKNOWN_VALUE, { kind: "unknown" }],
    [1e12, { kind: "instant", epochMilliseconds: 1e12 }],
  ];
  for (const [input, meaning] of accepted) {
    it(`takes ${JSON.stringify(input)}`, () => {
      assert.deepEqual(read(input), meaning);
    });
  }

  const refused: [input: unknown, message: RegExp][] = [
    ["", /^must be a duration/],
    ["soon", /^must be a duration/],
    ["24", /a duration needs a unit, for example "24h"/],
    [24, /a duration needs a unit, for example "24h"/],
    ["1h30m", /a duration has one unit/],
    ["1y", /no longer than a century/],
    ["P1M", /^must be a duration/],
    ["P1Y", /^must be a duration/],
    ["P", /^must be a duration/],
    ["PT", /^must be a duration/],
    ["-24h", /^must be a duration/],
    ["0h", /write "immediate"/],
    ["PT0S", /write "immediate"/],
    ["00.00 hours", /^is no time at all; write "immediate"/],
    ["0.00h", /^is no time at all; write "immediate"/],
    ["P0D", /^is no time at all; write "immediate"/],
    ["0 minutes", /^is no time at all; write "immediate"/],
    ["0h later", /^must be a duration/],
    ["in 0h", /^must be a duration/],
    ["1.25", /^must be whole epoch milliseconds/],
    ["-5", /^must be after 1970/],
    ["1x", /^must be a duration/],
    ["10M", /^has the unit M/],
    [1e9, /^looks like epoch seconds/],
    [1e9 - 1, /^is no instant of this century; a duration needs a unit, for example "999999999h"/],
    [0, /write "immediate"/],
    [-1, /write "immediate"/],
    [1_800_000_000, /looks like epoch seconds; in milliseconds it is 1800000000000/],
    ["1800000000", /looks like epoch seconds; in milliseconds it is 1800000000000/],
    [1.5e12 + 0.5, /whole epoch milliseconds/],
    [Number.NaN, /./],
    [1e300, /whole epoch milliseconds/],
    [253_402_300_800_000, /after the year 9999/],
    ["2027-01-31T12:00:00", /write "2027-01-31T12:00:00Z" for UTC/],
    ["2027-02-29T12:00:00Z", /^must be a duration/],
    ["2027-01-31", /write for example "2027-01-31T00:00:00Z"/],
    ["36600d", /no longer than a century/],
    [true, /^must be a duration/],
    [null, /^must be a duration/],
    [{}, /^must be a duration/],
  ];
  for (const [input, message] of refused) {
    it(`refuses ${JSON.stringify(input)}`, () => {
      const result = read(input);
      assert.match(typeof result === "string" ? result : "", message);
    });
  }

  it("takes every whole number of a unit, in shorthand and in ISO 8601 alike", () => {
    const units = [
      ["h", (n: number) => `PT${n}H`, HOUR],
      ["d", (n: number) => `P${n}D`, 24 * HOUR],
      ["m", (n: number) => `PT${n}M`, 60_000],
    ] as const;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 36_000 }), fc.constantFrom(...units), (count, [unit, iso, length]) => {
        const meaning = { kind: "duration", milliseconds: count * length };
        assert.deepEqual(read(`${count}${unit}`), meaning);
        assert.deepEqual(read(iso(count)), meaning);
      }),
    );
  });

  it("reads every instant of a date back, in any offset", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("2001-09-10"), max: new Date("9999-12-30"), noInvalidDate: true }),
        (date) => {
          const meaning = { kind: "instant", epochMilliseconds: date.getTime() };
          assert.deepEqual(read(date.toISOString()), meaning);
          assert.deepEqual(read(date.getTime()), meaning);
          const shifted = new Date(date.getTime() + 2 * HOUR).toISOString().replace("Z", "+02:00");
          assert.deepEqual(read(shifted), meaning);
        },
      ),
    );
  });

  it("never throws, and gives a time above 0 or a message", () => {
    fc.assert(
      fc.property(fc.anything(), (input) => {
        const result = read(input);
        if (typeof result === "string") assert.ok(result.length > 0);
        else if (result.kind === "duration")
          assert.ok(Number.isSafeInteger(result.milliseconds) && result.milliseconds > 0);
        else if (result.kind === "instant") assert.ok(Number.isSafeInteger(result.epochMilliseconds));
      }),
    );
  });
});
