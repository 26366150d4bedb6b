/** Whether a reset whose answer was lost has been carried out, by what LaunchDarkly shows afterwards: the boundaries. */
import assert from "node:assert/strict";

import { type Before, wasProcessed } from "../../provider/decisions/resetStep";
import type { Found } from "../../provider/model/answers";

const SENT = 1_800_000_000_000;
const before: Before = { key: "api-aaaa", lastFour: "aaaa", lastModified: SENT - 60_000 };
const after: Found = { key: null, lastFour: "aaaa", lastModified: SENT - 60_000, details: {} };

describe("wasProcessed, of a key that is shown once", () => {
  const table: [what: string, before: Partial<Before>, after: Partial<Found>, processed: boolean][] = [
    ["nothing has changed", {}, {}, false],
    ["the ending has changed", {}, { lastFour: "bbbb" }, true],
    ["the ending has changed, and no time is shown", {}, { lastFour: "bbbb", lastModified: null }, true],
    ["no ending is shown any more", {}, { lastFour: null }, true],
    ["an ending is shown now", { lastFour: null }, {}, true],
    ["it was modified when the reset was sent", {}, { lastModified: SENT }, true],
    ["it was modified later", {}, { lastModified: SENT + 60_000 }, true],
    ["it was modified 5 s before, by a clock cut to seconds", {}, { lastModified: SENT - 5_000 }, true],
    ["it was modified longer before: it was renamed", {}, { lastModified: SENT - 5_001 }, false],
    ["no time is shown", {}, { lastModified: null }, false],
    ["no time is shown now or before", { lastModified: null }, { lastModified: null }, false],
    ["the time is that of before, though it is late", { lastModified: SENT }, { lastModified: SENT }, false],
    ["LaunchDarkly shows a whole key of another ending", {}, { key: "api-bbbb", lastFour: "bbbb" }, true],
    ["no time was known before", { lastModified: null }, { lastModified: SENT }, true],
    ["no time was known before, and it is an old one", { lastModified: null }, { lastModified: SENT - 60_000 }, false],
  ];
  for (const [what, known, shown, processed] of table) {
    it(`${processed ? "is" : "is not"} when ${what}`, () => {
      assert.equal(wasProcessed({ ...before, ...known }, SENT, { ...after, ...shown }), processed);
    });
  }
});

describe("wasProcessed, of a key that can be read", () => {
  const table: [what: string, before: Partial<Before>, after: Partial<Found>, processed: boolean][] = [
    ["the key is the same, whatever the time", {}, { key: "api-aaaa", lastModified: SENT }, false],
    ["the key is another one with the same ending", {}, { key: "api-bbbb-aaaa" }, true],
    ["the stack held none: the ending counts", { key: null, lastFour: null }, { key: "api-aaaa" }, true],
    ["the stack held no key, and the ending is the same", { key: null }, { key: "api-aaaa" }, false],
  ];
  for (const [what, known, shown, processed] of table) {
    it(`${processed ? "is" : "is not"} when ${what}`, () => {
      assert.equal(wasProcessed({ ...before, ...known }, SENT, { ...after, ...shown }), processed);
    });
  }
});
