/** What a call remembers of the same call before it, in the same run: told by states alone, and by no engine. */
import assert from "node:assert/strict";

import { MOST_FAILURES, resumeRepeatedCall } from "../../provider/rotation/repeatedCall";
import { type Saved, SavedFailure } from "../../provider/rotation/work";
import type { Unfinished } from "../../provider/run/progress";
import { storedState } from "../support/storedState";

type State = ReturnType<typeof storedState>;

const given = storedState({ tokenId: "t1", token: "api-00000000-0000-4000-8000-00000000abcd", tokenLastFour: "abcd" });
const left: State = { ...given, rotationCount: 1, verificationPending: true };
const done: State = { ...left, verificationPending: false };
const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => assert.fail("it succeeds"),
    (error: unknown) => error,
  );
const saved = (state: State): Saved => ({ id: "t1", outputs: { ...state }, state });

describe("a call that may come again", () => {
  let unfinished: Map<string, Unfinished>;
  let said: string[];

  beforeEach(() => {
    unfinished = new Map();
    said = [];
  });

  /** One call; it does what `work` does. */
  function call(from: State | undefined, work: (from: State | undefined, isRepeat: boolean) => Promise<State>) {
    const host = { log: (_severity: string, message: string) => Promise.resolve(void said.push(message)) };
    const session = { progress: { unfinished }, host } as unknown as Parameters<typeof resumeRepeatedCall>[1];
    const strategy = { saved } as unknown as Parameters<typeof resumeRepeatedCall<State>>[0];
    return resumeRepeatedCall<State>(strategy, session, { name: "one", given: from, work });
  }
  const fails = (from: State | undefined, state = left) =>
    failureOf(call(from, () => Promise.reject(new SavedFailure(saved(state), "not verified"))));

  it("begins with what it was given, if it is the first", async () => {
    const begun: unknown[] = [];
    await call(given, (from, isRepeat) => (begun.push([from, isRepeat]), Promise.resolve(done)));
    assert.deepEqual(begun, [[given, false]]);
  });

  for (const [what, next] of [
    ["with the state that it was given", given],
    ["with the state that the failure has saved", left],
    ["with that state, as it comes back from the engine", JSON.parse(JSON.stringify(left)) as State],
  ] as const) {
    it(`goes on from what the failure has left, if it comes again ${what}`, async () => {
      await fails(given);
      const begun: unknown[] = [];
      await call(next, (from, isRepeat) => (begun.push([from, isRepeat]), Promise.resolve(done)));
      assert.deepEqual(begun, [[left, true]]);
    });
  }

  it("is another one, if it has another state, or the one before has succeeded", async () => {
    await fails(given);
    await call({ ...given, rotationCount: 7 }, (_from, isRepeat) => (assert.ok(!isRepeat), Promise.resolve(done)));
    await call(given, (_from, isRepeat) => (assert.ok(!isRepeat), Promise.resolve(done)));
  });

  it("saves in each failure what is left, once anything is, also if the later failure saves nothing", async () => {
    await fails(given);
    const error = await failureOf(call(given, () => Promise.reject(new Error("an outage"))));
    assert.ok(error instanceof SavedFailure);
    assert.deepEqual([error.message, error.saved.state], ["an outage", left]);
  });

  it("fails for ever as long as nothing is saved", async () => {
    for (let count = 0; count <= MOST_FAILURES; count++) {
      const error = await failureOf(call(undefined, () => Promise.reject(new Error("refused"))));
      assert.ok(!(error instanceof SavedFailure));
    }
    assert.deepEqual(said, []);
  });

  it(`succeeds with what is saved at failure ${MOST_FAILURES}, says so, and is forgotten`, async () => {
    for (let count = 1; count < MOST_FAILURES; count++) await fails(given);
    assert.deepEqual(said, []);
    const state = await call(given, () => Promise.reject(new SavedFailure(saved(left), "not verified")));
    assert.deepEqual([state, said.length, unfinished.size], [left, 1, 0]);
  });
});
