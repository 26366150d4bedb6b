/** Answers that hold whole keys in every field: no output but the key, no message and no reason shows one. */
import assert from "node:assert/strict";

import fc from "fast-check";

import { lookOperation, processLook, processReset, resetOperation } from "../../provider/client/credentialRequests";
import { type CallerIdentity, processCallerIdentity } from "../../provider/client/callerIdentity";
import { createOperation, processCreate, processRecord, recordOperation } from "../../provider/client/recordRequests";
import { processList } from "../../provider/client/recordList";
import type { Reply } from "../../provider/client/transport";
import { credentialsOfStacks, resetCredentials as credentials } from "../support/kinds";
import { takenOver, withNewRecord } from "../../provider/decisions/replace/nextState";
import { foreignChanges } from "../../provider/decisions/replace/settings";
import { initialState, lostState, rotatedState, seenState } from "../../provider/decisions/nextState";
import { reasonText, rotationReasons } from "../../provider/decisions/rotationReason";
import { drift } from "../../provider/messages/drift";
import { subject } from "../../provider/messages/words";
import { differenceName, ownedName, recordName } from "../../provider/messages/replace/naming";
import type { Found } from "../../provider/model/answers";
import { KINDS_OF_KEYS } from "../../provider/model/redact";
import { ownedOutputs, stateOutputs } from "../../provider/model/outputs";
import { newOwnedState } from "../../provider/model/ownedState";
import type { State } from "../../provider/model/state";
import { AnothersKey } from "../../provider/rotation/work";
import { ADMIN_KEY, NOW } from "./odd";
import { runs } from "./runs";

const keys = KINDS_OF_KEYS.map((prefix) => `${prefix}-bbbbbbbb-0000-4000-8000-0123456789cd`);
const all = [...keys, ADMIN_KEY];

/** A key, alone or within other text, and with what is not seen inside. */
const holding = fc
  .tuple(fc.constantFrom(...all), fc.constantFrom("", " ", "the key is ", "x_", "\u202e", "\u001b[2J"), fc.nat(30))
  .map(([key, before, at]) => `${before}${key}${at > 20 ? " \r" : ""}`);
const value: fc.Arbitrary<unknown> = fc.oneof(
  holding,
  fc.array(holding, { maxLength: 2 }),
  fc.dictionary(fc.constantFrom("effect", "notes"), holding, { maxKeys: 2 }).map((statement) => [statement]),
  fc.constant(1),
);
const FIELDS = [
  ...["_id", "token", "apiKey", "mobileKey", "fullKey", "displayKey", "name", "role", "customRoleIds", "inlineRole"],
  ...["description", "serviceToken", "defaultApiVersion", "lastModified", "code", "message"],
  ...["key", "value", "kind", "isDefault", "expiry", "creationDate", "lastUsed", "_createdAt", "_updatedAt"],
  ...["_version", "_createdByMemberId", "_links", "viewSummaries", "tokenId", "tokenName", "accountId", "memberId"],
];
const some = fc.record(Object.fromEntries(FIELDS.map((field) => [field, value])), { requiredKeys: [] });
/** What LaunchDarkly must say of a record is there: every other answer is read to its end. */
const complete = fc.tuple(
  some,
  fc.record({ _id: holding, token: holding, key: holding, value: holding, name: holding }),
);
const body = fc.oneof(
  some,
  complete.map(([more, record]) => ({ ...more, ...record })),
);
const reply: fc.Arbitrary<Reply> = fc.record({
  kind: fc.constant("answer" as const),
  status: fc.constantFrom(200, 200, 200, 201, 400, 401, 403, 404, 500),
  headers: fc.constant({}),
  body,
});

/** Fails if a key, or more of one than an ending, is in what people see. */
function assertHidden(...shown: unknown[]): void {
  const text = JSON.stringify(shown);
  for (const key of all) assert.ok(!text.includes(key) && !text.includes(key.slice(-12)), text);
}

/** What the work throws, as its message. */
function messageOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return (error as Error).message;
  }
}

describe("keys in fuzzed answers", () => {
  it("are in nothing that a caller's identity leaves in a state or a message", () => {
    let seen = 0;
    fc.assert(
      fc.property(reply, (given) => {
        const identity = messageOf(() => processCallerIdentity(given, ADMIN_KEY));
        if (typeof identity === "string") {
          assertHidden(identity);
          return;
        }
        const { tokenId, accountId } = identity as CallerIdentity;
        if (tokenId !== undefined) seen++;
        assertHidden(accountId, new AnothersKey(tokenId ?? "").message);
      }),
      runs,
    );
    assert.ok(seen > 0, "no answer had an identity");
  });

  for (const credential of credentials) {
    const { className, outputs, identity: names } = credential;
    const identity = Object.fromEntries(names.map((name) => [name, "t1"]));
    const nothingSaid = credential.details.parse({});
    const start = initialState(
      identity,
      {},
      { key: null, lastFour: "89cd", lastModified: 1, details: {} },
      nothingSaid,
    );

    const assertShowsNone = (state: State) => {
      const others = { ...stateOutputs(credential, state), [outputs.key]: null };
      const said = drift(credential, start, state).map(({ message }) => message);
      const reason = reasonText(rotationReasons(state, { triggers: { a: 1 } }, NOW));
      assertHidden(others, said, reason, subject(credential.wording, state));
      assert.ok((state.lastFour ?? "").length <= 4);
    };

    it(`are in no output, message or reason of ${className} but its key`, () => {
      fc.assert(
        fc.property(reply, (given) => {
          const look = lookOperation(credential, identity);
          const found = messageOf(() => processLook(credential, look, given, ADMIN_KEY));
          if (typeof found === "string") assertHidden(found);
          else assertShowsNone(seenState(start, found as Found, nothingSaid, NOW));
          const reset = resetOperation(credential, identity, undefined);
          const result = processReset(credential, reset, given, ADMIN_KEY, NOW);
          if (result.kind !== "reset") {
            assertHidden(result.error.message);
            return;
          }
          const order = { triggers: null, reason: "why", expiry: NOW, verify: true, lateResetPossible: false };
          assertShowsNone(rotatedState(start, { ...order, ...result }));
          assertShowsNone(lostState(start, { sentAt: NOW, expiry: undefined }, result.found));
        }),
        runs,
      );
    });
  }

  for (const credential of credentialsOfStacks) {
    const { className, outputs } = credential;
    const empty = newOwnedState("9f86d081884c7d65", {});
    const create = createOperation(credential, "ci", {}, {});
    const look = recordOperation("read", credential, {}, "t1", { method: "GET" });

    const assertShowsNone = (state: typeof empty) => {
      assertHidden({ ...ownedOutputs(credential, state), [outputs.key]: null }, ownedName(credential.wording, state));
    };

    it(`are in no output or message of ${className} but its key`, () => {
      const seen = { created: 0, shown: 0, listed: 0 };
      fc.assert(
        fc.property(reply, (given) => {
          const created = processCreate(credential, create, given, ADMIN_KEY, NOW);
          if (created.kind === "created" && created.record !== undefined) {
            const made = { ...created, record: created.record, number: 1, settings: {} };
            seen.created++;
            assertShowsNone(withNewRecord(credential, empty, made, { triggers: {}, verify: true }, "why"));
          } else if (created.kind !== "created") assertHidden(created.error.message);
          const record = messageOf(() => processRecord(credential, look, given, ADMIN_KEY));
          if (typeof record === "string") assertHidden(record);
          else if (record !== undefined) seen.shown++;
          const body = { items: given.kind === "answer" ? [given.body] : [] };
          const list: Reply = { kind: "answer", status: 200, headers: {}, body };
          for (const one of processList(credential, {}, 0, list, ADMIN_KEY).records) {
            seen.listed++;
            assertHidden(recordName(one), foreignChanges(credential, { shown: {} }, one).map(differenceName));
            assertShowsNone(takenOver(credential, empty, "the key", one, { triggers: {} }, NOW));
          }
        }),
        runs,
      );
      for (const [what, count] of Object.entries(seen)) assert.ok(count > 0, `no record was ${what}`);
    });
  }
});
