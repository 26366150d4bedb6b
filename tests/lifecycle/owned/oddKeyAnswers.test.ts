/** Odd answers to the creation of an additional key, and to a look at it: the key is kept, and no other is made or taken for it. */
import assert from "node:assert/strict";

import type { PlannedFault } from "../../../sandbox/faults";
import {
  CREATE,
  DELETE,
  LOOK,
  type OwnedKeyProvider,
  ownedKeys,
  PATCH,
  startOwnedKeyProvider,
} from "../../support/ownedKeyProvider";

const ODD: readonly (readonly [field: string, value: unknown])[] = [
  ["_createdAt", 8.7e15],
  ["_createdAt", "1e300"],
  ["_updatedAt", -1],
  ["expiry", -1],
  ["expiry", 1e300],
  ["expiry", 0],
  ["_version", 1.5],
  ["_version", "9".repeat(400)],
  ["_version", null],
  ["name", ["\ud800"]],
  ["name", "\ud800\u001b[2J"],
  ["description", 7],
  ["kind", null],
  ["isDefault", "false"],
  ["isDefault", null],
  ["_createdByMemberId", {}],
  ["_links", [[[[]]]]],
];

for (const { credential, output, prefix } of ownedKeys) {
  describe(`an odd answer to a ${credential.className}`, () => {
    let subject: OwnedKeyProvider;
    beforeEach(async () => {
      subject = await startOwnedKeyProvider(credential);
    });
    afterEach(() => subject.stop());

    const kind = prefix === "sdk-" ? "sdk" : "mobile";
    const alter = (route: string, fields: Record<string, unknown>, more: Partial<PlannedFault> = {}) => {
      subject.sandbox.faults.add({ route, when: "after", fault: { kind: "alter", fields }, ...more });
    };
    const requests = (route: string) => subject.newRequests().filter((one) => one === route).length;

    for (const [field, value] of ODD) {
      it(`keeps the key when its ${field} is ${JSON.stringify(value).slice(0, 20)}, and rotates and ends it all the same`, async () => {
        alter(CREATE, { [field]: value });
        const first = await subject.done(undefined, subject.inputs());
        assert.ok(subject.works(first[output]));
        assert.equal(requests(CREATE), 1);
        // A look without a description shows no mark, and nothing is kept or ended without that.
        const times = field === "description" ? 1 : Infinity;
        for (const route of times === 1 ? [CREATE] : [CREATE, LOOK, PATCH]) alter(route, { [field]: value }, { times });
        const news = subject.inputs({ triggers: { a: 2 }, oldKeyExpiry: "immediate" });
        const second = await subject.done(first, news);
        const third = await subject.done(second, news);
        assert.equal(third[output], second[output]);
        assert.deepEqual([subject.works(first[output]), subject.works(third[output])], [false, true]);
        assert.deepEqual(requests(CREATE), 1);
      });
    }

    it("is the answer of another key: the one that was made is looked up, and theirs is left alone", async () => {
      const theirs = subject.sandbox.additionalKeys.add(subject.environment, { kind });
      const others = [
        { key: theirs.keyId, value: theirs.key, description: "theirs" },
        { key: theirs.keyId },
        { value: theirs.key, description: "theirs" },
        { description: "[Pulumi acme/shop/production/other 0123456789abcdef #1-01234567]" },
      ];
      for (const [index, fields] of others.entries()) {
        const keyPrefix = `shop-${index}`;
        alter(CREATE, fields);
        const state = await subject.done(undefined, subject.inputs({ keyPrefix }));
        assert.equal(state["keyId"], `${keyPrefix}-1`);
        const made = subject.keys().find(({ keyId }) => keyId === state["keyId"]);
        assert.equal(state[output], made?.key);
        assert.deepEqual([requests(CREATE), subject.works(theirs.key)], [1, true]);
        await subject.destroy(state);
        assert.ok(subject.works(theirs.key));
      }
    });

    it("is the answer of another key to the look before an end or a take-over: nothing is done on its word", async () => {
      const theirs = subject.sandbox.additionalKeys.add(subject.environment, { kind });
      const first = await subject.done(undefined, subject.inputs());
      const news = subject.inputs({ triggers: { a: 2 }, oldKeyExpiry: "immediate" });
      const second = await subject.done(first, news);
      const { keyId } = subject.keys().find(({ key }) => key === first[output]) ?? assert.fail();
      subject.sandbox.additionalKeys.change(subject.environment, keyId, { description: "another's now" });
      const { description } = subject.keys().find(({ key }) => key === second[output]) ?? assert.fail();
      alter(LOOK, { key: second["keyId"], description }, { times: Infinity });
      assert.match(String((await subject.up(second, news)).error?.message), /does not show/);
      assert.ok(subject.works(first[output]));
      const { error } = await subject.up(undefined, subject.inputs({ initialKeyId: theirs.keyId }));
      assert.match(String(error?.message), /^Not taken over.* does not show/);
    });

    it("is the answer of another key to the look, too: nothing is kept, and the next run finds the key", async () => {
      const theirs = subject.sandbox.additionalKeys.add(subject.environment, { kind });
      const first = await subject.done(undefined, subject.inputs());
      const news = subject.inputs({ triggers: { a: 2 } });
      for (const route of [CREATE, LOOK]) {
        alter(route, { key: theirs.keyId, value: theirs.key }, { times: Infinity });
      }
      const { state, error } = await subject.up(first, news);
      assert.match(String(error?.message), /may have been created all the same/);
      assert.equal(state?.[output], first[output]);
      subject.sandbox.faults.clear();
      subject.newRequests();
      const after = await subject.done(state, news);
      assert.match(String(after["keyId"]), /-2$/);
      assert.ok([first[output], after[output], theirs.key].every((key) => subject.works(key)));
      assert.equal(requests(DELETE), 0);
    });
  });
}
