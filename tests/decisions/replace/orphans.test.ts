/** What becomes of the tokens that bear a resource's mark, and that its state does not know. */
import assert from "node:assert/strict";

import * as orphans from "../../../provider/decisions/replace/orphans";
import type { KeyRecord } from "../../../provider/model/answers";
import type { OwnedState } from "../../../provider/model/ownedState";
import { AT, HOUR, markOf, nonce, ownedState, previousToken, tokenRecord } from "../../support/ownedSamples";

const OTHER = "0123456789abcdef";
const ids = (records: readonly KeyRecord[]) => records.map(({ id }) => id);

/** A token of this resource that its state does not know. */
const orphan = (more: Partial<KeyRecord> = {}) => tokenRecord({ id: "t9", description: markOf(3), ...more });
const attempted = (attempt: string) => orphan({ description: markOf(3).replace("]", `-${attempt}]`) });

describe("the tokens with the mark of a resource", () => {
  const open = { openAttempts: ["5f3a09bc"] };
  type Row = [what: string, token: KeyRecord, kind: string, more?: Partial<OwnedState>];
  const rows: Row[] = [
    ["are its own while the state knows them", tokenRecord(), "none"],
    ["are its own once they are replaced", orphan({ id: "t1", description: markOf(1) }), "none"],
    ["may be held where the state does not know them", orphan(), "held"],
    ["may be held where people have written before the mark", orphan({ description: `x ${markOf(3)}` }), "held"],
    ["may be held where LaunchDarkly says nothing of a use", orphan({ lastUsed: null }), "held"],
    ["may be held where they were never used", orphan({ lastUsed: 0 }), "held"],
    ["may be held where somebody uses them", orphan({ lastUsed: AT + HOUR }), "held"],
    ["may be held where another attempt made them", attempted("00000000"), "held", open],
    ["may be held where no attempt is open", attempted("5f3a09bc"), "held"],
    ["are lost where the answer to the attempt is lost that made them", attempted("5f3a09bc"), "lost", open],
    ["are another's where they name another owner", orphan({ description: markOf(3, nonce, "shop/qa/ci") }), "foreign"],
    ["are another's with another nonce", orphan({ description: markOf(3, OTHER) }), "none"],
    ["are another's without a mark", orphan({ description: "by hand" }), "none"],
    ["are another's without a description", orphan({ description: null }), "none"],
  ];
  for (const [what, token, kind, more] of rows) {
    it(what, () => {
      const state = ownedState({ previous: [previousToken()], ...more });
      const found = Object.entries(orphans.orphansOf(state, [undefined, "shop/dev/ci"], [token]));
      assert.deepEqual(
        found.filter(([, records]) => (records as unknown[]).length > 0).map(([name]) => name),
        kind === "none" ? [] : [kind],
      );
    });
  }

  it("are found by the attempt that made them, but for the one whose key came", () => {
    const tokens = [attempted("5f3a09bc"), orphan({ id: "t2" }), { ...attempted("5f3a09bc"), id: "t2" }];
    assert.deepEqual(ids(orphans.madeBy("5f3a09bc", ownedState(), tokens)), ["t9"]);
    assert.deepEqual(ids(orphans.madeBy("00000000", ownedState(), tokens)), []);
    const others = [
      orphan({ description: "by hand" }),
      orphan({ description: attempted("5f3a09bc").description?.replace(nonce, OTHER) ?? null }),
    ];
    assert.deepEqual(orphans.madeBy("5f3a09bc", ownedState(), others), []);
  });
});

describe("the tokens that a new resource may have had under another name", () => {
  const place = { stack: "shop/dev/", isOrganizationKnown: true, name: "ci" };
  const asked = { ...place, title: "deploys", inProgram: new Set(["shop/dev/other"]) };
  const held = (owner: string, more: Partial<KeyRecord> = {}) => {
    return tokenRecord({
      id: "t9",
      name: "deploys",
      description: markOf(3, OTHER, owner),
      ...more,
    });
  };
  for (const [what, token, former] of [
    ["are those of the stack with the same name at LaunchDarkly", held("shop/dev/web"), "web"],
    ["are those of a resource with parents", held("shop/dev/a:b:C$aws:s3/bucket:Bucket$web"), "web"],
    ["are none with another name at LaunchDarkly", held("shop/dev/web", { name: "else" }), undefined],
    ["are none of another stack", held("shop/qa/web"), undefined],
    ["are none of a resource that the program is known to have", held("shop/dev/other"), undefined],
    ["are none that only the parents tell from the new one: they are handed on", held("shop/dev/a:b:C$ci"), undefined],
    ["are none that have an end", held("shop/dev/web", { expiry: AT + HOUR }), undefined],
    ["are none without a mark", held("", { description: "by hand" }), undefined],
  ] as const) {
    it(what, () => {
      const found = orphans.formerRecords(asked, [token]);
      assert.deepEqual(found, former === undefined ? [] : [{ record: token, former }]);
    });
  }

  for (const [what, owner, former] of [
    ["are those of any organization where nobody knows the stack's", "acme/shop/dev/web", "web"],
    ["are none there that the program is known to have", "acme/shop/dev/other", undefined],
    ["are none there of the same name", "acme/shop/dev/ci", undefined],
    ["are none there of another stack", "acme/shop/qa/web", undefined],
  ] as const) {
    it(what, () => {
      const token = held(owner);
      const found = orphans.formerRecords({ ...asked, isOrganizationKnown: false }, [token]);
      assert.deepEqual(found, former === undefined ? [] : [{ record: token, former }]);
      assert.deepEqual(orphans.formerRecords(asked, [token]), [], "where it is known, another one is another stack");
    });
  }
});

describe("the sequence number of the next token", () => {
  const held = (...numbers: number[]) => numbers.map((number) => orphan({ description: markOf(number) }));
  for (const [what, made, next] of [
    ["follows the current one's", [], 3],
    ["follows those of older tokens no less", held(1), 3],
    ["follows the newest one's", held(7, 4), 8],
    ["does not follow another's", [orphan({ description: markOf(9, OTHER) })], 3],
  ] as const) {
    it(what, () => {
      assert.equal(orphans.nextNumber(ownedState(), made), next);
    });
  }
});

describe("a token that is newer than the state's", () => {
  const at = (number: number, more: Partial<KeyRecord> = {}) => orphan({ description: markOf(number), ...more });
  const rows: [what: string, held: KeyRecord[], newer: string | undefined][] = [
    ["is none where there is no other", [], undefined],
    ["is none of an older number", [at(1)], undefined],
    ["is none of the same number", [at(2)], undefined],
    ["is one of a later number", [at(3)], "t9"],
    ["is the last of several", [at(3), at(5, { id: "t10" }), at(4, { id: "t11" })], "t10"],
    ["is none that LaunchDarkly has ended", [at(3, { expiry: AT })], undefined],
    ["is one that ends later", [at(3, { expiry: AT + 1 })], "t9"],
  ];
  for (const [what, held, newer] of rows) {
    it(what, () => {
      assert.equal(orphans.newerRecord(ownedState(), held, AT)?.id, newer);
    });
  }
});

describe("the successor of a token", () => {
  const mark = { owner: "shop/dev/ci", nonce, number: 3 };
  for (const [what, description, isOne] of [
    ["is one of a later number", markOf(4), true],
    ["is none of the same number", markOf(3), false],
    ["is none of an earlier number", markOf(2), false],
    ["is none of another resource", markOf(4, OTHER), false],
    ["is none without a mark", "by hand", false],
  ] as const) {
    it(what, () => {
      assert.equal(orphans.hasSuccessor(mark, [orphan({ description: null }), orphan({ description })]), isOne);
    });
  }
});

describe("the record that a rotation finds which is due", () => {
  const state = ownedState();
  const made = (number: number, more: Partial<KeyRecord> = {}) =>
    tokenRecord({ id: `shop-${number}`, description: markOf(number), expiry: null, ...more });
  const anyNumber = ({ id }: KeyRecord, number: number) => id === `shop-${number}`;
  const next = state.rotationCount + 1;
  const rows: [what: string, held: KeyRecord[], found: string | undefined][] = [
    ["is what it makes", [made(next)], `shop-${next}`],
    ["is the newest, whatever is older", [made(next), made(next + 2), made(next + 1)], `shop-${next + 2}`],
    ["is none that has an end", [made(next, { expiry: AT + HOUR })], undefined],
    ["is none that another one has followed", [made(next), made(next + 1, { id: "other" })], undefined],
    ["is none that the state is beyond", [made(state.rotationCount)], undefined],
    ["is none where there is none", [], undefined],
  ];
  for (const [what, held, found] of rows) {
    it(what, () => {
      assert.equal(orphans.dueRecord(state, held, anyNumber)?.id, found);
    });
  }
});
