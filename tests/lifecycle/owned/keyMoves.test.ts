/** An additional key whose resource gets other parents without an alias, and perhaps the old ones again within the grace. */
import assert from "node:assert/strict";

import { type OwnedKeyProvider, ownedKeys, startOwnedKeyProvider } from "../../support/ownedKeyProvider";
import type { Properties } from "../../support/providerProcess";
import { stored } from "../../support/inProcessProvider";

for (const { credential, output } of ownedKeys) {
  describe(`a ${credential.className} that gets other parents`, () => {
    let subject: OwnedKeyProvider;
    beforeEach(async () => {
      subject = await startOwnedKeyProvider(credential);
    });
    afterEach(() => subject.stop());

    /** One run, in which the engine makes the one and then deletes the other. */
    async function move(from: Properties, news: Properties): Promise<Properties> {
      const { check, create, delete: remove } = await subject.provider();
      await check({}, news);
      const made = stored((await create(news)).outs);
      await remove("", from);
      return made;
    }
    const idsOf = (state: Properties) => (state["previousKeys"] as { id: string }[]).map(({ id }) => id);
    const held = () => subject.keys().filter(({ isDeleted }) => !isDeleted);
    const movedOf = (news: Properties): Properties => {
      return { ...news, owner: String(news["owner"]).replace("pulumi-nodejs:", "my:index:Team$pulumi-nodejs:") };
    };

    it("leaves the key before its grace; the next up has it among the previous ones, and a destroy deletes it", async () => {
      const first = await subject.done(undefined, subject.inputs());
      const moved = await move(first, movedOf(subject.inputs()));
      assert.ok(subject.works(first[output]) && subject.works(moved[output]));
      assert.deepEqual(
        held().map(({ expiry }) => expiry !== undefined),
        [true, false],
      );
      assert.deepEqual(idsOf(await subject.done(moved, movedOf(subject.inputs()))), [first["keyId"]]);
      await subject.destroy(moved);
      assert.deepEqual(held(), []);
    });

    it("and the old ones again, within the grace: another key is made, and nothing is left unnamed", async () => {
      const [old, other] = [subject.inputs(), movedOf(subject.inputs())];
      const first = await subject.done(undefined, old);
      const moved = await subject.done(await move(first, other), other);
      const back = await move(moved, old);
      assert.ok([first, moved, back].every((state) => subject.works(state[output])));
      const after = await subject.done(back, old);
      assert.deepEqual(idsOf(after).sort(), [first["keyId"], moved["keyId"]].map(String).sort());
      await subject.destroy(after);
      assert.deepEqual(held(), []);
    });
  });
}
