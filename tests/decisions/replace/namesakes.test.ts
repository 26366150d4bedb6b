/** The tokens of resources of the same name: left by a killed creation, or of a resource that is still to be handed on. */
import assert from "node:assert/strict";

import * as orphans from "../../../provider/decisions/replace/orphans";
import type { KeyRecord } from "../../../provider/model/answers";
import { AT, HOUR, markOf, MINUTE, nonce, tokenRecord } from "../../support/ownedSamples";

const OTHER = "0123456789abcdef";
const ids = (records: readonly KeyRecord[]) => records.map(({ id }) => id);

/** A token of this resource that its state does not know. */
const orphan = (more: Partial<KeyRecord> = {}) => tokenRecord({ id: "t9", description: markOf(3), ...more });

describe("the tokens of resources of the same name", () => {
  it("are those of another nonce", () => {
    const tokens = [
      orphan(),
      orphan({ id: "t10", description: markOf(1, OTHER) }),
      orphan({ id: "t11", description: markOf(1, "0000000000000000") }),
      orphan({ id: "t12", description: markOf(1, OTHER, "shop/dev/web") }),
      orphan({ id: "t13", description: null }),
    ];
    const known = new Set([nonce, "0000000000000000"]);
    assert.deepEqual(ids(orphans.namesakes("shop/dev/ci", known, tokens)), ["t10"]);
  });

  const rows: [what: string, token: Partial<KeyRecord>, named: boolean][] = [
    ["may be left by a creation that was killed", {}, true],
    ["may be that where only a verification used them", { lastUsed: AT + 15 * MINUTE }, true],
    ["may be that where LaunchDarkly does not say", { lastUsed: null }, true],
    ["are not where they are in use", { lastUsed: AT + 15 * MINUTE + 1 }, false],
    ["are not where they are in use, and their age is not known", { lastUsed: AT, creationDate: null }, false],
    ["may be that where they were never used, and their age is not known", { lastUsed: 0, creationDate: null }, true],
    ["are not where they are later ones", { description: markOf(2) }, false],
    ["are not without a mark", { description: null }, false],
  ];
  for (const [what, token, isNamed] of rows) {
    it(what, () => {
      const first = orphan({ description: markOf(1), ...token });
      assert.deepEqual(orphans.leftByCreation([first]), isNamed ? [first] : []);
    });
  }
});

describe("the tokens whose resource a later run may hand on", () => {
  const madeAt = AT + 2 * HOUR;
  const now = AT + 3 * HOUR;
  const asked = { owner: "shop/dev/ci", madeAt, now };
  type Asked = typeof asked & { isReplacement: boolean };
  const first = (more: Partial<KeyRecord> = {}) =>
    orphan({ description: markOf(1, OTHER), creationDate: madeAt - HOUR + 1, lastUsed: null, ...more });
  type Row = [what: string, token: KeyRecord, openSince: number | null, more: Partial<Asked>, isOne: boolean];
  const rows: Row[] = [
    ["are none that a killed creation has left just before", first(), null, {}, false],
    [
      "are one that looks so within an hour of a replacement",
      first(),
      null,
      { now: now - 1, isReplacement: true },
      true,
    ],
    [
      "are none of a killed creation within that hour, where nothing is replaced",
      first(),
      null,
      { now: now - 1 },
      false,
    ],
    ["are none of a killed creation after it", first(), null, { isReplacement: true }, false],
    ["are one that is older than that", first({ creationDate: madeAt - HOUR }), null, {}, true],
    ["are one whose age is not known", first({ creationDate: null }), null, {}, true],
    ["are one that is in use", first({ lastUsed: now }), null, {}, true],
    ["are a later one", first({ description: markOf(2, OTHER) }), null, {}, true],
    ["are one with other parents", first({ description: markOf(1, OTHER, "shop/dev/a:b:C$ci") }), null, {}, true],
    ["are one without a mark: nothing tells what it is", first({ description: null }), null, {}, true],
    ["are any while there is no key that works", first(), null, { madeAt: undefined as never }, true],
    ["are one that was found a week ago", first({ creationDate: null }), now - 7 * 24 * HOUR, {}, true],
    ["are none that was found longer ago", first({ creationDate: null }), now - 7 * 24 * HOUR - 1, {}, false],
  ];
  for (const [what, token, openSince, more, isOne] of rows) {
    it(what, () => {
      const { isReplacement = false } = more;
      const state = { openSince, isReplacement };
      assert.deepEqual(orphans.yetToCome(state, { ...asked, ...more }, [token]), isOne ? [token] : []);
    });
  }
});
