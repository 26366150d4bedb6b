/** Durations in words. */
import assert from "node:assert/strict";

import fc from "fast-check";

import { ambiguity, formatAge, formatDuration, parseDuration } from "../../provider/model/duration";

describe("formatDuration", () => {
  it("is exact, in the largest unit that makes a whole number", () => {
    const table: [text: string, words: string][] = [
      ["24h", "1 day"],
      ["36h", "36 hours"],
      ["90m", "90 minutes"],
      ["100m", "100 minutes"],
      ["1.5h", "90 minutes"],
      ["1500ms", "1500 milliseconds"],
      ["2w", "14 days"],
      ["1s", "1 second"],
    ];
    for (const [text, words] of table) assert.equal(formatDuration(parseDuration(text) ?? Number.NaN), words);
  });

  it("is read back as the same duration", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e12 }), (milliseconds) => {
        assert.equal(parseDuration(formatDuration(milliseconds)), milliseconds);
      }),
    );
  });
});

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

describe("parseDuration", () => {
  const durations: [text: string, milliseconds: number][] = [
    ["1.25h", 1.25 * HOUR],
    ["10.125 minutes", 10.125 * MINUTE],
    ["2 hrs", 2 * HOUR],
    ["1 hour", HOUR],
    ["3 secs", 3_000],
    ["1 MIN", MINUTE],
    [" 1h ", HOUR],
    ["12W", 84 * DAY],
    ["36525d", 36_525 * DAY],
    ["P12W", 84 * DAY],
    ["P1.25W", 8.75 * DAY],
    ["P10.125D", 10.125 * DAY],
    ["P1W2DT3H4M5S", 9 * DAY + 3 * HOUR + 4 * MINUTE + 5_000],
    ["PT1.5S", 1_500],
  ];
  for (const [text, milliseconds] of durations) {
    it(`reads ${JSON.stringify(text)}`, () => {
      assert.equal(parseDuration(text), milliseconds);
    });
  }

  const none = [
    "1 hour ago",
    "x1h",
    "1M",
    "10M",
    "1.5 M",
    "36525.1d",
    "0h",
    "P",
    "PT",
    "PDT1H",
    "P1",
    "PT1H2",
    "PT.",
    "P1H",
  ];
  for (const text of [...none, "1 hours hours", "1.h", ".5h", "1h 1h", "P1Dx", "xP1D"]) {
    it(`takes ${JSON.stringify(text)} for none`, () => {
      assert.equal(parseDuration(text), undefined);
    });
  }
});

describe("a duration by ISO 8601", () => {
  it("is read as what its parts come to, and never thrown at", () => {
    const part = fc.integer({ min: 0, max: 99 });
    fc.assert(
      fc.property(part, part, part, part, part, (weeks, days, hours, minutes, seconds) => {
        const milliseconds = (weeks * 7 + days) * DAY + hours * HOUR + minutes * MINUTE + seconds * 1_000;
        const text = `P${weeks}W${days}DT${hours}H${minutes}M${seconds}S`;
        assert.equal(parseDuration(text), milliseconds === 0 ? undefined : milliseconds);
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.constantFrom("P", "T", "W", "D", "H", "M", "S", ".", "0", "5")), (some) => {
        parseDuration(`P${some.join("")}`);
      }),
    );
  });
});

describe("a unit that could be two", () => {
  it("is M, however it is written", () => {
    for (const text of ["1M", "10M", "1.5M", "1.25 M", " 2M "])
      assert.match(String(ambiguity(text)), /minutes or months/);
    for (const text of ["1m", "M", "1Mx", "x1M", "1.M", "1D"]) assert.equal(ambiguity(text), undefined, text);
  });
});

describe("formatAge", () => {
  it("is cut to the largest unit of which there are two", () => {
    const rows: [milliseconds: number, words: string][] = [
      [0, "0 milliseconds"],
      [1, "1 millisecond"],
      [1_999, "1999 milliseconds"],
      [2_000, "2 seconds"],
      [2 * MINUTE - 1, "119 seconds"],
      [2 * MINUTE, "2 minutes"],
      [2 * HOUR, "2 hours"],
      [2 * DAY - 1, "47 hours"],
      [2 * DAY, "2 days"],
    ];
    for (const [milliseconds, words] of rows) assert.equal(formatAge(milliseconds), words);
  });
});
