/**
 * Calls for a token that the stack owns which Pulumi repeats, as a hook `onError` has it: with the same old outputs, or
 * with those that the failed call has saved.
 */
import assert from "node:assert/strict";

import type { Sandbox } from "../../../sandbox/sandbox";
import { PartialFailure } from "../../../provider/rotation/partialFailure";
import { eachOwnedProvider } from "../../support/eachOwnedProvider";
import { CREATE, LIST } from "../../support/ownedProvider";
import type { Properties } from "../../support/providerProcess";
import { WHO } from "../../support/routes";

/** As often as a hook may ask for a retry. */
const MOST_RETRIES = 100;

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
      }
    }
  }
});
