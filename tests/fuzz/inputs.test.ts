/** Random inputs: read, or refused without a value; what is read can be used. */
import assert from "node:assert/strict";

import type { CheckFailure } from "@pulumi/pulumi/dynamic";
import fc from "fast-check";

import { accessToken } from "../../provider/credentials/accessToken/credential";
import { validateInputs } from "../../provider/lifecycle/check";
import { OWNER_PROPERTY } from "../../provider/hosts/dynamic/methods";
import { announceRotation } from "../../provider/messages/announcement";
import { ageReason, triggerChanges } from "../../provider/decisions/rotationReason";
import { expiryProblem, resetExpiry } from "../../provider/decisions/ends";
import { type Json, UNKNOWN_VALUE } from "../../provider/model/json";
import { startSandbox } from "../../sandbox/sandbox";
import { inProcessProvider } from "../support/inProcessProvider";
import { type AnyKind, everyKind } from "../support/kinds";
import { OWNER } from "../support/ownedProvider";
import { runs } from "./runs";

const NOW = Date.UTC(2026, 10, 23);
const TOKEN_ID = "61095542756dba551110ae21";
const SECRET = "hunter2-a-secret-of-some-length";

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.string({ minLength: 5_000, maxLength: 6_000 }),
  fc.constantFrom("", " ", UNKNOWN_VALUE, "immediate", "api-123", "__proto__", "null", SECRET),
);
const number = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(0, -0, 1e12, 1e15, 8.64e15, 2 ** 53, -1));
const anything = fc.oneof(text, number, fc.boolean(), fc.constant(null), fc.jsonValue(), fc.anything());

const near = (pattern: RegExp) => fc.stringMatching(pattern);
const expiry = fc.oneof(
  anything,
  near(/^ ?-?\d{1,6}(\.\d{1,3})? ?(ms|s|m|h|d|w|y|mo|sec|hours|days|H|)$/),
  near(/^P(\d{1,4}[YMWD]){0,3}(T(\d{1,4}[HMS]){0,3})?$/),
  near(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d|)$/),
  near(/^\d{9,17}$/),
);

/** What a program may give, though it should not. */
const OF_THEIR_OWN: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  tokenId: fc.oneof(fc.constant(TOKEN_ID), anything),
  oldKeyExpiry: expiry,
  rotateAfter: expiry,
};
const inputsOf = ({ credential: { inputNames } }: AnyKind) =>
  fc.record(Object.fromEntries([...inputNames, "other"].map((name) => [name, OF_THEIR_OWN[name] ?? anything])), {
    requiredKeys: [],
  });

describe("fuzzed inputs", () => {
  for (const kind of everyKind) {
    const { className, strategy } = kind.credential;
    const hint = strategy === "replace" ? { [OWNER_PROPERTY]: OWNER } : {};

    it(`of ${className} are read, or refused with one message for each, which shows no value, and before any request`, async () => {
      const sandbox = await startSandbox();
      const shown: string[] = [];
      const log = (_severity: string, message: string) => Promise.resolve(void shown.push(message));
      const provider = await inProcessProvider(sandbox, { log }, { port: kind.credential });
      try {
        await fc.assert(
          fc.asyncProperty(inputsOf(kind), inputsOf(kind), async (olds, news) => {
            shown.length = 0;
            const { failures = [] } = await provider.check(olds, { ...news, ...hint });
            assert.ok(!shown.join().includes(SECRET));
            if (failures.length > 0) assertNamesEach(kind, failures, shown);
          }),
          runs,
        );
        assert.deepEqual(sandbox.requests, []);
      } finally {
        await sandbox.stop();
      }
    });
  }

  it("give an expiry that LaunchDarkly can take, and words for it, whenever oldKeyExpiry is accepted", () => {
    fc.assert(
      fc.property(expiry, (oldKeyExpiry) => {
        const result = validateInputs(accessToken, { tokenId: TOKEN_ID, oldKeyExpiry });
        if (!("inputs" in result)) return;
        const parsed = result.inputs.oldKeyExpiry;
        assert.ok(
          announceRotation({
            reason: "why",
            oldKeyExpiry: parsed,
          }).message.startsWith("Will reset: why."),
        );
        if (expiryProblem(parsed, NOW) !== undefined) return;
        const at = resetExpiry(parsed, NOW);
        if (at === undefined) return;
        assert.ok(Number.isSafeInteger(at) && at > NOW);
        assert.match(new Date(at).toISOString(), /^\d{4}-/);
      }),
      runs,
    );
  });

  it("make a key due when it is as old as rotateAfter says, and not before, with words for its age", () => {
    const duration = near(/^[1-9]\d{0,4} ?(ms|s|m|h|d|w)$/);
    fc.assert(
      fc.property(duration, fc.integer({ min: 1, max: 10 ** 9 }), (rotateAfter, more) => {
        const result = validateInputs(accessToken, { tokenId: TOKEN_ID, rotateAfter });
        if (!("inputs" in result)) return;
        const read = result.inputs.rotateAfter;
        const dueAt = NOW + (read?.milliseconds ?? 0);
        const state = { lastRotatedAt: new Date(NOW).toISOString(), adoptedAt: null };
        assert.equal(ageReason(state, read, dueAt - 1), undefined);
        assert.match(String(ageReason(state, read, dueAt + more)?.text), /^\d+ [a-z]+ old, rotateAfter is \d/);
      }),
      runs,
    );
  });

  it("keep every trigger as it is, so that any change of any JSON value is noticed", () => {
    const json = fc.oneof(fc.jsonValue(), fc.jsonValue({ maxDepth: 8 }), text, fc.dictionary(text, fc.jsonValue()));
    fc.assert(
      fc.property(json, json, (before, after) => {
        // As they come out of the state, and in through gRPC.
        const [old, young] = [before, after].map((value) => JSON.parse(JSON.stringify(value)) as Json) as [Json, Json];
        const read = (triggers: Json) => {
          const result = validateInputs(accessToken, { tokenId: TOKEN_ID, triggers });
          assert.ok("inputs" in result, JSON.stringify(result));
          return result.inputs.triggers;
        };
        const isChanged = JSON.stringify(sorted(old)) !== JSON.stringify(sorted(young));
        assert.equal(triggerChanges(read(old), read(young)).length > 0, isChanged);
        assert.deepEqual(triggerChanges(read(old), read(old)), []);
      }),
      runs,
    );
  });
});

/** Fails unless each problem names an input, once, without its value, and nothing is announced that will not come about. */
function assertNamesEach(
  { credential: { inputNames } }: AnyKind,
  failures: readonly CheckFailure[],
  shown: readonly string[],
): void {
  assert.deepEqual(shown, []);
  const name = new RegExp(`^(?:${[...inputNames, "other"].join("|")})\\b`);
  const named = failures.map(({ property, reason }) => {
    assert.equal(property, "");
    assert.ok(!reason.includes(SECRET));
    assert.ok(reason.length < 400, reason);
    return name.exec(reason)?.[0] ?? assert.fail(reason);
  });
  assert.deepEqual(named, [...new Set(named)], failures.map(({ reason }) => reason).join("\n"));
}

/** The same value with the keys of its maps in order, and no map like a list. */
function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return { map: entries.map(([key, below]) => [key, sorted(below)]) };
}
