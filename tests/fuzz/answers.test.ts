import assert from "node:assert/strict";

import fc from "fast-check";

import {
  getAccessTokenRequest,
  processAccessToken,
  processReset,
  resetAccessTokenRequest,
} from "../../provider/client/accessTokens";
import { callerIdentityRequest, processCallerIdentity } from "../../provider/client/callerIdentity";
import { LaunchDarklyError } from "../../provider/client/launchDarklyError";
import { requestedWait } from "../../provider/client/rateLimitHeaders";
import { createServerClock } from "../../provider/client/serverClock";
import type { Reply } from "../../provider/client/transport";
import { initialState, lostState, metadata, rotatedState } from "../../provider/rotation/nextState";
import { resolveLostReset } from "../../provider/rotation/lostReset";
import { rotationReason } from "../../provider/rotation/rotationReason";
import { type State, stateSchema } from "../../provider/schemas/state";
import { runs } from "./runs";

const NOW = Date.UTC(2026, 10, 23);
const ADMIN_KEY = "api-aaaaaaaa-0000-4000-8000-0123456789ab";
const NEW_KEY = "api-bbbbbbbb-0000-4000-8000-0123456789cd";

const odd = fc.oneof(
  fc.jsonValue(),
  fc.anything(),
  fc.constantFrom(
    ADMIN_KEY,
    NEW_KEY,
    "",
    "ab12",
    "1628001602644",
    -1,
    1e300,
    "9".repeat(400),
    "\ud800",
    -5,
    Number.NaN,
  ),
);
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

/** Pulumi keeps JSON: what is lost on the way would break the call after the reset. */
function assertIsKept(state: State): void {
  const kept: unknown = JSON.parse(JSON.stringify(state));
  assert.equal(JSON.stringify(kept), JSON.stringify(state));
  assert.deepEqual(Object.keys(kept as object), Object.keys(state), "nothing is undefined");
  assert.deepEqual(stateSchema.parse(kept), kept);
}

function assertShowsNoKey(error: unknown): void {
  assert.ok(error instanceof LaunchDarklyError, String(error));
  assert.ok(!error.message.includes(ADMIN_KEY) && !error.message.includes(NEW_KEY), error.message);
  assert.ok(error.message.length < 700);
}

describe("fuzzed answers", () => {
  it("to a reset never lose a key, never show one, and give a state that can be kept", () => {
    const call = resetAccessTokenRequest(ADMIN_KEY, "t1", undefined);
    const before = stateSchema.parse({ tokenId: "t1", token: ADMIN_KEY, tokenLastFour: "89ab" });
    fc.assert(
      fc.property(answer, fc.boolean(), (reply, hasKey) => {
        assert.ok(reply.kind === "answer");
        const given = hasKey ? { ...reply, status: 200, body: { ...(reply.body as object), token: NEW_KEY } } : reply;
        const result = processReset(call, "t1", given, NOW);
        if (hasKey) assert.ok(result.kind === "reset" && result.key === NEW_KEY);
        if (result.kind !== "reset") {
          assertShowsNoKey(result.error);
          return;
        }
        const order = { triggers: null, reason: "why", expiry: NOW, verify: true, lateResetPossible: false };
        const rotation = { ...order, ...result };
        assertIsKept(rotatedState(before, rotation));
        assertIsKept(lostState(before, { sentAt: NOW, expiry: undefined }, result.token));
      }),
      runs,
    );
  });

  it("to reads are understood, or refused without showing a key", () => {
    fc.assert(
      fc.property(answer, (reply) => {
        try {
          const call = getAccessTokenRequest(ADMIN_KEY, "t1");
          const found = processAccessToken(call, "t1", reply);
          const state = initialState("t1", { a: 1 }, found);
          assertIsKept(state);
          assertIsKept({
            ...resolveLostReset({ ...state, lostReset: { sentAt: NOW, expiry: null, processed: null } }, found),
            ...metadata(found),
          });
        } catch (error) {
          assertShowsNoKey(error);
        }
        try {
          processCallerIdentity(callerIdentityRequest(NEW_KEY), reply);
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

describe("fuzzed states", () => {
  it("of older releases, with properties missing or more of them, are accepted", () => {
    const full = stateSchema.parse({ tokenId: "t1", token: NEW_KEY, tokenLastFour: "89cd", triggers: { a: 1 } });
    const optional = Object.keys(full).filter((name) => name !== "tokenId");
    fc.assert(
      fc.property(
        fc.subarray(optional),
        fc.dictionary(fc.string({ minLength: 20 }), fc.jsonValue()),
        (dropped, more) => {
          const old = {
            ...more,
            ...Object.fromEntries(Object.entries(full).filter(([name]) => !dropped.includes(name))),
          };
          const state = stateSchema.parse(JSON.parse(JSON.stringify(old)));
          assert.equal(state.tokenId, "t1");
          if (!dropped.includes("token")) assert.equal(state.token, NEW_KEY);
          const reason = rotationReason(state, { triggers: { a: 1 } }, Date.UTC(2026, 10, 24));
          const isDue = dropped.includes("token") || dropped.includes("triggers");
          assert.equal(reason !== undefined, isDue);
          assertIsKept(state);
        },
      ),
      runs,
    );
  });

  it("are refused with words, and no value of theirs, when they are broken", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom("tokenId", "token", "rotationCount", "lostReset"), odd), (broken) => {
        const parsed = stateSchema.safeParse(broken);
        if (!parsed.success) assert.ok(!parsed.error.message.includes(NEW_KEY));
      }),
      runs,
    );
  });
});
