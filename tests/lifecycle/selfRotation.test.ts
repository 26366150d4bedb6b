import assert from "node:assert/strict";

import { type ProviderProcess, startProviderProcess } from "../support/providerProcess";
import { rejection } from "../support/rejection";
import { type RotationProvider, startRotationProvider } from "../support/rotationProvider";
import { GET_TOKEN, RESET, WHO } from "../support/routes";

describe("the rotation of the token that the stack authenticates with, in the dynamic-provider process", () => {
  let process: ProviderProcess;
  let subject: RotationProvider;

  before(async () => {
    process = await startProviderProcess();
  });
  after(() => process.stop());

  beforeEach(async () => {
    subject = await startRotationProvider({ process });
  });
  afterEach(() => subject.stop());

  const own = (more = {}) => subject.inputs({ tokenId: subject.sandbox.adminId, ...more });
  const adminKey = () => subject.sandbox.store.find(subject.sandbox.adminId)?.keys[0].value;

  it("is refused before a reset is sent, and the message names the way out", async () => {
    const { provider, newRequests } = subject;
    const error = await rejection(provider.create(own()));
    assert.match(
      error.message,
      /was not reset: it is the one that launchdarkly:accessToken \(or LAUNCHDARKLY_ACCESS_TOKEN\) authenticates with, and a reset would lock this stack out\. Configure the key of another token; or set allowSelfRotation/,
    );
    assert.equal(error.saved, undefined);
    assert.deepEqual(newRequests(), [WHO, GET_TOKEN]);
  });

  it("is refused too when LaunchDarkly does not say whose key it is", async () => {
    const { sandbox, provider, newRequests } = subject;
    sandbox.faults.add({ route: WHO, when: "before", fault: { kind: "status", status: 200, body: "{}" } });
    const error = await rejection(provider.create(own()));
    assert.match(error.message, /would lock this stack out/);
    assert.ok(!newRequests().includes(RESET));
  });

  for (const oldKeyExpiry of ["immediate", undefined]) {
    it(`is refused without a grace, oldKeyExpiry ${String(oldKeyExpiry)}, even if allowed`, async () => {
      const { provider, newRequests } = subject;
      const news = { tokenId: subject.sandbox.adminId, allowSelfRotation: true };
      const error = await rejection(provider.create(oldKeyExpiry === undefined ? news : { ...news, oldKeyExpiry }));
      assert.match(error.message, /authenticates with, and would die at once\. Set oldKeyExpiry, for example to "24h"/);
      assert.ok(!newRequests().includes(RESET));
    });
  }

  it("lets the rest of the run go on with the new key, and says what to do about the configuration", async () => {
    const { sandbox, provider, inputs } = subject;
    const { outs } = await provider.create(own({ allowSelfRotation: true }));
    assert.equal(outs["token"], adminKey());
    assert.notEqual(outs["token"], sandbox.adminKey);
    const ending = String(outs["tokenLastFour"]);
    assert.ok(
      provider.shown
        .at(-1)
        ?.startsWith(
          `warning: Access token "sandbox admin" (${sandbox.adminId}) is the one that this stack authenticates with. The rest of this run uses the new key (ending in ${ending}); the configured one dies at ${String(outs["oldKeyExpiresAt"])}. Before that, put the new one into launchdarkly:accessToken`,
        ),
      provider.shown.at(-1),
    );
    const before = sandbox.requests.length;
    const other = await provider.create(inputs());
    assert.ok(subject.accepts(other.outs["token"]));
    const asAdmin = sandbox.requests.slice(before).filter(({ callerId }) => callerId === sandbox.adminId);
    assert.deepEqual(
      asAdmin.map(({ route, keyEnding }) => [route, keyEnding]),
      [
        [GET_TOKEN, ending],
        [RESET, ending],
      ],
      "asked once per run whose key it is, and all else with the new key",
    );
  });

  it("keeps using the configured key when the new one could not be verified", async () => {
    const { sandbox, provider, inputs } = subject;
    // Whose key it is, is asked first; the five refusals after it are those of the verification.
    sandbox.faults.add({ route: WHO, when: "before", skip: 1, times: 5, fault: { kind: "status", status: 401 } });
    const error = await rejection(provider.create(own({ allowSelfRotation: true })));
    assert.match(error.message, /is saved, but the key could not be verified/);
    assert.equal(error.saved?.properties["token"], adminKey());
    const { outs } = await provider.create(inputs());
    assert.ok(subject.accepts(outs["token"]));
    assert.equal(sandbox.requests.filter(({ hasReset }) => hasReset).at(-1)?.keyEnding, sandbox.adminKey.slice(-4));
  });

  it("leaves other tokens as free as ever to die at once", async () => {
    const { provider, inputs, accepts } = subject;
    const { outs } = await provider.create(inputs({ allowSelfRotation: true, oldKeyExpiry: "immediate" }));
    assert.ok(accepts(outs["token"]));
  });
});
