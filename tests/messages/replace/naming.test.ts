/** How messages name owned tokens: with what is known, an id once, and nothing that a terminal would obey. */
import assert from "node:assert/strict";

import { rotatingAccessToken } from "../../../provider/credentials/rotatingAccessToken/credential";
import * as naming from "../../../provider/messages/replace/naming";
import { describeFound, describeLost } from "../../../provider/messages/replace/orphans";
import { describeLimit } from "../../../provider/messages/replace/outcome";
import { previousToken, tokenRecord } from "../../support/ownedSamples";

const { wording } = rotatingAccessToken;

describe("the name of an owned token", () => {
  const table: [currentId: string | null, name: string | undefined, expected: string][] = [
    ["t2", "ci", 'access token "ci", t2'],
    [null, "ci", 'access token "ci"'],
    ["t2", undefined, "access token t2"],
    [null, undefined, "access token"],
    ["t2", "ci\u001b[2J", 'access token "ci", t2'],
  ];
  for (const [currentId, name, expected] of table) {
    it(`is ${expected} with ${JSON.stringify({ currentId, name })}`, () => {
      assert.equal(naming.ownedName(wording, { currentId, settings: { name } }), expected);
    });
  }
});

describe("the name of a previous token", () => {
  it("has its id, and the ending of its key where that is known", () => {
    assert.equal(naming.previousName(previousToken()), "t1 (ending in ab12)");
    assert.equal(naming.previousName(previousToken({ lastFour: null })), "t1");
    assert.equal(naming.recordName(tokenRecord({ id: "t9", lastFour: null })), "t9");
  });

  it("leaves the id out beside a reason that has it", () => {
    const beside = (lastFour: string | null, why: string) =>
      naming.previousBeside(wording, previousToken({ id: "6109", lastFour }), why);
    assert.equal(beside("ab12", "refused."), "the previous token 6109 (ending in ab12)");
    assert.equal(beside("ab12", "refused to change 6109."), "the previous token (ending in ab12)");
    assert.equal(beside(null, "refused to change 6109."), "the previous token");
  });
});

describe("a difference of a description", () => {
  const markOf = (name: string) => `[Pulumi shop/dev/${name} 9f86d081884c7d65 #3]`;
  for (const [was, is, expected] of [
    ["old", "new", 'description "old" → "new"'],
    [undefined, "new", 'description none → "new"'],
    [`old ${markOf("a")}`, markOf("a"), 'description "old" → none'],
    [`old ${markOf("a")}`, `old ${markOf("b")}`, "mark in description"],
    [undefined, markOf("a"), "mark in description"],
  ]) {
    it(`is told as ${String(expected)}`, () => {
      assert.equal(naming.differenceName({ setting: "description", was, is }), expected);
    });
  }
});

describe("a list of tokens", () => {
  it("is told as people tell it", () => {
    assert.deepEqual([["a"], ["a", "b"], ["a", "b", "c"]].map(naming.listed), ["a", "a and b", "a, b and c"]);
  });

  it("stands in what is said of several", () => {
    const records = [tokenRecord({ id: "t8" }), tokenRecord({ id: "t9" })];
    const names = "t8 (ending in 0000) and t9 (ending in 0000)";
    assert.ok(describeLost(wording, records).includes(` ${names}, but lost the answer with its key.`));
    assert.ok(describeFound(wording, records).startsWith(`Found: ${names}. `));
  });

  it("of those that the stack could let go is told only where there are some", () => {
    assert.match(
      describeLimit(wording, "why.", []),
      /^Not created: why\. Nothing was changed\. Delete a token that nobody uses/,
    );
    assert.match(
      describeLimit(wording, "why.", [previousToken()]),
      /This stack could let go of t1 \(ending in ab12\): set oldKey/,
    );
  });
});
