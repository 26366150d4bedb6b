/** The views that an additional key is limited to: LaunchDarkly takes them when a key is made, and never changes them. */
import assert from "node:assert/strict";

import { UNKNOWN_VALUE } from "../../../provider/model/json";
import { CREATE, type OwnedKeyProvider, ownedKeys, PATCH, startOwnedKeyProvider } from "../../support/ownedKeyProvider";

for (const { credential, output } of ownedKeys) {
  describe(`the views of a ${credential.className}`, () => {
    let subject: OwnedKeyProvider;
    beforeEach(async () => {
      subject = await startOwnedKeyProvider(credential);
    });
    afterEach(() => subject.stop());

    const changing = () => subject.newRequests().filter((route) => !route.startsWith("GET "));
    const viewsOf = (key: unknown) => subject.keys().find((one) => one.key === key)?.viewKeys;

    it("are in the request that makes the key, and only where the program gives them", async () => {
      const limited = await subject.done(undefined, subject.inputs({ viewKeys: ["checkout", "search"] }));
      assert.deepEqual(viewsOf(limited[output]), ["checkout", "search"]);
      const rotated = await subject.done(limited, subject.inputs({ triggers: { a: 2 } }));
      assert.equal(viewsOf(rotated[output]), undefined);
    });

    it("are edited without a request, and hold for the next key: the one before keeps its own", async () => {
      const first = await subject.done(undefined, subject.inputs({ viewKeys: ["checkout"] }));
      subject.newRequests();
      const edited = { viewKeys: ["search"] };
      assert.deepEqual(await subject.done(first, subject.inputs(edited)), first);
      assert.deepEqual(subject.newRequests(), []);
      assert.deepEqual(viewsOf(first[output]), ["checkout"]);

      const second = await subject.done(first, subject.inputs({ ...edited, triggers: { a: 2 } }));
      assert.deepEqual(changing(), [CREATE, PATCH]);
      assert.deepEqual([viewsOf(first[output]), viewsOf(second[output])], [["checkout"], ["search"]]);
    });

    it("are said to hold for the next key where the program edits them, once", async () => {
      const state = await subject.done(undefined, subject.inputs({ viewKeys: ["checkout"] }));
      subject.shown.length = 0;
      const edited = subject.inputs({ viewKeys: ["search"] });
      const { check } = await subject.provider();
      await check(subject.inputs({ viewKeys: ["checkout"] }), { ...edited, __preview: true });
      assert.match(subject.shown.join("\n"), /viewKeys .*next key/);
      subject.shown.length = 0;
      await check(edited, { ...edited, __preview: true });
      assert.deepEqual(subject.shown, []);
      for (const viewKeys of [UNKNOWN_VALUE, ["checkout", UNKNOWN_VALUE]]) {
        await check(edited, { ...edited, viewKeys, __preview: true });
      }
      assert.deepEqual(subject.shown, [], "nobody knows yet whether they change");
      assert.deepEqual(await subject.done(state, edited), state);
    });

    it("are those of the program, or said to be others, after a creation that was killed before they were edited", async () => {
      const killed = await subject.done(undefined, subject.inputs({ viewKeys: ["checkout", "search"] }));
      subject.shown.length = 0;
      const found = await subject.done(undefined, subject.inputs({ viewKeys: ["checkout"] }));
      const isAsAsked = JSON.stringify(viewsOf(found[output])) === '["checkout"]';
      assert.ok(
        isAsAsked || /views|viewKeys/.test(subject.shown.join("\n")),
        "a wider key is kept, and nothing is said",
      );
      if (isAsAsked) assert.notEqual(found["keyId"], killed["keyId"]);
    });

    it("are those of the program, or said to be others, after a rotation that was killed before they were edited", async () => {
      const first = await subject.done(undefined, subject.inputs());
      await subject.done(first, subject.inputs({ triggers: { a: 2 } }));
      subject.shown.length = 0;
      const found = await subject.done(first, subject.inputs({ triggers: { a: 2 }, viewKeys: ["checkout"] }));
      const isAsAsked = JSON.stringify(viewsOf(found[output])) === '["checkout"]';
      assert.ok(
        isAsAsked || /views|viewKeys/.test(subject.shown.join("\n")),
        "a key without limits is kept, and nothing is said",
      );
    });

    it("are nothing that a refresh or an edit of the name changes", async () => {
      const news = subject.inputs({ viewKeys: ["checkout"] });
      const state = await subject.done(undefined, news);
      assert.deepEqual(await subject.refresh(state), state);
      subject.newRequests();
      const renamed = await subject.done(state, { ...news, name: "renamed" });
      assert.deepEqual(changing(), [PATCH]);
      assert.deepEqual(viewsOf(renamed[output]), ["checkout"]);
    });

    it("are refused unless they are a list of texts, before anything is asked", async () => {
      for (const viewKeys of ["checkout", [1], { a: "checkout" }]) {
        const { error } = await subject.up(undefined, subject.inputs({ viewKeys }));
        assert.match(String(error?.message), /^viewKeys(\.\d)? /);
      }
      assert.deepEqual(subject.newRequests(), []);
    });
  });
}
