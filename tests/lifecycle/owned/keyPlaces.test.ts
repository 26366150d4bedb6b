/** An additional key whose program names another environment or project: a key there first, and then the end of the old one. */
import assert from "node:assert/strict";

import type { CreatedEnvironment } from "../../../sandbox/sandbox";
import { stored } from "../../support/inProcessProvider";
import {
  CHANGING,
  CREATE,
  type OwnedKeyProvider,
  ownedKeys,
  PATCH,
  startOwnedKeyProvider,
} from "../../support/ownedKeyProvider";
import type { Properties } from "../../support/providerProcess";

const HOUR = 3_600_000;

for (const { credential, output } of ownedKeys) {
  describe(`a ${credential.className} that goes to another place`, () => {
    let subject: OwnedKeyProvider;
    /** How far LaunchDarkly's clock is ahead of this machine's. */
    let ahead = 0;
    beforeEach(async () => {
      ahead = 0;
      subject = await startOwnedKeyProvider(credential, { clock: () => subject.sandbox.clock.now() - ahead });
    });
    afterEach(() => subject.stop());

    const grace = { oldKeyExpiry: "2h" };
    const places: [input: string, place: () => CreatedEnvironment][] = [
      ["environmentKey", () => subject.sandbox.createEnvironment({ projectKey: "shop" })],
      [
        "projectKey",
        () => subject.sandbox.createEnvironment({ projectKey: "store", key: subject.environment.environmentKey }),
      ],
    ];

    /** What the engine does for a replacement: the creation, and at the end of the run the deletion. */
    async function replaced(state: Properties, news: Properties): Promise<Properties> {
      const { check, create, delete: remove } = await subject.provider();
      await check({}, news);
      const made = stored((await create(news)).outs);
      await remove("", state);
      return made;
    }

    for (const [input, place] of places) {
      it(`is replaced, not changed, and the preview says so: ${input}`, async () => {
        const first = await subject.done(undefined, subject.inputs(grace));
        const { [input as "projectKey"]: value } = place();
        const news = subject.inputs({ ...grace, [input]: value });
        subject.newRequests();
        subject.shown.length = 0;
        const { check, diff } = await subject.provider();
        await check(subject.inputs(grace), { ...news, __preview: true });
        const { changes, replaces, deleteBeforeReplace } = await diff("", first, news);
        assert.deepEqual([changes, replaces, deleteBeforeReplace ?? false], [true, [input], false]);
        assert.match(
          subject.shown.join("\n"),
          new RegExp(`Will replace: ${input} changed\\. .*\\(ending in .{4}\\) keeps working for 2 hours\\.`),
        );
        assert.deepEqual(
          subject.newRequests().filter((route) => CHANGING.includes(route)),
          [],
        );
      });

      it(`has a key there before the old one gets its end: ${input}`, async () => {
        const first = await subject.done(undefined, subject.inputs(grace));
        const there = place();
        subject.newRequests();
        const second = await replaced(first, subject.inputs({ ...grace, [input]: there[input as "projectKey"] }));
        const changing = subject.newRequests().filter((route) => CHANGING.includes(route));
        assert.deepEqual([changing[0], [...new Set(changing)]], [CREATE, [CREATE, PATCH]]);
        assert.deepEqual(
          subject.sandbox.additionalKeys.all(there).map(({ key, works }) => [key, works]),
          [[second[output], true]],
        );
        assert.ok(subject.works(first[output]), "the old key has its grace");
        subject.sandbox.clock.move(2 * HOUR);
        assert.ok(!subject.works(first[output]), "and no longer");
      });
    }

    it("fails the deletion where the grace is over by LaunchDarkly's clock, until the program gives a longer one", async () => {
      const first = await subject.done(undefined, subject.inputs(grace));
      const [[, place]] = places as [(typeof places)[number]];
      const news = subject.inputs({ ...grace, environmentKey: place().environmentKey });
      ahead = 2 * HOUR;
      await assert.rejects(replaced(first, news), { message: /^Not destroyed: .*expiry must be a time to come/ });
      assert.ok(subject.works(first[output]));
      const { check, delete: remove } = await subject.provider();
      await check(news, { ...news, oldKeyExpiry: "4h" });
      await remove("", first);
      assert.ok(subject.works(first[output]));
      const [old] = subject.keys();
      assert.equal(old?.expiry, subject.sandbox.clock.now() + 2 * HOUR, "by this machine's clock");
    });

    it("fails the deletion, which the engine tries again, where LaunchDarkly refuses the end", async () => {
      const first = await subject.done(undefined, subject.inputs(grace));
      const [[, place]] = places as [(typeof places)[number]];
      const { environmentKey } = place();
      subject.fail(PATCH, 400);
      await assert.rejects(replaced(first, subject.inputs({ ...grace, environmentKey })), {
        message: /^Not destroyed: /,
      });
      assert.ok(subject.works(first[output]));
    });

    it("does not say that the new resource has the old key, which it can't see", async () => {
      const first = await subject.done(undefined, subject.inputs(grace));
      const [[, place]] = places as [(typeof places)[number]];
      const news = subject.inputs({ ...grace, environmentKey: place().environmentKey });
      const made = await replaced(first, news);
      const said = subject.shown.join("\n");
      const after = await subject.done(made, news);
      const has = (after["previousKeys"] as { id: string }[]).length > 0;
      assert.equal(/has it as a previous key/.test(said), has, said);
    });

    it("has a key that a killed rotation made under another prefix kept, as the preview says", async () => {
      const first = await subject.done(undefined, subject.inputs({ keyPrefix: "old" }));
      const killed = await subject.done(first, subject.inputs({ keyPrefix: "old", triggers: { a: 2 } }));
      const news = subject.inputs({ keyPrefix: "new", triggers: { a: 2 } });
      const said = (await subject.preview(first, news)).join("\n");
      const after = await subject.done(first, news);
      const previous = (after["previousKeys"] as { id: string }[]).map(({ id }) => id);
      assert.equal(
        said.includes(`Will keep: ${String(killed["keyId"])}`),
        previous.includes(String(killed["keyId"])),
        said,
      );
    });

    it("has a key that a killed creation made under another prefix named by the next creation", async () => {
      const killed = await subject.done(undefined, subject.inputs({ keyPrefix: "old" }));
      subject.shown.length = 0;
      const after = await subject.done(undefined, subject.inputs({ keyPrefix: "new" }));
      assert.notEqual(after["keyId"], killed["keyId"]);
      assert.match(subject.shown.join("\n"), new RegExp(`${String(killed["keyId"])} `));
    });
  });
}
