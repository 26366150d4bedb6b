/** An access token as LaunchDarkly's answers show it: what is not said, or can't be, is not taken for a fact. */
import assert from "node:assert/strict";

import { tokenRecordSchema } from "../../provider/credentials/tokens/token";

const AT = Date.UTC(2026, 10, 25);
const read = (more: object) => tokenRecordSchema.parse({ _id: "t1", creationDate: AT, ...more });

describe("the last use of an access token", () => {
  const rows: [what: string, shown: object, lastUsed: number | null][] = [
    ["is what LaunchDarkly says", { lastUsed: AT + 1 }, AT + 1],
    ["is the moment of its creation at the earliest", { lastUsed: AT }, AT],
    ["is none where LaunchDarkly says so", { lastUsed: 0 }, 0],
    ["is not known where LaunchDarkly does not say", {}, null],
    ["is not known where LaunchDarkly says null", { lastUsed: null }, null],
    ["is not known where it is before the creation", { lastUsed: AT - 1 }, null],
    ["is what LaunchDarkly says where the creation is not known", { lastUsed: 1, creationDate: null }, 1],
  ];
  for (const [what, shown, lastUsed] of rows) {
    it(what, () => {
      assert.equal(read(shown).lastUsed, lastUsed);
    });
  }
});
