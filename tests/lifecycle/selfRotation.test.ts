/** The rotation of the token that the stack authenticates with: what is refused, what goes on. */
import assert from "node:assert/strict";

import { eachRotationProvider } from "../support/eachRotationProvider";
import { rejection } from "../support/rejection";
import { GET_TOKEN, RESET, WHO } from "../support/routes";

describe("the rotation of the token that the stack authenticates with, in the dynamic-provider process", () => {
  const subject = eachRotationProvider();

  const own = (more = {}) => subject().inputs({ tokenId: subject().sandbox.adminId, ...more });
  const OUTDATED =
    /warning: .* The configured key dies at [\d:.TZ-]+\. Before that, put the new one \(ending in \w{4}\)/;
  const adminKey = () => subject().sandbox.store.find(subject().sandbox.adminId)?.keys[0].value;

  it("is refused before a reset is sent, and the message names the way out", async () => {
    const { provider, newRequests } = subject();
    const error = await rejection(provider.create(own()));
    assert.match(
      error.message,
      /Not reset: this is the token that launchdarkly:accessToken \(or LAUNCHDARKLY_ACCESS_TOKEN\) authenticates with, and a reset would lock this stack out\. Configure the key of another token; or set allowSelfRotation/,
    );
    assert.equal(error.saved, undefined);
    assert.deepEqual(newRequests(), [WHO, GET_TOKEN]);
  });

  it("is refused too when LaunchDarkly does not say whose key it is", async () => {
    const { sandbox, provider, newRequests } = subject();
    sandbox.faults.add({ route: WHO, when: "before", fault: { kind: "status", status: 200, body: "{}" } });
    const error = await rejection(provider.create(own()));
    assert.match(error.message, /would lock this stack out/);
    assert.ok(!newRequests().includes(RESET));
  });

  for (const oldKeyExpiry of ["immediate", undefined]) {
    it(`is refused without a grace, oldKeyExpiry ${String(oldKeyExpiry)}, even if allowed`, async () => {
      const { provider, newRequests } = subject();
      const news = { tokenId: subject().sandbox.adminId, allowSelfRotation: true };
      const error = await rejection(provider.create(oldKeyExpiry === undefined ? news : { ...news, oldKeyExpiry }));
      assert.match(error.message, /authenticates with, and would die at once\. Set oldKeyExpiry, for example to "24h"/);
      assert.ok(!newRequests().includes(RESET));
    });
  }

  it("lets the rest of the run go on with the new key, and says what to do about the configuration", async () => {
    const { sandbox, provider, inputs } = subject();
    const { outs } = await provider.create(own({ allowSelfRotation: true }));
    assert.equal(outs["token"], adminKey());
    assert.notEqual(outs["token"], sandbox.adminKey);
    const ending = String(outs["tokenLastFour"]);
    assert.ok(
      provider.shown
        .at(-1)
        ?.startsWith(
          `warning: Act now (access token ${sandbox.adminId}): this is the token that the stack authenticates with. The configured key dies at ${String(outs["oldKeyExpiresAt"])}. Before that, put the new one (ending in ${ending}) into launchdarkly:accessToken`,
        ),
      provider.shown.at(-1),
    );
    const before = sandbox.requests.length;
    const other = await provider.create(inputs());
    assert.ok(subject().accepts(other.outs["token"]));
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
    const { sandbox, provider, inputs } = subject();
    // Whose key it is, is asked first; the five refusals after it are those of the verification.
    sandbox.faults.add({ route: WHO, when: "before", skip: 1, times: 5, fault: { kind: "status", status: 401 } });
    const error = await rejection(provider.create(own({ allowSelfRotation: true })));
    assert.match(error.message, /Reset, but not verified/);
    assert.equal(error.saved?.properties["token"], adminKey());
    assert.match(provider.shown.join("\n"), OUTDATED, "the configured key dies whatever becomes of the verification");
    const { outs } = await provider.create(inputs());
    assert.ok(subject().accepts(outs["token"]));
    assert.equal(sandbox.requests.filter(({ hasReset }) => hasReset).at(-1)?.keyEnding, sandbox.adminKey.slice(-4));

    provider.shown.length = 0;
    await provider.update(error.saved?.properties ?? {}, own({ allowSelfRotation: true }));
    assert.match(provider.shown.join("\n"), OUTDATED, "and the run that verifies the key says it again");
  });

  it("is refused on update, too, unless it is allowed and has a grace", async () => {
    const { sandbox, provider, newRequests } = subject();
    const { adminId, adminKey: key } = sandbox;
    const { outs: olds } = await provider.create(own({ initialToken: key }));
    newRequests();
    const edited = { triggers: { a: 2 } };
    assert.match((await rejection(provider.update(olds, own(edited)))).message, /would lock this stack out/);
    const immediate = own({ ...edited, allowSelfRotation: true, oldKeyExpiry: "immediate" });
    assert.match((await rejection(provider.update(olds, immediate))).message, /and would die at once/);
    assert.deepEqual(newRequests(), [WHO]);
    assert.equal(sandbox.store.find(adminId)?.keys[0].value, key);
  });

  it("is refused while the configuration holds the key before the current one", async () => {
    const { sandbox, provider, newRequests } = subject();
    const { outs } = await provider.create(own({ allowSelfRotation: true }));
    // Another run, with the configuration as it was.
    await provider.configure({ "launchdarkly:apiHost": sandbox.url, "launchdarkly:accessToken": sandbox.adminKey });
    newRequests();
    const edited = own({ allowSelfRotation: true, triggers: { a: 2 } });
    const { message, saved } = await rejection(provider.update(outs, edited));
    assert.match(
      message,
      /still holds the key before the current one, whose grace another reset may end\. Put the current key/,
    );
    assert.equal(saved, undefined);
    assert.deepEqual(newRequests(), [WHO]);
    assert.equal(adminKey(), outs["token"]);
  });

  it("goes on with a configured key in its grace when nobody holds the current one, and says how late it is", async () => {
    const { sandbox, provider } = subject();
    const allowed = own({ allowSelfRotation: true });
    sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "drop" } });
    const error = await rejection(provider.create(allowed));
    provider.shown.length = 0;
    const outs = await provider.update(error.saved?.properties ?? {}, allowed);
    assert.equal(outs["token"], adminKey());
    assert.match(provider.shown.join("\n"), /The configured key was in its grace already, and may die at any time\./);
  });

  it("leaves other tokens as free as ever to die at once", async () => {
    const { provider, inputs, accepts } = subject();
    const { outs } = await provider.create(inputs({ allowSelfRotation: true, oldKeyExpiry: "immediate" }));
    assert.ok(accepts(outs["token"]));
  });
});
