/** Additional keys: what a refresh concludes from what it sees there alone. tests/lifecycle/owned/driftTable.test.ts has the rest. */
import assert from "node:assert/strict";

import type { LoggedRequest } from "../../../sandbox/requestLog";
import type { Sandbox } from "../../../sandbox/sandbox";
import {
  CHANGING,
  LIST,
  LOOK,
  type OwnedKeyProvider,
  ownedKeys,
  PATCH,
  startOwnedKeyProvider,
} from "../../support/ownedKeyProvider";
import type { Properties } from "../../support/providerProcess";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Has somebody else do something right after the next request of a route was answered. @returns stops waiting */
function once({ events }: Sandbox, route: string, work: () => void): () => void {
  const onProcessed = (request: LoggedRequest) => {
    if (request.route !== route) return;
    events.off("processed", onProcessed);
    work();
  };
  events.on("processed", onProcessed);
  return () => events.off("processed", onProcessed);
}

for (const { credential, output } of ownedKeys) {
  describe(`the drift of a ${credential.className}`, () => {
    let subject: OwnedKeyProvider;
    /** Rotated once: a current key, and a previous one in its grace. */
    let state: Properties;
    const asked = { description: "for the shop", oldKeyExpiry: "2h" };
    const inputs = (more: Properties = {}) => subject.inputs({ triggers: { a: 2 }, ...asked, ...more });
    beforeEach(async () => {
      subject = await startOwnedKeyProvider(credential);
      const first = await subject.done(undefined, subject.inputs(asked));
      state = await subject.done(first, inputs());
      subject.shown.length = 0;
      subject.newRequests();
    });
    afterEach(() => subject.stop());

    const currentId = () => String(state["keyId"]);
    const previousId = () => (state["previousKeys"] as { id: string }[])[0]?.id ?? assert.fail("there is one");
    const change = (id: string, changes: object) => {
      subject.sandbox.additionalKeys.change(subject.environment, id, changes);
    };
    const said = () => subject.shown.join("\n");
    const changing = () => subject.newRequests().filter((route) => CHANGING.includes(route));

    it("is another name or description, which the next run sets back, with the key that there is", async () => {
      const { description } = subject.keys().find(({ keyId }) => keyId === currentId()) ?? assert.fail();
      change(currentId(), { name: "renamed", description: `by hand ${String(description)}` });
      const seen = await subject.refresh(state);
      assert.match(said(), /warning: Changed outside Pulumi/);
      assert.match(said(), /name/);
      subject.newRequests();
      const after = await subject.done(seen, inputs());
      assert.deepEqual(changing(), [PATCH]);
      assert.equal(after[output], state[output]);
      const key = subject.keys().find(({ keyId }) => keyId === currentId());
      assert.deepEqual([key?.name, key?.description], ["shop server", description]);
    });

    it("is an end that is far: each preview names it, and no key is made", async () => {
      change(currentId(), { expiry: subject.sandbox.clock.now() + 200 * DAY });
      const seen = await subject.refresh(state);
      for (let previews = 1; previews <= 2; previews++) {
        assert.match((await subject.preview(seen, inputs())).join("\n"), /expire/i);
      }
      const after = await subject.done(seen, inputs());
      assert.equal(after[output], state[output]);
      assert.deepEqual(changing(), []);
    });

    it("is a previous key that somebody deleted, or whose end somebody moved: it is not ended twice", async () => {
      change(previousId(), { expiry: subject.sandbox.clock.now() + HOUR });
      const seen = await subject.refresh(state);
      const moved = await subject.done(seen, inputs());
      const [kept] = moved["previousKeys"] as { expiresAt: string }[];
      const end = subject.keys().find(({ keyId }) => keyId === previousId())?.expiry ?? 0;
      assert.equal(kept?.expiresAt, new Date(end).toISOString(), "the state says what LaunchDarkly does");
      subject.sandbox.additionalKeys.remove(subject.environment, previousId());
      const without = await subject.refresh(moved);
      subject.sandbox.clock.move(2 * HOUR);
      subject.newRequests();
      const over = await subject.done(without, inputs());
      assert.deepEqual(changing(), []);
      const rotated = await subject.done(over, inputs({ triggers: { a: 3 } }));
      const previous = rotated["previousKeys"] as { id: string }[];
      assert.deepEqual(
        previous.map(({ id }) => id),
        [currentId()],
      );
    });

    it("is a change at the same moment as ours: another end stands, and is no matter of chance", async () => {
      const news = inputs({ oldKeyExpiry: "3h" });
      const end = subject.sandbox.clock.now() + HOUR;
      const others = [{ expiry: end }, { name: "renamed meanwhile" }];
      for (const [index, changes] of others.entries()) {
        const shown = once(subject.sandbox, LOOK, () => {
          change(previousId(), changes);
        });
        const { error } = await subject.up(state, news);
        shown();
        const key = subject.keys().find(({ keyId }) => keyId === previousId()) ?? assert.fail();
        if (index === 0) {
          assert.match(
            String(error?.message),
            /Somebody else changed \w+ key .* at the same moment\. Run pulumi up again/i,
          );
          assert.equal(key.expiry, end, "theirs stands");
          state = await subject.refresh(state);
        } else {
          assert.equal(error, undefined);
          assert.equal(key.name, "renamed meanwhile");
          assert.ok((key.expiry ?? 0) > end, "ours is set, and theirs stands");
        }
      }
    });

    it("is none that a role sees which may not see the values: the key in the state stays", async () => {
      const items = subject.keys().map(({ keyId: key, kind, name, description, expiry }) => {
        return { key, kind, name, description, expiry, value: "****-ab12", isDefault: false };
      });
      const body = JSON.stringify({ items, totalCount: items.length });
      subject.sandbox.faults.add({ route: LIST, when: "before", fault: { kind: "status", status: 200, body } });
      const seen = await subject.refresh(state);
      assert.equal(seen[output], state[output]);
      assert.equal((await subject.done(seen, inputs()))[output], state[output]);
    });

    for (const status of [403, 404] as const) {
      it(`is not concluded from a plan that has no several keys any more (${status}): it says what rotates there`, async () => {
        subject.sandbox.openQuestions.withoutSeveralKeys = status;
        const message = new RegExp(credential.className.replace("Rotating", "") + "Rotation");
        await assert.rejects(subject.refresh(state), { message });
      });
    }
  });
}
