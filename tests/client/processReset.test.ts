/** What an answer to a reset means: a key, a refusal, not processed, or unknown. */
import assert from "node:assert/strict";
import { inspect } from "node:util";

import fc from "fast-check";

import { processReset, resetOperation } from "../../provider/client/credentialRequests";
import { accessToken } from "../../provider/credentials/accessToken/credential";
import type { Reply } from "../../provider/client/transport";

const ADMIN_KEY = "api-aaaaaaaa-0000-4000-8000-0123456789ab";
const NEW_KEY = "api-bbbbbbbb-0000-4000-8000-0123456789cd";
const NOW = 1_800_000_000_000;

const operation = resetOperation(accessToken, { tokenId: "t1" }, undefined);
const answer = (status: number, body: unknown, headers = {}): Reply => ({ kind: "answer", status, headers, body });
const read = (reply: Reply) => processReset(accessToken, operation, reply, ADMIN_KEY, NOW);

describe("the answer to a reset", () => {
  it("is a success whenever it holds a whole key, whatever else is odd", () => {
    const odd = fc.record(
      {
        name: fc.jsonValue(),
        role: fc.jsonValue(),
        customRoleIds: fc.jsonValue(),
        serviceToken: fc.jsonValue(),
        defaultApiVersion: fc.jsonValue(),
        lastModified: fc.jsonValue(),
        _links: fc.jsonValue(),
        more: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(odd, fc.constantFrom(200, 201, 202), (body, status) => {
        const reply = read(answer(status, { ...body, token: NEW_KEY }));
        assert.ok(reply.kind === "reset");
        assert.equal(reply.key, NEW_KEY);
        assert.equal(reply.found.lastFour, "89cd");
      }),
    );
  });

  it("says that the reset is gone, and what takes its place, when there is no such endpoint", () => {
    const replies = [
      answer(404, undefined),
      answer(404, {}),
      answer(405, {}),
      answer(410, { code: "gone" }),
      answer(501, ""),
    ];
    for (const reply of replies) {
      const { kind, error } = read(reply) as { kind: string; error: Error };
      assert.equal(kind, "refused");
      assert.match(
        error.message,
        /does not offer the reset of access tokens any more \(\d+\)\. Use RotatingAccessToken/,
      );
    }
    const missing = read(answer(404, { code: "not_found", message: "no such token" })) as { error: Error };
    assert.match(missing.error.message, /found no such token/);
  });

  it("reads times as numbers and as strings of digits", () => {
    for (const lastModified of [1_628_001_602_644, "1628001602644"]) {
      const reply = read(answer(200, { token: NEW_KEY, lastModified }));
      assert.equal(reply.kind === "reset" && reply.found.lastModified, 1_628_001_602_644);
    }
  });

  it("holds no text that can't cross gRPC into the state, where it would take the key along", () => {
    const body = { token: NEW_KEY, name: "\ud800x", role: "y\udc00", customRoleIds: ["\ud800"] };
    const reply = read(answer(200, body));
    assert.ok(reply.kind === "reset");
    const { name, role, customRoleIds } = reply.found.details;
    assert.deepEqual([name, role, customRoleIds], ["\ufffdx", "y\ufffd", ["\ufffd"]]);
  });

  it("is unknown for a 2xx without a whole key", () => {
    for (const body of [
      { token: "89cd" },
      { token: "****89cd" },
      { token: null },
      { token: 5 },
      {},
      [],
      "",
      null,
      undefined,
      { Token: NEW_KEY },
    ]) {
      assert.equal(read(answer(200, body)).kind, "unknown", JSON.stringify(body));
    }
  });

  const statuses: [status: number, kind: string][] = [
    [301, "refused"],
    [400, "refused"],
    [401, "refused"],
    [403, "refused"],
    [404, "refused"],
    [405, "refused"],
    [422, "refused"],
    [408, "unknown"],
    [500, "unknown"],
    [502, "unknown"],
    [503, "unknown"],
    [504, "unknown"],
    [409, "notProcessed"],
    [429, "notProcessed"],
  ];
  for (const [status, kind] of statuses) {
    it(`is ${kind} for a ${status}`, () => {
      assert.equal(read(answer(status, { code: "x", message: "y" })).kind, kind);
    });
  }

  it("is told apart by whether the request was sent when there is none", () => {
    assert.equal(read({ kind: "unsent", reason: "refused" }).kind, "notProcessed");
    assert.equal(read({ kind: "lost", reason: "reset" }).kind, "unknown");
  });

  it("repeats no key in an error, also if LaunchDarkly does", () => {
    for (const status of [301, 400, 401, 403, 404, 429, 500]) {
      const reply = read(answer(status, { code: ADMIN_KEY, message: `no ${NEW_KEY} for ${ADMIN_KEY}` }));
      assert.ok(reply.kind !== "reset");
      assert.ok(
        !reply.error.message.includes(ADMIN_KEY) && !reply.error.message.includes(NEW_KEY),
        reply.error.message,
      );
      assert.match(reply.error.message, /api-…89cd/);
      // As Node prints an error that nobody handled.
      const dump = inspect(reply.error, { depth: 20, showHidden: true });
      assert.ok(!dump.includes(ADMIN_KEY) && !dump.includes(NEW_KEY), dump);
    }
  });
});
