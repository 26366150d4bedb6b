/**
 * Calls for an additional key which Pulumi repeats, as a hook `onError` has it: with the same old outputs, or with those that
 * the failed call has saved.
 */
import assert from "node:assert/strict";

import { PartialFailure } from "../../../provider/hosts/dynamic/provider";
import { MOST_FAILURES } from "../../../provider/rotation/repeatedCall";
import type { PlannedFault } from "../../../sandbox/faults";
import {
  CREATE,
  LOOK,
  type OwnedKeyProvider,
  ownedKeys,
  PATCH,
  startOwnedKeyProvider,
} from "../../support/ownedKeyProvider";
import type { Properties } from "../../support/providerProcess";

const always = { when: "before", times: Infinity } as const;
const refused = { kind: "status", status: 403 } as const;

/** What the calls meet, and how many keys are there when the hook gives up at last. */
const cells: Readonly<Record<string, { readonly faults: readonly PlannedFault[]; readonly made: number }>> = {
  "the creation is refused": { faults: [{ route: CREATE, ...always, fault: refused }], made: 0 },
  "the answer is lost, and so is each look": {
    faults: [
      { route: CREATE, when: "after", times: Infinity, fault: { kind: "drop" } },
      { route: LOOK, ...always, fault: refused },
    ],
    made: 1,
  },
  "the answer shows no key, nor does any look": {
    faults: [CREATE, LOOK].map((route) => ({
      ...{ route, when: "after", times: Infinity },
      fault: { kind: "alter", fields: { value: "****-ab12" } },
    })),
    made: 1,
  },
};

const stored = (outs: unknown) => JSON.parse(JSON.stringify(outs)) as Properties;

for (const { credential, output } of ownedKeys) {
  describe(`a call for a ${credential.className}, which is repeated`, () => {
    let subject: OwnedKeyProvider;
    beforeEach(async () => {
      subject = await startOwnedKeyProvider(credential);
    });
    afterEach(() => subject.stop());

    for (const method of ["create", "update"] as const) {
      for (const carries of [false, true]) {
        for (const [what, { faults, made }] of Object.entries(cells)) {
          const whose = carries ? "what the failed one has saved" : "the same old outputs";

          it(`makes one key at the most: ${method}, with ${whose}, when ${what}, and the hook never gives up`, async () => {
            const held = method === "create" ? undefined : await subject.done(undefined, subject.inputs());
            const [news, before] = [subject.inputs({ triggers: { a: 2 } }), subject.keys().length];
            let olds = held;
            for (const fault of faults) subject.sandbox.faults.add(fault);
            const methods = await subject.provider();
            const call = () => (olds === undefined ? methods.create(news) : methods.update("", olds, news));
            for (let calls = 1; calls < MOST_FAILURES; calls++) {
              await call().catch((error: unknown) => {
                if (carries && error instanceof PartialFailure) olds = stored(error.properties);
              });
              assert.ok(subject.keys().length - before <= made, "no key too many");
            }
            const last = await call().then(
              ({ outs }) => stored(outs),
              (error: unknown) => (error instanceof PartialFailure ? stored(error.properties) : olds),
            );
            subject.sandbox.faults.clear();
            const after = await subject.done(last, news);
            assert.equal(subject.keys().length - before, 1);
            assert.ok(subject.works(after[output]));
            if (held !== undefined) assert.ok(subject.works(held[output]), "the key that everybody holds works");
          });
        }
      }
    }

    it("succeeds with the work left to do when the end of the key before can't be set", async () => {
      const first = await subject.done(undefined, subject.inputs());
      const rotated = await subject.done(first, subject.inputs({ triggers: { a: 2 } }));
      const news = subject.inputs({ triggers: { a: 2 }, oldKeyExpiry: "2h" });
      subject.fail(PATCH, 403, { times: Infinity });
      const methods = await subject.provider();
      for (let failures = 1; failures < MOST_FAILURES; failures++) {
        await assert.rejects(methods.update("", rotated, news));
      }
      const left = stored((await methods.update("", rotated, news)).outs);
      assert.equal(left[output], rotated[output]);
      assert.equal((await methods.diff("", left, news)).changes, true, "the next run notices");
      subject.sandbox.faults.clear();
      const state = await subject.done(left, news);
      assert.equal((await methods.diff("", state, news)).changes, false);
      assert.ok(subject.works(first[output]), "its grace is not over");
    });
  });
}
