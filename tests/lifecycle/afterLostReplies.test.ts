/** What the run after a lost answer does, and what it remembers. */
import assert from "node:assert/strict";

import { resetKey } from "../../sandbox/accessToken";
import { eachRotationProvider } from "../support/eachRotationProvider";
import { rejection } from "../support/rejection";
import { GET_TOKEN, RESET, WHO } from "../support/routes";

describe("what a lost answer leaves to the next run, in the dynamic-provider process", () => {
  const subject = eachRotationProvider();

  it("does not reset again when it turns out that the reset in doubt was not carried out and no other is due", async () => {
    const { sandbox, provider, inputs, newRequests, currentKey } = subject();
    const { outs: olds } = await provider.create(inputs());
    newRequests();
    sandbox.faults.add({ route: RESET, when: "before", fault: { kind: "drop" } });
    sandbox.faults.add({ route: GET_TOKEN, when: "before", fault: { kind: "status", status: 403 } });
    const error = await rejection(provider.update(olds, inputs({ triggers: { a: 2 } })));
    newRequests();
    const saved = error.saved?.properties ?? {};
    assert.equal((await provider.diff(saved, inputs())).changes, true);
    const outs = await provider.update(saved, inputs());
    assert.deepEqual(newRequests(), [GET_TOKEN]);
    assert.equal(outs["token"], currentKey());
    assert.equal(outs["lostReset"], null);
  });

  it("resets again at once when the answer to the next run's reset is lost, too: nobody holds the key in its grace", async () => {
    const { sandbox, provider, inputs, newRequests, currentKey } = subject();
    const { outs: olds } = await provider.create(inputs());
    const edited = inputs({ triggers: { a: 2 } });
    sandbox.openQuestions.endsOlderGrace = true;
    sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "drop" }, times: 2 });
    const error = await rejection(provider.update(olds, edited));
    newRequests();
    provider.shown.length = 0;
    const outs = await provider.update(error.saved?.properties ?? {}, edited);
    assert.deepEqual(newRequests(), [RESET, GET_TOKEN, RESET, WHO]);
    assert.match(provider.shown.join("\n"), /warning: Reset again at once \(.*\): .* Nobody holds the key before it\./);
    assert.equal(outs["token"], currentKey());
  });

  it("tells when the key dies that people hold, and not the one whose answer was lost", async () => {
    const { sandbox, provider, inputs } = subject();
    const { outs: olds } = await provider.create(inputs());
    sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "drop" } });
    const edited = inputs({ triggers: { a: 2 } });
    const { saved } = await rejection(provider.update(olds, edited));
    const held = sandbox.store.find(String(olds["tokenId"]))?.keys.find(({ value }) => value === olds["token"]);
    const end = new Date(held?.expiresAt ?? 0).toISOString();
    assert.equal(saved?.properties["oldKeyExpiresAt"], end);
    const outs = await provider.update(saved.properties, inputs({ triggers: { a: 2 }, oldKeyExpiry: "20h" }));
    assert.equal(outs["oldKeyExpiresAt"], end);
    assert.ok(provider.shown.some((message) => message.endsWith(`The old key works until ${end}.`)));
  });

  it("does not forget a lost reset over another one in doubt", async () => {
    const { sandbox, provider, inputs, newRequests } = subject();
    const { outs: olds } = await provider.create(inputs());
    const edited = inputs({ triggers: { a: 2 } });
    sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "drop" } });
    const lost = await rejection(provider.update(olds, edited));
    sandbox.faults.add({ route: RESET, when: "before", fault: { kind: "status", status: 503 } });
    sandbox.faults.add({ route: GET_TOKEN, when: "before", fault: { kind: "status", status: 403 } });
    const inDoubt = await rejection(provider.update(lost.saved?.properties ?? {}, edited));
    assert.match(inDoubt.message, /Nobody holds the current key\. .* resets the token once more/);
    newRequests();
    const saved = inDoubt.saved?.properties ?? {};
    provider.shown.length = 0;
    await provider.diff(saved, edited);
    assert.match(String(provider.shown[0]), /the answer to the last reset was lost, so nobody holds the current key/);
    await provider.update(saved, edited);
    assert.deepEqual(newRequests(), [RESET, WHO]);
  });

  it("says that the old key is dead when another reset of the same run is in doubt", async () => {
    const { sandbox, provider, inputs, newRequests } = subject();
    const { outs: olds } = await provider.create(inputs());
    newRequests();
    sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "drop" } });
    sandbox.faults.add({ route: RESET, when: "before", fault: { kind: "status", status: 503 } });
    sandbox.faults.add({ route: GET_TOKEN, when: "before", skip: 1, fault: { kind: "status", status: 403 } });
    const edited = inputs({ triggers: { a: 2 }, oldKeyExpiry: "immediate" });
    const { message } = await rejection(provider.update(olds, edited));
    assert.match(message, /was lost\. The old key is dead\. Another reset failed: .*403/);
    assert.deepEqual(newRequests(), [RESET, GET_TOKEN, RESET, GET_TOKEN]);
  });

  it("is not taken for a reset by somebody else at a refresh, which tells the end of the old key", async () => {
    const { sandbox, provider, inputs } = subject();
    const { outs: olds } = await provider.create(inputs());
    sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "drop" } });
    sandbox.faults.add({ route: GET_TOKEN, when: "before", fault: { kind: "status", status: 403 } });
    const { saved } = await rejection(provider.update(olds, inputs({ triggers: { a: 2 }, oldKeyExpiry: "9h" })));
    provider.shown.length = 0;
    const seen = (await provider.read(saved?.properties ?? {})).outs;
    assert.deepEqual(provider.shown, []);
    const held = sandbox.store.find(String(olds["tokenId"]))?.keys.find(({ value }) => value === olds["token"]);
    assert.equal(seen["oldKeyExpiresAt"], new Date(held?.expiresAt ?? 0).toISOString());
  });

  it("remembers a lost reset when another one fails, even if the trigger is edited back", async () => {
    const { sandbox, provider, inputs, newRequests, currentKey } = subject();
    const { outs: olds } = await provider.create(inputs());
    newRequests();
    sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "drop" } });
    sandbox.faults.add({ route: RESET, when: "before", fault: { kind: "status", status: 403 } });
    const edited = inputs({ triggers: { a: 2 }, oldKeyExpiry: "immediate" });
    const error = await rejection(provider.update(olds, edited));
    assert.match(error.message, /was lost\. The old key is dead\. Another reset failed: .*403.* Run pulumi up again/);
    assert.deepEqual(newRequests(), [RESET, GET_TOKEN, RESET]);
    const saved = error.saved?.properties ?? {};
    assert.equal((await provider.diff(saved, inputs())).changes, true);
    assert.equal((await provider.update(saved, inputs()))["token"], currentKey());
  });

  it("notices when a reset that was taken for lost is carried out late, after its retry", async () => {
    const { sandbox, provider, token, inputs, newRequests, currentKey } = subject();
    const { outs: olds } = await provider.create(inputs());
    sandbox.faults.add({ route: RESET, when: "before", fault: { kind: "status", status: 504 } });
    sandbox.events.on("processed", ({ route, callerId }) => {
      if (route !== WHO || callerId !== token.id) return;
      sandbox.events.removeAllListeners("processed");
      const found = sandbox.store.find(token.id) ?? assert.fail();
      sandbox.store.save(resetKey(found, sandbox.clock.now(), sandbox.clock.now()));
    });
    const edited = inputs({ triggers: { a: 2 }, oldKeyExpiry: "immediate" });
    const error = await rejection(provider.update(olds, edited));
    assert.match(error.message, /has been reset once more since \(key ending in \w{4}\), .* late request/);
    newRequests();
    const outs = await provider.update(error.saved?.properties ?? {}, edited);
    assert.deepEqual(newRequests(), [GET_TOKEN, RESET, WHO]);
    assert.equal(outs["token"], currentKey());
  });
});
