/** The list of access tokens: page by page, to its end, and never for ever. */
import assert from "node:assert/strict";

import { recordsOf } from "../../provider/client/records";
import { rotatingAccessToken } from "../../provider/credentials/rotatingAccessToken/credential";
import { LONGEST_LIST, PATIENCE_MS } from "../../provider/client/limits";
import type { Operation } from "../../provider/client/errors";

/** A client that gets these pages by their offset, and whose every answer takes so long. */
function clientWith(pageAt: (offset: number) => object, milliseconds = 0) {
  let time = 0;
  const offsets: number[] = [];
  const client = {
    elapsed: () => time,
    sendIdempotent: ({ query }: Operation) => {
      const offset = Number(query?.["offset"]);
      offsets.push(offset);
      time += milliseconds;
      const reply = { kind: "answer", status: 200, headers: {}, body: pageAt(offset) } as const;
      return Promise.resolve({ reply, key: "api-key" });
    },
  };
  return { client, offsets };
}

type Reading = Parameters<typeof recordsOf>[0];

const listAccessTokens = (client: Reading, since?: number) => recordsOf(client, rotatingAccessToken, {}).list(since);
const items = (offset: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ _id: `t${offset + index}` }));
const next = { next: { href: "/api/v2/tokens" } };
const DOES_NOT_END = { code: "noAnswer", message: /does not end: \d+ were read\. Try again later\./ };

describe("the list of access tokens", () => {
  it("is read to its total, however short the pages are", async () => {
    const { client, offsets } = clientWith((offset) => ({ items: items(offset, 2), totalCount: 5 }));
    assert.equal((await listAccessTokens(client)).length, 6);
    assert.deepEqual(offsets, [0, 2, 4]);
  });

  it("ends at its total, whatever a link says", async () => {
    const { client, offsets } = clientWith((offset) => ({ items: items(offset, 2), totalCount: 4, _links: next }));
    await listAccessTokens(client);
    assert.deepEqual(offsets, [0, 2]);
  });

  it("is read by its links where it has no total", async () => {
    const { client, offsets } = clientWith((offset) => ({
      items: items(offset, 2),
      ...(offset < 4 && { _links: next }),
    }));
    await listAccessTokens(client);
    assert.deepEqual(offsets, [0, 2, 4]);
  });

  for (const totalCount of [undefined, Number.MAX_SAFE_INTEGER, -1, "many"]) {
    it(`is given up after so many pages if it never ends, with a total of ${String(totalCount)}`, async () => {
      const { client, offsets } = clientWith((offset) => ({ items: items(offset, 1), totalCount, _links: next }));
      if (totalCount === -1) await listAccessTokens(client);
      else await assert.rejects(listAccessTokens(client), DOES_NOT_END);
      assert.equal(offsets.length, totalCount === -1 ? 1 : LONGEST_LIST);
    });
  }

  it("is given up after ten minutes", async () => {
    const { client, offsets } = clientWith((offset) => ({ items: items(offset, 1), _links: next }), 60_000);
    await assert.rejects(listAccessTokens(client), DOES_NOT_END);
    assert.equal(offsets.length, 10);
  });

  it("is a part of the work that asked for it, whose ten minutes bound it", async () => {
    const { client, offsets } = clientWith((offset) => ({ items: items(offset, 1), _links: next }), 60_000);
    await assert.rejects(listAccessTokens(client, 4 * 60_000 - PATIENCE_MS), DOES_NOT_END);
    assert.equal(offsets.length, 4);
  });

  it("is read on where the work that asked for it has no time left to try again", async () => {
    const { client, offsets } = clientWith((offset) => ({ items: items(offset, 2), totalCount: 6 }), 1_000);
    await listAccessTokens(client, -PATIENCE_MS);
    assert.deepEqual(offsets, [0, 2, 4]);
  });
});
