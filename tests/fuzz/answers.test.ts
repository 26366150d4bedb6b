/** Random answers of LaunchDarkly: none shows a key, or breaks a state. newKeys.test.ts has those that make one. */
import assert from "node:assert/strict";

import fc from "fast-check";

import { processCallerIdentity } from "../../provider/client/callerIdentity";
import { lookOperation, processLook } from "../../provider/client/credentialRequests";
import { requestedWait } from "../../provider/client/rateLimit";
import { createServerClock } from "../../provider/client/serverClock";
import type { Reply } from "../../provider/client/transport";
import { accessToken } from "../../provider/credentials/accessToken/credential";
import { processList } from "../../provider/client/recordList";
import { rotatingAccessToken } from "../../provider/credentials/rotatingAccessToken/credential";
import type { TokenRecord } from "../../provider/credentials/tokens/token";
import { tokenByName } from "../../provider/lookup/tokenByName";
import { initialState, seenState } from "../../provider/decisions/nextState";
import { ADMIN_KEY, assertIsKept, NEW_KEY, NOW, odd } from "./odd";
import { answer, assertShowsNoKey, FIELDS as fields, headers } from "./oddAnswer";
import { runs } from "./runs";

describe("fuzzed answers", () => {
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
