/** Which tokens nobody has the key of, and are deleted; and which somebody may use, and are only named. */
import assert from "node:assert/strict";

import { firstTokensElsewhere, straysOf, straysOfOwner, type Strays } from "../../provider/decisions/owned/strays";
import type { TokenRecord } from "../../provider/model/accessToken";
import { AT, HOUR, markOf, MINUTE, ownedState, previousToken, tokenRecord } from "../support/ownedSamples";

const ids = ({ forgotten, doubtful }: Strays) => [forgotten, doubtful].map((all) => all.map(({ _id }) => _id));
const OTHER = "0123456789abcdef";

/** A token of this resource that its state does not know. */
const stray = (more: Partial<TokenRecord> = {}) => tokenRecord({ _id: "t9", description: markOf(3), ...more });

type Row = [what: string, token: TokenRecord, forgotten: string[], doubtful: string[]];

describe("the tokens with the mark of a resource", () => {
  const rows: Row[] = [
    ["are its own while the state knows them", tokenRecord(), [], []],
    ["are its own once they are replaced", stray({ _id: "t1", description: markOf(1) }), [], []],
    ["are forgotten where the state does not know them", stray(), ["t9"], []],
    ["are forgotten where people have written before the mark", stray({ description: `x ${markOf(3)}` }), ["t9"], []],
    ["are forgotten where LaunchDarkly says nothing of a use", stray({ lastUsed: null }), ["t9"], []],
    ["are forgotten where only the verification used them", stray({ lastUsed: AT + 15 * MINUTE }), ["t9"], []],
    ["are left alone where somebody used them later", stray({ lastUsed: AT + 15 * MINUTE + 1 }), [], ["t9"]],
    ["are left alone where their age is not known", stray({ lastUsed: AT, creationDate: null }), [], ["t9"]],
    ["are another's with another nonce", stray({ description: markOf(3, OTHER) }), [], []],
    ["are another's without a mark", stray({ description: "by hand" }), [], []],
    ["are another's without a description", stray({ description: null }), [], []],
  ];
  for (const [what, token, forgotten, doubtful] of rows) {
    it(what, () => {
      assert.deepEqual(ids(straysOf(ownedState({ previous: [previousToken()] }), [token])), [forgotten, doubtful]);
    });
  }
});

describe("the first tokens of a resource of the same name", () => {
  const rows: [what: string, token: TokenRecord, named: boolean][] = [
    ["are named", stray({ description: markOf(1, OTHER) }), true],
    ["are named where only a verification used them", stray({ description: markOf(1, OTHER), lastUsed: AT }), true],
    ["are not named where they are in use", stray({ description: markOf(1, OTHER), lastUsed: AT + HOUR }), false],
    ["are not named where they are later ones", stray({ description: markOf(2, OTHER) }), false],
    ["are not named where they are this resource's", stray({ description: markOf(1) }), false],
    ["are not named of another name", stray({ description: markOf(1, OTHER, "shop/dev/web") }), false],
    ["are not named without a mark", stray({ description: null }), false],
  ];
  for (const [what, token, isNamed] of rows) {
    it(what, () => {
      assert.deepEqual(firstTokensElsewhere(ownedState(), [token]), isNamed ? [token] : []);
    });
  }

  it("are not looked for where the resource has no mark itself", () => {
    const unmarked = ownedState({ settings: { name: "ci" } });
    assert.deepEqual(firstTokensElsewhere(unmarked, [stray({ description: "by hand" })]), []);
  });
});

describe("the tokens of a resource that no state knows", () => {
  const rows: Row[] = [
    ["are forgotten where the first one was never used", stray({ description: markOf(1) }), ["t9"], []],
    ["are left alone where it was used", stray({ description: markOf(1), lastUsed: AT }), [], ["t9"]],
    ["are left alone where LaunchDarkly does not say", stray({ description: markOf(1), lastUsed: null }), [], ["t9"]],
    ["are left alone where it is not the first one", stray({ description: markOf(2) }), [], ["t9"]],
    ["are another's with another owner", stray({ description: markOf(1, OTHER, "shop/dev/web") }), [], []],
  ];
  for (const [what, token, forgotten, doubtful] of rows) {
    it(what, () => {
      assert.deepEqual(ids(straysOfOwner("shop/dev/ci", [token], false)), [forgotten, doubtful]);
    });
  }

  it("are in use where the stack has the resource all the same, which is being replaced", () => {
    assert.deepEqual(ids(straysOfOwner("shop/dev/ci", [stray({ description: markOf(1) })], true)), [[], []]);
  });
});
