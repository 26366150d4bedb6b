/** Rotations at accounts that answer LaunchDarkly's open questions differently. */
import assert from "node:assert/strict";

import type { OpenQuestions } from "../../sandbox/openQuestions";
import { type ProviderProcess, startProviderProcess } from "../support/providerProcess";
import { rejection } from "../support/rejection";
import { type RotationProvider, startRotationProvider } from "../support/rotationProvider";
import { GET_TOKEN, RESET, WHO } from "../support/routes";

describe("where LaunchDarkly's description does not say, in the dynamic-provider process", () => {
  let process: ProviderProcess;
  let subject: RotationProvider;

  before(async () => {
    process = await startProviderProcess();
  });
  after(() => process.stop());

  const start = async (openQuestions: Partial<OpenQuestions>) => {
    subject = await startRotationProvider({ process, sandbox: { openQuestions } });
  };
  afterEach(() => subject.stop());

  const answers: Partial<OpenQuestions>[] = [
    { endsOlderGrace: false },
    { endsOlderGrace: true },
    { timestampsAsText: true },
    { endsOlderGrace: true, timestampsAsText: true },
  ];
  for (const openQuestions of answers) {
    describe(JSON.stringify(openQuestions), () => {
      beforeEach(() => start(openQuestions));

      it("creates, finds no drift, and updates with the same requests", async () => {
        const { provider, inputs, token, newRequests, currentKey, accepts } = subject;
        const { outs } = await provider.create(inputs());
        assert.deepEqual(newRequests(), [WHO, GET_TOKEN, RESET, WHO]);
        assert.equal(outs["token"], currentKey());
        assert.ok(accepts(token.key), "the key before is in its grace");

        const refreshed = (await provider.read(outs)).outs;
        assert.deepEqual(refreshed, outs);
        assert.equal((await provider.diff(refreshed, inputs())).changes, false);
        newRequests();

        const updated = await provider.update(refreshed, inputs({ triggers: { a: 2 } }));
        assert.deepEqual(newRequests(), [RESET, WHO]);
        assert.equal(updated["token"], currentKey());
        assert.equal(typeof updated["lastModified"], "number");
        assert.ok(accepts(outs["token"]), "the key before is in its grace");
      });

      it("stops when the answer to a reset is lost in the grace, and the next update gets a working key", async () => {
        const { sandbox, provider, inputs, newRequests, currentKey, accepts } = subject;
        const { outs: olds } = await provider.create(inputs());
        newRequests();
        sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "drop" } });
        const error = await rejection(provider.update(olds, inputs({ triggers: { a: 2 } })));
        assert.deepEqual(newRequests(), [RESET, GET_TOKEN]);
        assert.match(error.message, /was lost\. The old key works until /);
        assert.ok(accepts(olds["token"]), "the old key works");

        const saved = error.saved?.properties ?? {};
        const refreshed = (await provider.read(saved)).outs;
        assert.deepEqual(refreshed, saved);
        assert.ok(accepts(olds["token"]), "the old key works until the next reset at least");
        newRequests();
        const outs = await provider.update(refreshed, inputs({ triggers: { a: 2 } }));
        assert.deepEqual(newRequests(), [RESET, WHO]);
        assert.equal(outs["token"], currentKey());
        assert.equal(accepts(olds["token"]), openQuestions.endsOlderGrace !== true);
      });

      it("sends a reset again that was not carried out, and does not end the grace of the key before", async () => {
        const { sandbox, provider, inputs, newRequests, currentKey, accepts } = subject;
        const { outs: olds } = await provider.create(inputs());
        newRequests();
        sandbox.faults.add({ route: RESET, when: "before", fault: { kind: "status", status: 502 } });
        const outs = await provider.update(olds, inputs({ triggers: { a: 2 } }));
        // At the end once more: the first reset may have been carried out late.
        assert.deepEqual(newRequests(), [RESET, GET_TOKEN, RESET, WHO, GET_TOKEN]);
        assert.equal(outs["token"], currentKey());
        assert.ok(accepts(olds["token"]));
      });

      it("tells a reset that was carried out from a change of the name, when the state holds the doubt", async () => {
        const { sandbox, provider, inputs, token, newRequests } = subject;
        const { outs: olds } = await provider.create(inputs());
        sandbox.clock.move(120_000);
        // So that the provider knows LaunchDarkly's time.
        await provider.read(olds);
        const kept = sandbox.store.find(token.id) ?? assert.fail();
        sandbox.store.save({ ...kept, name: "renamed", lastModified: sandbox.clock.now() - 60_000 });
        sandbox.faults.add({ route: RESET, when: "before", fault: { kind: "drop" } });
        sandbox.faults.add({ route: GET_TOKEN, when: "before", fault: { kind: "status", status: 403 } });
        const error = await rejection(provider.update(olds, inputs({ triggers: { a: 2 } })));
        newRequests();
        const outs = await provider.update(error.saved?.properties ?? {}, inputs());
        assert.deepEqual(newRequests(), [GET_TOKEN], "there was no reset, so none is needed");
        assert.deepEqual([outs["name"], outs["token"]], ["renamed", olds["token"]]);
      });
    });
  }

  it("resets a token at once that was reset elsewhere, though that ends the grace of the older key", async () => {
    await start({ endsOlderGrace: true });
    const { sandbox, provider, inputs, token, accepts, currentKey } = subject;
    const { outs: olds } = await provider.create(inputs());
    const elsewhere = `${sandbox.url}/api/v2/tokens/${token.id}/reset?expiry=${sandbox.clock.now() + 3_600_000}`;
    const answer = await fetch(elsewhere, { method: "POST", headers: { Authorization: sandbox.adminKey } });
    assert.equal(answer.status, 200);
    await answer.arrayBuffer();
    assert.ok(accepts(olds["token"]));
    const refreshed = (await provider.read(olds)).outs;
    assert.equal((await provider.diff(refreshed, inputs())).changes, true);
    const outs = await provider.update(refreshed, inputs());
    assert.equal(outs["token"], currentKey());
    assert.ok(!accepts(olds["token"]));
  });
});
