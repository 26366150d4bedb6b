/** The default keys of an environment, whatever becomes of the additional keys that a stack owns there: nothing touches them. */
import assert from "node:assert/strict";

import { type OwnedKeyProvider, ownedKeys, startOwnedKeyProvider } from "../../support/ownedKeyProvider";
import type { Properties } from "../../support/providerProcess";

const HOUR = 3_600_000;
const VERSIONS = ["sdk", "mobile"].map((kind) => ({ keyId: `default-${kind}`, version: 1, expiry: undefined }));

for (const { credential } of ownedKeys) {
  describe(`the default keys beside a ${credential.className}`, () => {
    let subject: OwnedKeyProvider;
    beforeEach(async () => {
      subject = await startOwnedKeyProvider(credential);
    });
    afterEach(() => subject.stop());

    /** The default keys as LaunchDarkly lists them, with what of them a request could have changed. */
    async function listed(): Promise<Properties[]> {
      const { url, adminKey } = subject.sandbox;
      const { projectKey, environmentKey } = subject.environment;
      const headers = { Authorization: adminKey, "LD-API-Version": "beta" };
      const path = `/api/v2/projects/${projectKey}/environments/${environmentKey}/sdk-keys?limit=100`;
      const { items } = (await (await fetch(`${url}${path}`, { headers })).json()) as { items: Properties[] };
      return items
        .filter(({ isDefault }) => isDefault)
        .map(({ key, value, name, _version, expiry }) => ({ key, value, name, version: _version, expiry }));
    }

    /** Runs a resource's whole life, and calls after each step. */
    async function live(step: (what: string) => Promise<void>, more: Properties = {}): Promise<void> {
      const asked = (over: Properties) => subject.inputs({ ...more, ...over });
      const at = async (what: string, run: Promise<Properties>) => {
        const state = await run;
        await step(what);
        return state;
      };
      let state = await at("create", subject.done(undefined, asked({})));
      await subject.preview(state, asked({ triggers: { a: 2 } }));
      state = await at("rotate", subject.done(state, asked({ triggers: { a: 2 }, oldKeyExpiry: "2h" })));
      const edited = { triggers: { a: 2 }, name: "renamed", description: "for the shop", oldKeyExpiry: "3h" };
      state = await at("edit", subject.done(state, asked(edited)));
      state = await at("immediate", subject.done(state, asked({ ...edited, oldKeyExpiry: "immediate" })));
      const again = asked({ triggers: { a: 3 }, oldKeyExpiry: "immediate" });
      state = await at("rotate with immediate", subject.done(state, again));
      state = await at("end at once", subject.done(state, again));
      subject.sandbox.clock.move(HOUR);
      state = await at("refresh", subject.refresh(state));
      await subject.destroy(state);
      await step("destroy");
    }

    it("keep their keys, names, versions and ends in every step of its life", async () => {
      const before = await listed();
      assert.deepEqual(
        before.map(({ key, version, expiry }) => ({ keyId: key, version, expiry })),
        VERSIONS,
      );
      const kept = structuredClone(subject.sandbox.store.environments.all());
      await live(async (what) => {
        assert.deepEqual(await listed(), before, what);
        assert.deepEqual(subject.sandbox.store.environments.all(), kept, what);
      });
    });

    it("are asked for by no request of their own, and reset by none", async () => {
      await live(() => Promise.resolve());
      const asked = subject.sandbox.requests.map(({ method, path }) => `${method} ${path}`);
      assert.ok(asked.length > 10);
      assert.deepEqual(
        asked.filter((one) => /\/default-|\/(apiKey|mobileKey)$/.test(one)),
        [],
      );
    });

    it("stay when the life begins with a key that was made by hand", async () => {
      const { keyId } = subject.sandbox.additionalKeys.add(subject.environment, {
        kind: credential.className === "RotatingSdkKey" ? "sdk" : "mobile",
      });
      const before = await listed();
      await live(
        async (what) => {
          assert.deepEqual(await listed(), before, what);
        },
        { initialKeyId: keyId },
      );
    });
  });
}
