/** Additional keys, whatever goes wrong: runs that are killed, and what others have done. */
import assert from "node:assert/strict";

import { CREATE, LOOK, type OwnedKeyProvider, ownedKeys, startOwnedKeyProvider } from "../../support/ownedKeyProvider";
import type { Properties } from "../../support/providerProcess";

for (const { credential, output } of ownedKeys) {
  describe(`what befalls a ${credential.className}`, () => {
    let subject: OwnedKeyProvider;
    beforeEach(async () => {
      subject = await startOwnedKeyProvider(credential);
    });
    afterEach(() => subject.stop());
    const rotated = () => subject.inputs({ triggers: { a: 2 } });

    it("is a creation that was killed: the next one finds its key, and makes no other", async () => {
      const lost = await subject.done(undefined, subject.inputs());
      const found = await subject.done(undefined, subject.inputs());
      assert.deepEqual([found[output], found["keyId"]], [lost[output], lost["keyId"]]);
      assert.equal(subject.keys().length, 1);
      const after = await subject.done(found, rotated());
      assert.ok(subject.works(found[output]) && subject.works(after[output]));
    });

    it("is one whose program was edited then: the key that is found is as the program says now", async () => {
      const lost = await subject.done(undefined, subject.inputs({ description: "for the shop" }));
      const edited = { name: "renamed", description: "for the other shop" };
      const found = await subject.done(undefined, subject.inputs(edited));
      assert.equal(found[output], lost[output]);
      const key = subject.keys()[0] ?? assert.fail();
      assert.equal(key.name, "renamed");
      assert.match(String(key.description), /^for the other shop \[Pulumi /);
      assert.deepEqual(await subject.refresh(found), found, "the state says so");
      const kept = await subject.done(undefined, subject.inputs({ name: "renamed" }));
      assert.equal(kept[output], lost[output]);
      assert.match(
        String(subject.keys()[0]?.description),
        /^for the other shop \[/,
        "what the program leaves out stays",
      );
    });

    it("is a rotation that was killed: the next one finds its key, and makes no other", async () => {
      const first = await subject.done(undefined, subject.inputs());
      const lost = await subject.done(first, rotated());
      const found = await subject.done(first, rotated());
      assert.equal(found[output], lost[output]);
      assert.equal(subject.keys().length, 2);
      assert.ok(subject.works(first[output]));
    });

    it("is a rotation whose every answer was lost: the next run keeps its key, and makes no other", async () => {
      const first = await subject.done(undefined, subject.inputs());
      for (const route of [CREATE, LOOK]) subject.fail(route, 500, { when: "after", times: 20 });
      const failed = await subject.up(first, rotated());
      assert.match(String(failed.error?.message), /may have been created all the same/);
      subject.sandbox.faults.clear();
      const said = await subject.preview(failed.state, rotated());
      assert.ok(!said.join().includes("Found"), said.join("\n"));
      const after = await subject.done(failed.state, rotated());
      assert.match(String(after["keyId"]), /-2$/);
      assert.equal(subject.keys().length, 2);
      assert.ok(subject.works(first[output]) && subject.works(after[output]));
    });

    it("is one whose triggers were then taken back: its key is kept as a previous one, with its grace", async () => {
      const first = await subject.done(undefined, subject.inputs());
      for (const route of [CREATE, LOOK]) subject.fail(route, 500, { when: "after", times: 20 });
      const failed = await subject.up(first, rotated());
      subject.sandbox.faults.clear();
      const after = await subject.done(failed.state, subject.inputs());
      const previous = after["previousKeys"] as { id: string }[];
      assert.equal(previous.length + 1, subject.keys().length, "none is forgotten");
    });

    it("is an older state with other triggers: another key is made, and none that somebody may hold ends", async () => {
      const first = await subject.done(undefined, subject.inputs());
      const second = await subject.done(first, rotated());
      const third = await subject.done(first, subject.inputs({ triggers: { a: 3 } }));
      for (const state of [first, second, third]) assert.ok(subject.works(state[output]));
      const previous = (third["previousKeys"] as { id: string }[]).map(({ id }) => id);
      assert.deepEqual(previous.sort(), [first["keyId"], second["keyId"]].sort());
      assert.match(subject.shown.join("\n"), /Found: .*Somebody may use it/);
    });

    it("is a key of somebody else under its identifier, which is left alone", async () => {
      const first = await subject.done(undefined, subject.inputs());
      const keyId = String(first["keyId"]).replace(/1$/, "2");
      const others = subject.sandbox.additionalKeys.add(subject.environment, { keyId });
      const { error } = await subject.up(first, rotated());
      assert.match(
        String(error?.message),
        /^Not created \(server\): The identifier .*-2 is taken .*Give keyPrefix another value/,
      );
      assert.ok(subject.works(others.key) && subject.works(first[output]));
      const after = await subject.done(first, { ...rotated(), keyPrefix: "shop" });
      assert.equal(after["keyId"], "shop-2");
    });

    it("is another of its keys that LaunchDarkly's answer does not show whole", async () => {
      const { openQuestions } = subject.sandbox;
      Object.assign(openQuestions, { valuesWithoutViewSdkKey: "masked" });
      subject.sandbox.faults.add({
        route: CREATE,
        when: "after",
        fault: { kind: "alter", fields: { value: "****89cd" } },
      });
      const state = await upOnce();
      assert.ok(subject.works(state[output]), "it is looked at");
      assert.equal(subject.keys().length, 1);
    });

    it("is an account whose plan has no several keys: the error names what rotates there", async () => {
      for (const status of [403, 404] as const) {
        Object.assign(subject.sandbox.openQuestions, { withoutSeveralKeys: status });
        const { error } = await subject.up(undefined, subject.inputs());
        const other = output === "sdkKey" ? /use SdkKeyRotation/ : /use MobileKeyRotation/;
        assert.match(String(error?.message), other);
      }
    });

    it("is a key that was made by hand: it is taken over, and no other is made", async () => {
      const kind = output === "sdkKey" ? "sdk" : "mobile";
      const { keyId, key } = subject.sandbox.additionalKeys.add(subject.environment, { kind });
      const state = await subject.done(undefined, subject.inputs({ initialKeyId: keyId }));
      assert.deepEqual([state[output], state["keyId"], subject.keys().length], [key, keyId, 1]);
      const after = await subject.done(state, rotated());
      assert.ok(subject.works(key) && subject.works(after[output]));
      const byDefault = kind === "sdk" ? "default-sdk" : "default-mobile";
      const { error } = await subject.up(undefined, subject.inputs({ initialKeyId: byDefault }));
      assert.match(String(error?.message), /^Not taken over \(server\): it is a default key of the environment/);
    });

    for (const oldKeyExpiry of ["2h", "immediate"]) {
      it(`is another environment: the key of the one before ends by oldKeyExpiry ${oldKeyExpiry}, and no other`, async () => {
        const first = await subject.done(undefined, subject.inputs({ oldKeyExpiry }));
        const other = subject.sandbox.createEnvironment({ projectKey: "shop" });
        const news = subject.inputs({ oldKeyExpiry, environmentKey: other.environmentKey });
        const provider = await subject.provider();
        await provider.check({}, { ...news, __preview: false });
        const second = (await provider.create(news)).outs as Properties;
        assert.equal(second["keyId"], first["keyId"], "identifiers are unique in their environment alone");
        await provider.delete("", first);
        const { keyId } = first as { keyId: string };
        const [before] = subject.keys().filter((one) => one.keyId === keyId);
        assert.equal(before?.works, oldKeyExpiry === "2h");
        subject.sandbox.clock.move(2 * 3_600_000);
        assert.ok(!subject.works(first[output]));
        const [after] = subject.sandbox.additionalKeys.all({
          projectKey: "shop",
          environmentKey: other.environmentKey,
        });
        assert.ok(after?.works);
      });
    }

    async function upOnce(): Promise<Properties> {
      return subject.done(undefined, subject.inputs());
    }
  });
}
