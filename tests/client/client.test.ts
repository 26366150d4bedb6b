/** The client: waits for rate limits, patience, LaunchDarkly's clock, and turns. */
import assert from "node:assert/strict";

import { accessToken } from "../../provider/credentials/accessToken/credential";
import { createClient } from "../../provider/client/client";
import { CONCURRENCY, PATIENCE_MS } from "../../provider/client/limits";
import { createServerClock } from "../../provider/client/serverClock";
import type { ApiRequest, Reply } from "../../provider/client/transport";

const START = Date.UTC(2026, 10, 23);

/** A client whose time passes only while it waits, with the given answers one after the other. */
function clientWith(replies: Reply[]) {
  let time = 0;
  const sent: { at: number; request: ApiRequest }[] = [];
  const waits: number[] = [];
  const announced: number[] = [];
  const clock = () => START + time;
  const client = createClient({
    transport: (request) => {
      sent.push({ at: time, request });
      return Promise.resolve(replies.length > 1 ? (replies.shift() ?? assert.fail()) : (replies[0] ?? assert.fail()));
    },
    key: () => "api-key",
    clock: createServerClock(clock),
    localClock: clock,
    elapsed: () => time,
    wait: (milliseconds) => {
      waits.push(milliseconds);
      time += milliseconds;
      return Promise.resolve();
    },
    random: () => 0.5,
    onRateLimit: (milliseconds) => {
      announced.push(milliseconds);
      return Promise.resolve();
    },
  });
  return { client, sent, waits, announced, elapsed: () => time };
}

const answer = (status: number, headers: Record<string, string> = {}, body: unknown = {}): Reply => ({
  kind: "answer",
  status,
  headers,
  body,
});
const identity = { tokenId: "t1" };
const found = answer(200, {}, { token: "ab12" });

describe("the client", () => {
  it("waits out rate limits that say nothing of their end, ever longer, for ten minutes", async () => {
    const { client, sent, announced, elapsed } = clientWith([answer(429)]);
    await assert.rejects(client.look(accessToken, identity), { code: "rateLimited" });
    assert.ok(elapsed() >= PATIENCE_MS && elapsed() < PATIENCE_MS + 60_000, String(elapsed()));
    assert.ok(sent.length < 200, `${sent.length} requests`);
    assert.deepEqual(announced, [2_000], "and says so once");
  });

  it("says again that it waits when the wait has doubled", async () => {
    const seconds = ["1", "1", "2", "3", "4", "60", "90", "60", "1"];
    const { client, announced } = clientWith([...seconds.map((wait) => answer(429, { "retry-after": wait })), found]);
    await client.look(accessToken, identity);
    assert.deepEqual(announced, [1_000, 2_000, 4_000, 60_000]);
  });

  it("says it again after a reset, with how far the run is by then", async () => {
    const busy = answer(429, { "retry-after": "5" });
    const { client, announced } = clientWith([
      busy,
      busy,
      found,
      answer(200, {}, { token: "api-new-key" }),
      busy,
      found,
    ]);
    await client.look(accessToken, identity);
    const turn = await client.turn();
    await client.reset(turn, accessToken, identity, undefined);
    turn.end();
    await client.look(accessToken, identity);
    assert.deepEqual(announced, [5_000, 5_000]);
  });

  it("does not try again when the patience of the whole rotation is at its end", async () => {
    const { client, sent } = clientWith([answer(503)]);
    await assert.rejects(client.look(accessToken, identity, -PATIENCE_MS), { code: "noAnswer" });
    assert.equal(sent.length, 1);
  });

  it("holds every request back while a window is known to be used up", async () => {
    const used = answer(
      200,
      { "x-ratelimit-route-remaining": "0", "x-ratelimit-reset": String(START + 7_000) },
      { token: "ab12" },
    );
    const { client, sent, announced } = clientWith([used, found]);
    await client.look(accessToken, identity);
    await client.getCallerIdentity("api-other");
    assert.equal(sent[0]?.at, 0);
    assert.equal(sent[1]?.at, 7_500, "and not all at once when it opens");
    assert.deepEqual(announced, [7_000]);
  });

  it("is not held up for ever by dates and waits that make no sense", async () => {
    const odd = answer(503, { date: "Fri, 31 Dec 9999 23:59:59 GMT", "retry-after": "999999999" });
    const { client, elapsed } = clientWith([odd, answer(503, { date: new Date(START).toUTCString() }), found]);
    await client.look(accessToken, identity);
    assert.ok(elapsed() < 10 * 60_000, String(elapsed()));
  });

  it("goes by LaunchDarkly's clock, and not by what a cache has kept", async () => {
    const date = new Date(START + 1_800_000).toUTCString();
    const stale = new Date(START - 1_800_000).toUTCString();
    const { client } = clientWith([
      answer(200, { date }, { token: "ab12" }),
      answer(200, { date: stale, age: "1800" }, { token: "ab12" }),
    ]);
    await client.look(accessToken, identity);
    assert.equal(client.now(), START + 1_800_000);
    await client.look(accessToken, identity);
    assert.equal(client.now(), START + 1_800_000);
  });

  it("gives a turn when the reset may leave, not when it is asked for", async () => {
    const used = answer(
      200,
      { "x-ratelimit-global-remaining": "0", "x-ratelimit-reset": String(START + 9_000) },
      { token: "ab12" },
    );
    const { client, sent } = clientWith([used, answer(200, {}, { token: "api-new-key" })]);
    await client.look(accessToken, identity);
    const turn = await client.turn();
    const now = client.now();
    assert.ok(now >= START + 9_000);
    const reply = await client.reset(turn, accessToken, identity, now + 1_000);
    turn.end();
    assert.equal(reply.kind, "reset");
    assert.deepEqual(sent[1]?.request.query, { expiry: String(now + 1_000) });
  });

  it("sends nothing in a turn that is ended, and lets the next one go", async () => {
    const { client, sent } = clientWith([found]);
    for (let turns = 0; turns < 9; turns++) (await client.turn()).end();
    assert.equal(sent.length, 0);
    await client.look(accessToken, identity);
    assert.equal(sent.length, 1);
  });

  it("gives no more turns at once than the bound says", async () => {
    const { client } = clientWith([found]);
    const turns = await Promise.all(Array.from({ length: CONCURRENCY }, () => client.turn()));
    let isGiven = false;
    const next = client.turn().then((turn) => {
      isGiven = true;
      turn.end();
    });
    await new Promise(setImmediate);
    assert.equal(isGiven, false);
    for (const turn of turns) turn.end();
    await next;
  });
});

describe("a request that may be sent twice", () => {
  const operation = { action: "make it", method: "GET", path: "/it" } as const;
  const again: Reply[] = [
    { kind: "lost", reason: "r" },
    { kind: "unsent", reason: "r" },
    ...[409, 429, 500, 503].map((status) => answer(status)),
    { kind: "answer", status: 200, headers: {}, body: undefined },
  ];
  for (const first of again) {
    it(`is sent again after ${"status" in first ? first.status : first.kind}`, async () => {
      const { client, sent } = clientWith([first, answer(200)]);
      const { reply, key } = await client.sendIdempotent(operation);
      assert.deepEqual([sent.length, "status" in reply && reply.status, key], [2, 200, "api-key"]);
    });
  }

  const done: Reply[] = [200, 201, 204, 300, 400, 401, 403, 404, 499].map((status) => answer(status));
  for (const first of [...done, { kind: "answer", status: 204, headers: {}, body: undefined } as const]) {
    it(`is not sent again after ${"status" in first ? first.status : ""}`, async () => {
      const { client, sent } = clientWith([first]);
      assert.deepEqual([(await client.sendIdempotent(operation)).reply, sent.length], [first, 1]);
    });
  }

  it("is not sent again after a conflict where it names what it was decided on", async () => {
    const { client, sent } = clientWith([answer(409), answer(200)]);
    const { reply } = await client.sendIdempotent({ ...operation, isConditional: true });
    assert.deepEqual([reply, sent.length], [answer(409), 1]);
    const other = clientWith([answer(500), answer(200)]);
    await other.client.sendIdempotent({ ...operation, isConditional: true });
    assert.equal(other.sent.length, 2);
  });

  it("has the key that is given, and all that it names", async () => {
    const { client, sent } = clientWith([answer(200)]);
    const more = { query: { a: "1" }, body: { b: 2 }, apiVersion: "beta" };
    const { key } = await client.sendIdempotent({ ...operation, ...more, method: "PATCH" }, "api-other");
    assert.deepEqual(
      [key, sent[0]?.request],
      ["api-other", { method: "PATCH", path: "/it", ...more, key: "api-other" }],
    );
  });
});
