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
    beforeEach(async () => {
      subject = await startOwnedKeyProvider(credential);
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
  });
}
