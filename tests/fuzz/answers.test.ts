/** Random answers of LaunchDarkly: none loses a key, shows one, or breaks a state. */
import assert from "node:assert/strict";

import fc from "fast-check";

import { processCallerIdentity } from "../../provider/client/callerIdentity";
import { lookOperation, processLook, processReset, resetOperation } from "../../provider/client/credentialRequests";
import { LaunchDarklyError } from "../../provider/client/errors";
import { requestedWait } from "../../provider/client/rateLimit";
import { createServerClock } from "../../provider/client/serverClock";
import type { Reply } from "../../provider/client/transport";
import { accessToken } from "../../provider/credentials/accessToken/credential";
import { processList } from "../../provider/client/recordList";
import { rotatingAccessToken } from "../../provider/credentials/rotatingAccessToken/credential";
import type { TokenRecord } from "../../provider/credentials/tokens/token";
import { tokenByName } from "../../provider/lookup/tokenByName";
import { initialState, lostState, rotatedState, seenState } from "../../provider/decisions/nextState";
import { storedState } from "../support/storedState";
import { ADMIN_KEY, assertIsKept, NEW_KEY, NOW, odd } from "./odd";
import { runs } from "./runs";

const fields = [
  "_id",
  "token",
  "name",
  "role",
  "customRoleIds",
  "serviceToken",
  "defaultApiVersion",
  "lastModified",
  "tokenId",
  "code",
  "message",
];
const body = fc.oneof(
  odd,
  fc.record(Object.fromEntries(fields.map((field) => [field, odd])), { requiredKeys: [] }),
  fc.dictionary(fc.constantFrom(...fields, "more"), odd),
);
const header = fc.oneof(
  fc.string(),
  fc.integer().map(String),
  fc.double().map(String),
  fc.constantFrom("", "0", String(NOW + 9_000), "Mon, 23 Nov 2026 00:00:00 GMT", "Sat, 13 Sep 275760 00:00:00 GMT"),
);
const headers = fc.record(
  Object.fromEntries(
    [
      "date",
      "retry-after",
      "x-ratelimit-reset",
      "x-ratelimit-auth-token-reset",
      "x-ratelimit-global-remaining",
      "x-ratelimit-route-remaining",
      "x-ratelimit-auth-token-remaining",
    ].map((name) => [name, header]),
  ),
  { requiredKeys: [] },
);
const answer: fc.Arbitrary<Reply> = fc.record({
  kind: fc.constant("answer" as const),
  status: fc.integer({ min: 100, max: 599 }),
  headers,
  body,
});

function assertShowsNoKey(error: unknown): void {
  assert.ok(error instanceof LaunchDarklyError, String(error));
  assert.ok(!error.message.includes(ADMIN_KEY) && !error.message.includes(NEW_KEY), error.message);
  assert.ok(error.message.length < 700);
}

describe("fuzzed answers", () => {
  it("to a reset never lose a key, never show one, and give a state that can be kept", () => {
    const operation = resetOperation(accessToken, { tokenId: "t1" }, undefined);
    const before = storedState({ tokenId: "t1", token: ADMIN_KEY, tokenLastFour: "89ab" });
    fc.assert(
      fc.property(answer, fc.boolean(), (reply, hasKey) => {
        assert.ok(reply.kind === "answer");
        const given = hasKey ? { ...reply, status: 200, body: { ...(reply.body as object), token: NEW_KEY } } : reply;
        const result = processReset(accessToken, operation, given, ADMIN_KEY, NOW);
        if (hasKey) assert.ok(result.kind === "reset" && result.key === NEW_KEY);
        if (result.kind !== "reset") {
          assertShowsNoKey(result.error);
          return;
        }
        const order = { triggers: null, reason: "why", expiry: NOW, verify: true, lateResetPossible: false };
        const rotation = { ...order, ...result };
        assertIsKept(rotatedState(before, rotation));
        assertIsKept(lostState(before, { sentAt: NOW, expiry: undefined }, result.found));
      }),
      runs,
    );
  });

  it("to reads are understood, or refused without showing a key", () => {
    fc.assert(
      fc.property(answer, (reply) => {
        try {
          const identity = { tokenId: "t1" };
          const operation = lookOperation(accessToken, identity);
          const found = processLook(accessToken, operation, reply, ADMIN_KEY);
          const nothingSaid = accessToken.details.parse({});
          const state = initialState(identity, { a: 1 }, found, nothingSaid);
          assertIsKept(state);
          const inDoubt = { ...state, lostReset: { sentAt: NOW, expiry: null, processed: null } };
          assertIsKept(seenState(inDoubt, found, nothingSaid, NOW));
        } catch (error) {
          assertShowsNoKey(error);
        }
        try {
          processCallerIdentity(reply, NEW_KEY);
        } catch (error) {
          assertShowsNoKey(error);
        }
      }),
      runs,
    );
  });

  it("to a list give tokens that have an id, and an end, or are refused without showing a key", () => {
    const item = fc.oneof(
      odd,
      fc.record(Object.fromEntries(fields.map((field) => [field, odd])), { requiredKeys: [] }),
      fc.record({ _id: fc.string(), name: fc.string() }),
    );
    const page = fc.record(
      {
        items: fc.oneof(odd, fc.array(item, { maxLength: 5 })),
        totalCount: odd,
        _links: fc.oneof(odd, fc.record({ next: odd }, { requiredKeys: [] })),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(page, fc.constantFrom(200, 200, 401, 500), fc.nat(500), (body, status, offset) => {
        try {
          const reply: Reply = { kind: "answer", status, headers: {}, body };
          const { records: tokens, next } = processList(rotatingAccessToken, {}, offset, reply, ADMIN_KEY);
          assert.ok(tokens.every(({ id }) => typeof id === "string"));
          assert.ok(next === undefined || next > offset, "every page goes on");
          const found = tokenByName(tokens as unknown as TokenRecord[], "a name");
          if ("problem" in found) assert.match(found.problem, /access tokens? (?:are |is )?called "a name"/);
        } catch (error) {
          assertShowsNoKey(error);
        }
      }),
      runs,
    );
  });

  it("carry headers that ask for a sane wait, or none, and a time or none", () => {
    fc.assert(
      fc.property(headers, fc.integer({ min: 100, max: 599 }), (given, status) => {
        const wait = requestedWait(status, given, NOW) ?? 0;
        assert.ok(wait >= 0 && wait <= 300_000, String(wait));
        const clock = createServerClock(() => NOW);
        clock.observe(given["date"], NOW);
        assert.match(new Date(clock.now()).toISOString(), /^[0-9]{4}-/);
        assert.ok(Number.isFinite(clock.now()));
      }),
      runs,
    );
  });
});
