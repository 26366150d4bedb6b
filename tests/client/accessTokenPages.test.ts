/** LaunchDarkly's list of access tokens: its pages, and where it ends. */
import assert from "node:assert/strict";

import { listOperation as operationOf, processList } from "../../provider/client/recordList";
import { recordsOf } from "../../provider/client/records";
import { rotatingAccessToken } from "../../provider/credentials/rotatingAccessToken/credential";
import { rotatingSdkKey } from "../../provider/credentials/rotatingSdkKey/credential";
import type { Client } from "../../provider/client/client";
import type { Operation } from "../../provider/client/errors";
import type { Reply } from "../../provider/client/transport";

type Reading = Parameters<typeof recordsOf>[0];

const listAccessTokens = (client: Reading, since?: number) => recordsOf(client, rotatingAccessToken, {}).list(since);
const listOperation = (offset: number) => operationOf(rotatingAccessToken, {}, offset);
const processAccessTokenList = (...[offset, answer, key]: [number, Reply, string]) =>
  processList(rotatingAccessToken, {}, offset, answer, key);
const KEY = "api-aaaaaaaa-0000-4000-8000-0123456789ab";
const reply = (body: unknown, status = 200) => ({ kind: "answer", host: "h", status, headers: {}, body }) as const;
const items = (...ids: unknown[]) => ids.map((_id) => ({ _id }));

describe("a page of the list", () => {
  const table: [what: string, offset: number, body: object, next: number | undefined][] = [
    ["the last one where it does not say more", 0, { items: items("a", "b") }, undefined],
    ["followed by another where more are counted", 0, { items: items("a", "b"), totalCount: 3 }, 2],
    ["the last one where all are counted", 0, { items: items("a", "b"), totalCount: 2 }, undefined],
    ["followed by another from where it ends", 2, { items: items("c"), totalCount: 4 }, 3],
    ["the last one where it ends with the count", 2, { items: items("c"), totalCount: 3 }, undefined],
    ["followed by another where a link says so", 0, { items: items("a"), _links: { next: {} } }, 1],
    ["the last one where the links name none", 0, { items: items("a"), _links: {} }, undefined],
    ["the last one without items, whatever is counted", 2, { items: [], totalCount: 9 }, undefined],
    ["the last one where the count is odd", 0, { items: items("a"), totalCount: "9", _links: 1 }, undefined],
  ];
  for (const [what, offset, body, next] of table) {
    it(`is ${what}`, () => {
      assert.equal(processAccessTokenList(offset, reply(body), KEY).next, next);
    });
  }

  it("counts what it can't read, and leaves it out", () => {
    const { records: tokens, next } = processAccessTokenList(
      0,
      reply({ items: items("a", 1, ""), totalCount: 4 }),
      KEY,
    );
    assert.deepEqual([tokens.map(({ id }) => id), next], [["a"], 3]);
  });

  for (const [what, answer] of Object.entries({
    "no list": reply({ tokens: [] }),
    "a refusal": reply({ items: [] }, 403),
    "another success": reply({ items: [] }, 202),
    "no answer": { kind: "lost", reason: "socket hang up" } as const,
  })) {
    it(`is none of ${what}`, () => {
      assert.throws(() => processAccessTokenList(0, answer, KEY), /list the access tokens/);
    });
  }
});

describe("the list", () => {
  /** Answers with these pages, one after the other, and keeps what is asked for. */
  function listing(...pages: object[]) {
    const asked: [Operation, number | undefined][] = [];
    const sendIdempotent: Client["sendIdempotent"] = (operation, _key, since) => {
      asked.push([operation, since]);
      return Promise.resolve({ reply: reply(pages[asked.length - 1]), key: KEY });
    };
    return { asked, client: { sendIdempotent, elapsed: () => 0 } };
  }

  it("is asked for with the tokens of all members, a hundred at a time", () => {
    assert.deepEqual(listOperation(200), {
      ...{ action: "list the access tokens", method: "GET", path: "/api/v2/tokens" },
      query: { limit: "100", offset: "200", showAll: "true" },
    });
  });

  it("is that of all its pages, each token once, all asked for in the same work", async () => {
    const { asked, client } = listing(
      { items: items("a", "b"), totalCount: 4 },
      { items: items("b", "c"), totalCount: 4 },
    );
    const tokens = await listAccessTokens(client, 7);
    assert.deepEqual(
      tokens.map(({ id }) => id),
      ["a", "b", "c"],
    );
    assert.deepEqual(asked, [
      [listOperation(0), 7],
      [listOperation(2), 7],
    ]);
  });

  it("ends with a page that brings nothing new", async () => {
    const endless = { items: items("a"), _links: { next: {} } };
    const { asked, client } = listing(endless, endless, endless);
    assert.equal((await listAccessTokens(client)).length, 1);
    assert.equal(asked.length, 2);
  });
});

describe("the list of an environment's keys", () => {
  const place = { projectKey: "shop", environmentKey: "production" };

  it("has the version of its requests, and says what may be missing", () => {
    const operation = operationOf(rotatingSdkKey, place, 20);
    assert.deepEqual([operation.apiVersion, operation.otherwise], ["beta", rotatingSdkKey.otherwise]);
    assert.deepEqual([operation.missing, operation.query?.["offset"]], [rotatingSdkKey.wording.missingPlace, "20"]);
    const tokens = listOperation(0);
    assert.ok(!("apiVersion" in tokens) && !("missing" in tokens) && !("otherwise" in tokens));
  });

  it("repeats no key that asked for it", () => {
    const { records } = processAccessTokenList(0, reply({ items: [{ _id: "a", name: `of ${KEY}` }] }), KEY);
    assert.equal(records[0]?.["name"], "of api-…89ab");
  });
});
