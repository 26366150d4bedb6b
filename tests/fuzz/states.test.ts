/** Random states: older ones are accepted, broken ones are refused in words. */
import assert from "node:assert/strict";

import fc from "fast-check";

import { rotationReasons } from "../../provider/decisions/rotationReason";
import { accessToken } from "../../provider/credentials/accessToken/credential";
import { readOutputs, stateOutputs } from "../../provider/model/outputs";
import { UserError } from "../../provider/messages/words";
import type { Properties } from "../support/providerProcess";
import { nothing, startKindProvider } from "../support/kindProvider";
import { everyKind } from "../support/kinds";
import { storedState } from "../support/storedState";
import { assertIsKept, NEW_KEY, odd } from "./odd";
import { runs } from "./runs";

describe("fuzzed states", () => {
  it("of older releases, with properties missing or more of them, are accepted", () => {
    const few = { tokenId: "t1", token: NEW_KEY, tokenLastFour: "89cd", triggers: { a: 1 } };
    const full = stateOutputs(accessToken, storedState(few));
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
          const state = storedState(JSON.parse(JSON.stringify(old)) as Properties);
          assert.equal(state.identity["tokenId"], "t1");
          if (!dropped.includes("token")) assert.equal(state.key, NEW_KEY);
          const reasons = rotationReasons(state, { triggers: { a: 1 } }, Date.UTC(2026, 10, 24));
          const isDue = dropped.includes("token") || dropped.includes("triggers");
          assert.equal(reasons.length > 0, isDue);
          assertIsKept(state);
        },
      ),
      runs,
    );
  });

  it("are refused with words, and no value of theirs, when they are broken", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom("tokenId", "token", "rotationCount", "lostReset"), odd), (broken) => {
        const state = readOutputs(accessToken, broken);
        if ("problems" in state) assert.ok(!state.problems.join().includes(NEW_KEY));
      }),
      runs,
    );
  });

  for (const kind of everyKind) {
    it(`of ${kind.credential.className} with odd properties are compared, or refused with words and no key`, async () => {
      const subject = await startKindProvider(kind);
      const news = subject.inputs();
      const state = await subject.upUntilDone(nothing, news);
      const { diff } = await subject.provider();
      const broken = fc.dictionary(fc.constantFrom(...Object.keys(state)), json).map((odds) => ({ ...state, ...odds }));
      await fc.assert(
        fc.asyncProperty(broken, async (olds) => {
          const refused = await diff("", olds, news).then(() => "", wordsOf);
          assert.ok(!refused.includes(NEW_KEY) && !refused.includes(String(subject.keyIn(state))), refused);
        }),
        runs,
      );
      await subject.stop();
    });
  }
});

/** As the engine sends it. */
const json = odd.map((value) => (JSON.parse(JSON.stringify([value])) as unknown[])[0]);

/** The words of a refusal. Anything else that is thrown is a fault of ours. */
function wordsOf(error: unknown): string {
  assert.ok(error instanceof UserError, String(error));
  return error.message;
}
