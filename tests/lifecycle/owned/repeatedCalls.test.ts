/**
 * Calls for a token that the stack owns which Pulumi repeats, as a hook `onError` has it: with the same old outputs, or
 * with those that the failed call has saved.
 */
import assert from "node:assert/strict";

import type { Sandbox } from "../../../sandbox/sandbox";
import { PartialFailure } from "../../../provider/hosts/dynamic/provider";
import { MOST_FAILURES } from "../../../provider/rotation/repeatedCall";
import { eachOwnedProvider } from "../../support/eachOwnedProvider";
import { CREATE, LIST, PATCH } from "../../support/ownedProvider";
import type { Properties } from "../../support/providerProcess";
import { WHO } from "../../support/routes";
import { isThorough } from "../../support/thorough";

/** At the most as often as a call may fail before it is the last one. What never gives up does so every time. */
const MOST_RETRIES = isThorough ? MOST_FAILURES - 1 : 5;

type Fault = Parameters<Sandbox["faults"]["add"]>[0];

interface Cell {
  /** What the first calls meet. */
  readonly faults: readonly Fault[];
  /** How many tokens are asked for in all. */
  readonly posts: number;
}

const always = { when: "before", times: Infinity } as const;
const refused = (status: number) => ({ kind: "status", status }) as const;
/** The first such request of a run asks whose key the stack's is. */
const verification = { route: WHO, skip: 1, ...always };
/** A token may have been made, and nobody can look for it: the first list is the one before it. */
const noLook = { route: LIST, skip: 1, ...always, fault: refused(403) };

const cells: Readonly<Record<string, Cell>> = {
  "the verification is refused": { faults: [{ ...verification, fault: refused(401) }], posts: 1 },
  "the verification fails": { faults: [{ ...verification, fault: refused(403) }], posts: 1 },
  "the answer is lost": { faults: [{ route: CREATE, when: "after", fault: { kind: "drop" } }, noLook], posts: 2 },
  "the answer can't be read": {
    faults: [{ route: CREATE, when: "after", fault: { kind: "notJson" } }, noLook],
    posts: 2,
  },
};

/** What stays, though the current token is there: an update of the settings, or the end of the one before, is refused. */
const workOnOwned: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "the settings can't be changed": { role: "reader" },
  "the end of the token before can't be set": { oldKeyExpiry: "2h" },
};

/** As the engine keeps it. */
const stored = (outs: unknown) => JSON.parse(JSON.stringify(outs)) as Properties;

describe("a call for a token that the stack owns, which is repeated", () => {
  const subject = eachOwnedProvider();

  for (const method of ["create", "update"] as const) {
    for (const carries of [false, true]) {
      for (const [what, { faults, posts }] of Object.entries(cells)) {
        const whose = carries ? "the outputs that the failed one has saved" : "the same old outputs";

        it(`makes no token too many: ${method}, with ${whose}, when ${what}, ${MOST_RETRIES} times`, async () => {
          const { sandbox, inputs, created, newRequests, marked, accepts, assertSound } = subject();
          let olds = method === "create" ? undefined : await created();
          const held = olds?.["token"];
          const news = inputs({ triggers: { a: 2 } });
          newRequests();
          for (const fault of faults) sandbox.faults.add(fault);
          const methods = await subject().provider();
          const call = () => (olds === undefined ? methods.create(news) : methods.update("", olds, news));
          let most = 0;
          for (let tries = 1; tries <= MOST_RETRIES; tries++) {
            await assert.rejects(call(), (error: Error) => {
              if (carries && error instanceof PartialFailure) olds = stored(error.properties);
              return true;
            });
            most = Math.max(most, marked().length);
          }
          sandbox.faults.clear();
          const done: { outs?: unknown } = await call();
          assert.equal(newRequests().filter((route) => route === CREATE).length, posts);
          const needed = held === undefined ? 1 : 2;
          assert.ok(most <= needed && marked().length === needed, `${most} tokens, then ${marked().length}`);
          assertSound(stored(done.outs));
          if (held !== undefined) assert.ok(accepts(held), "the key that everybody holds works");
        });

        it(`succeeds with the work left to do: ${method}, with ${whose}, when ${what}, and the hook never gives up`, async () => {
          const { inputs, created, newRequests, marked, accepts, assertSound, sandbox, upFrom, said } = subject();
          let olds = method === "create" ? undefined : await created();
          const held = olds?.["token"];
          const news = inputs({ triggers: { a: 2 } });
          newRequests();
          for (const fault of faults) sandbox.faults.add(fault);
          const methods = await subject().provider();
          const call = () => (olds === undefined ? methods.create(news) : methods.update("", olds, news));
          const needed = held === undefined ? 1 : 2;
          for (let failures = 1; failures < MOST_FAILURES; failures++) {
            await assert.rejects(call(), (error: Error) => {
              if (carries && error instanceof PartialFailure) olds = stored(error.properties);
              return true;
            });
            assert.ok(marked().length <= needed, "no token too many");
          }
          const left = stored(((await call()) as { outs?: unknown }).outs);
          assert.match(said(), /warning: Left undone: 50 attempts of this run have failed/);
          assert.equal((await methods.diff("", left, news)).changes, true, "the next run notices");
          sandbox.faults.clear();
          const state = await upFrom(left, news);
          assert.equal(newRequests().filter((route) => route === CREATE).length, posts);
          assert.equal(marked().length, needed);
          assertSound(state);
          if (held !== undefined) assert.ok(accepts(held), "the key that everybody holds works");
        });
      }
    }
  }

  for (const [what, more] of Object.entries(workOnOwned)) {
    it(`succeeds with the work left to do when ${what}, and the hook never gives up`, async () => {
      const { inputs, created, upFrom, fail, sandbox, kept } = subject();
      const rotated = await upFrom(await created(), inputs({ triggers: { a: 2 }, oldKeyExpiry: "1h" }));
      const news = inputs({ triggers: { a: 2 }, oldKeyExpiry: "1h", ...more });
      fail(PATCH, 403, { times: Infinity });
      const methods = await subject().provider();
      for (let failures = 1; failures < MOST_FAILURES; failures++)
        await assert.rejects(methods.update("", rotated, news));
      const left = stored((await methods.update("", rotated, news)).outs);
      assert.equal(left["token"], rotated["token"]);
      assert.equal((await methods.diff("", left, news)).changes, true, "the next run notices");
      sandbox.faults.clear();
      const state = await upFrom(left, news);
      assert.equal((await methods.diff("", state, news)).changes, false);
      assert.ok(kept(state));
    });
  }

  it("keeps what an earlier try has saved when a later one fails before it does anything", async () => {
    const { inputs, created, fail, accepts } = subject();
    const olds = await created();
    const news = inputs({ triggers: { a: 2 }, oldKeyExpiry: "1h", role: "reader" });
    const methods = await subject().provider();
    fail(WHO, 403, { skip: 1, times: Infinity });
    await assert.rejects(methods.update("", olds, news), PartialFailure);
    // Nothing that has to do with LaunchDarkly: what a call may fail at before it is said what is left.
    const odd = { ...news, oldKeyExpiry: "2020-01-01T00:00:00Z" };
    await assert.rejects(methods.update("", olds, odd), (error: unknown) => {
      assert.ok(error instanceof PartialFailure);
      assert.ok(accepts(error.properties["token"]));
      assert.notEqual(error.properties["token"], olds["token"]);
      return true;
    });
  });
});
