/** Two resources of one name and prefix, of the two kinds of keys, and default keys: neither ever takes what is not its own. */
import assert from "node:assert/strict";

import type { InspectedKey } from "../../../sandbox/additionalKeys";
import {
  CHANGING,
  CREATE,
  DELETE,
  LIST,
  LOOK,
  type OwnedKeyProvider,
  ownedKeys,
  PATCH,
  startOwnedKeyProvider,
} from "../../support/ownedKeyProvider";
import type { Properties } from "../../support/providerProcess";

const KIND = { RotatingSdkKey: "sdk", RotatingMobileKey: "mobile" } as const;

for (const { credential, output, prefix } of ownedKeys) {
  const kind = KIND[credential.className as keyof typeof KIND];
  const otherKind = kind === "sdk" ? "mobile" : "sdk";

  describe(`the kind of the keys of a ${credential.className}`, () => {
    let subject: OwnedKeyProvider;
    let first: Properties;
    const inputs = (more: Properties = {}) => subject.inputs({ keyPrefix: "shop", ...more });
    const rotated = (more: Properties = {}) => inputs({ triggers: { a: 2 }, ...more });
    beforeEach(async () => {
      subject = await startOwnedKeyProvider(credential);
      first = await subject.done(undefined, inputs());
      subject.newRequests();
    });
    afterEach(() => subject.stop());

    const key = (id: unknown): InspectedKey => subject.keys().find(({ keyId }) => keyId === id) ?? assert.fail();
    /** Has LaunchDarkly show something else of each key from now on. */
    const show = (fields: Record<string, unknown>, route = LOOK) => {
      subject.sandbox.faults.add({ route, when: "after", times: Infinity, fault: { kind: "alter", fields } });
    };

    it("is never another one: what a resource of that name has is skipped", async () => {
      const mark = key(first["keyId"]).description;
      const other = await startOwnedKeyProvider(credential);
      try {
        const kept = { kind: otherKind, keyId: "shop-1", description: mark } as const;
        const theirs = other.sandbox.additionalKeys.add(other.environment, kept);
        const { projectKey, environmentKey } = other.environment;
        const state = await other.done(undefined, { ...inputs(), projectKey, environmentKey });
        assert.equal(state["keyId"], "shop-2");
        assert.ok(String(state[output]).startsWith(prefix));
        assert.notEqual(state[output], theirs.key);
        await other.destroy(state);
        assert.ok(other.works(theirs.key));
      } finally {
        await other.stop();
      }
    });

    it("is never that of a default key, which is neither kept, given an end nor deleted", async () => {
      show({ isDefault: true });
      const again = await subject.done(undefined, inputs());
      assert.equal(again["keyId"], "shop-2", "the one before has become a default key");
      for (const oldKeyExpiry of ["2h", "immediate"]) {
        const news = rotated({ oldKeyExpiry });
        const second = await subject.done(first, news);
        subject.newRequests();
        await subject.done(second, news);
        assert.ok(subject.works(first[output]));
        assert.equal(key(first["keyId"]).expiry, undefined);
      }
      assert.match(subject.shown.join("\n"), /warning: Left alone: .*shop-1/);
    });

    it("is not guessed: a key that another run may have made is not kept while it is not said", async () => {
      for (const fields of [{ isDefault: undefined }, { isDefault: "no" }, { kind: undefined }, { kind: 7 }]) {
        subject.sandbox.faults.clear();
        show(fields);
        const { state, error } = await subject.up(undefined, inputs());
        assert.equal(state, undefined);
        assert.match(String(error?.message), /^Not created .*does not say of which kind the key shop-1 is/);
      }
      subject.sandbox.faults.clear();
      assert.equal((await subject.done(undefined, inputs()))[output], first[output], "then it is found");
    });

    it("is known of a key that the resource has made itself: its mark proves it", async () => {
      const lost = await subject.done(first, rotated());
      show({ isDefault: undefined, kind: undefined });
      const found = await subject.done(first, rotated());
      assert.equal(found[output], lost[output]);
    });

    it("is asked before a key is taken over: what is not said is no proof", async () => {
      const made = subject.sandbox.additionalKeys.add(subject.environment, { kind });
      for (const fields of [{ isDefault: undefined }, { isDefault: null }, { kind: undefined }]) {
        subject.sandbox.faults.clear();
        show(fields);
        const { error } = await subject.up(undefined, inputs({ initialKeyId: made.keyId }));
        assert.match(String(error?.message), /^Not taken over .*does not say of which kind it is, or whether/);
      }
      assert.deepEqual([key(made.keyId).name, key(made.keyId).description], [made.keyId, undefined]);
    });

    it("is looked at in lists, too: what is of another kind there is no record of the resource", async () => {
      show({ isDefault: true });
      const item = { key: "shop-9", kind: otherKind, name: "x", value: "sdk-0000", isDefault: false };
      const items = [
        { ...item, description: key(first["keyId"]).description },
        { ...item, key: "shop-8", kind },
      ];
      const body = JSON.stringify({ items, totalCount: items.length });
      subject.sandbox.faults.add({ route: LIST, when: "before", fault: { kind: "status", status: 200, body } });
      await subject.destroy(first);
      const changing = subject.newRequests().filter((route) => CHANGING.includes(route));
      assert.deepEqual(changing, [], [CREATE, PATCH, DELETE].join());
    });
  });
}
