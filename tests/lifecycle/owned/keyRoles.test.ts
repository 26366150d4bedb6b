/** Additional keys, where the role of the admin key does not allow something, or hides the values: what a run and a preview say. */
import assert from "node:assert/strict";

import type { OpenQuestions } from "../../../sandbox/openQuestions";
import {
  CHANGING,
  type OwnedKeyProvider,
  ownedKeys,
  PATCH,
  startOwnedKeyProvider,
} from "../../support/ownedKeyProvider";
import type { Properties } from "../../support/providerProcess";

const ANSWERS: Partial<OpenQuestions>[] = [
  { valuesWithoutViewSdkKey: "masked", hidesMobileKeys: true },
  { valuesWithoutViewSdkKey: "refused", hidesMobileKeys: true },
];
/** What the sandbox says of each refusal. */
const LAUNCHDARKLYS_WORDS = /\(403 forbidden: [^)]*role[^)]*\)/i;

for (const { credential, output } of ownedKeys) {
  for (const answers of ANSWERS) {
    const isRefused = answers.valuesWithoutViewSdkKey === "refused";

    describe(`a ${credential.className} whose role may not see values, which are ${String(answers.valuesWithoutViewSdkKey)}`, () => {
      let subject: OwnedKeyProvider;
      beforeEach(async () => {
        subject = await startOwnedKeyProvider(credential, {}, answers);
      });
      afterEach(() => subject.stop());

      const rotated = () => subject.inputs({ triggers: { a: 2 } });
      const changing = () => subject.newRequests().filter((route) => CHANGING.includes(route));
      /** Gives the admin key another role. */
      const become = (role: "reader" | "admin" | "creator") => {
        const { store, adminId } = subject.sandbox;
        const admin = store.find(adminId) ?? assert.fail();
        const allowed = { effect: "allow", actions: ["*"], resources: ["proj/*:env/*"] } as const;
        const denied = { effect: "deny", actions: ["viewSdkKey"], resources: ["proj/*:env/*"] } as const;
        const given = role === "creator" ? { inlineRole: [allowed, denied] } : { role };
        store.save({ ...admin, role: undefined, inlineRole: undefined, ...given } as typeof admin);
      };
      const failure = async (state: Properties | undefined, news: Properties) => {
        const run = await subject.up(state, news);
        assert.deepEqual(run.state, state, "nothing is lost");
        return String(run.error?.message);
      };

      it("is refused to a reader in LaunchDarkly's own words, and its key stays", async () => {
        const first = await subject.done(undefined, subject.inputs());
        become("reader");
        subject.newRequests();
        for (const message of [
          await failure(undefined, subject.inputs({ keyPrefix: "x" })),
          await failure(first, rotated()),
        ]) {
          assert.match(message, /^Not created \(server\): LaunchDarkly refused to create the .* key "shop server"/);
          assert.match(message, LAUNCHDARKLYS_WORDS);
          assert.match(message, new RegExp(`then use ${credential.className.replace("Rotating", "")}Rotation`));
        }
        assert.equal(subject.keys().length, 1);
        assert.equal((await subject.refresh(first))[output], first[output]);
        become("admin");
        const after = await subject.done(first, rotated());
        assert.ok(subject.works(first[output]) && subject.works(after[output]));
      });

      it("may create one all the same: LaunchDarkly shows it to its creator", async () => {
        become("creator");
        const first = await subject.done(undefined, subject.inputs());
        const after = await subject.done(await subject.refresh(first), rotated());
        assert.deepEqual([subject.works(first[output]), subject.works(after[output])], [true, true]);
      });

      it("is told the permission where it may not read a key that a run has made before", async () => {
        const first = await subject.done(undefined, subject.inputs());
        const lost = await subject.done(first, rotated());
        become("creator");
        const { state, error } = await subject.up(first, rotated());
        const why = isRefused ? LAUNCHDARKLYS_WORDS : /LaunchDarkly hides the key \S+-2: .*viewSdkKey/;
        assert.match(String(error?.message), why);
        assert.match(String(error?.message), /may have been created all the same/);
        assert.equal(state?.[output], first[output]);
        become("admin");
        const found = await subject.done(state, rotated());
        assert.equal(found[output], lost[output]);
      });

      it("is told the permission by the preview and the run of a take-over", async () => {
        const kind = output === "sdkKey" ? "sdk" : "mobile";
        const { keyId, key } = subject.sandbox.additionalKeys.add(subject.environment, { kind });
        become("reader");
        const news = subject.inputs({ initialKeyId: keyId });
        const why = isRefused ? LAUNCHDARKLYS_WORDS : /LaunchDarkly hides the key \S+: .*viewSdkKey/;
        await assert.rejects(subject.preview(undefined, news), { message: why });
        assert.match(await failure(undefined, news), why);
        assert.match(await failure(undefined, news), /^Not taken over/);
        assert.deepEqual(changing(), []);
        become("admin");
        assert.equal((await subject.done(undefined, news))[output], key);
        assert.deepEqual(changing(), [PATCH]);
      });
    });
  }
}
