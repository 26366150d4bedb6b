/** Pulumi's create of an AccessTokenRotation: requests, outputs, verification. */
import assert from "node:assert/strict";

import { ACCOUNT_ID, resetKey } from "../../sandbox/accessToken";
import { eachRotationProvider } from "../support/eachRotationProvider";
import { rejection } from "../support/rejection";
import { GET_TOKEN, RESET, WHO } from "../support/routes";

describe("create, in the dynamic-provider process", () => {
  const subject = eachRotationProvider();

  it("resets the token once and returns what there is to know of it", async () => {
    const { sandbox, provider, token, inputs, newRequests, currentKey } = subject();
    const { id, outs } = await provider.create(inputs());
    assert.equal(id, token.id);
    assert.deepEqual(newRequests(), [WHO, GET_TOKEN, RESET, WHO]);
    const expiry = Number(sandbox.requests[2]?.query["expiry"]);
    const { __provider, lastModified, lastRotatedAt, home, ...rest } = outs;
    assert.equal(typeof __provider, "string");
    assert.deepEqual(home, { host: sandbox.url, accountId: ACCOUNT_ID });
    assert.equal(lastModified, sandbox.store.find(token.id)?.lastModified);
    assert.ok(!Number.isNaN(Date.parse(String(lastRotatedAt))));
    assert.deepEqual(rest, {
      tokenId: token.id,
      triggers: { a: 1 },
      token: currentKey(),
      tokenLastFour: currentKey()?.slice(-4),
      oldKeyExpiresAt: new Date(expiry).toISOString(),
      rotationCount: 1,
      lastRotationReason: "first rotation by this stack",
      adoptedAt: null,
      keyRefused: false,
      lateResetPossible: false,
      verificationPending: false,
      lostReset: null,
      name: "ci",
      role: "writer",
      customRoleIds: [],
      serviceToken: true,
      defaultApiVersion: 20240415,
    });
  });

  it("sends what LaunchDarkly asks for", async () => {
    const { sandbox, provider, inputs } = subject();
    await provider.create(inputs());
    const reset = sandbox.requests[2];
    assert.equal(reset?.headers["content-type"], "application/json");
    assert.equal(reset.headers["ld-api-version"], "20240415");
    assert.match(String(reset.headers["user-agent"]), /^pulumi-launchdarkly-rotation\/\d/);
    assert.deepEqual(Object.keys(reset.query), ["expiry"]);
  });

  it("sends no expiry when the old key is to die at once", async () => {
    const { sandbox, provider, token, inputs } = subject();
    const { outs } = await provider.create(inputs({ oldKeyExpiry: "immediate" }));
    assert.deepEqual(sandbox.requests[2]?.query, {});
    assert.ok(Date.parse(String(outs["oldKeyExpiresAt"])) <= sandbox.clock.now());
    assert.equal(sandbox.store.findByKey(token.key, sandbox.clock.now()), undefined);
  });

  it("asks once per run, not per resource, whose key it uses", async () => {
    const { sandbox, provider, inputs } = subject();
    const second = sandbox.createToken();
    await provider.create(inputs());
    await provider.create(inputs({ tokenId: second.id }));
    const asAdmin = sandbox.requests.filter(({ route, callerId }) => route === WHO && callerId === sandbox.adminId);
    assert.equal(asAdmin.length, 1);
  });

  it("does not verify when verify is false", async () => {
    const { provider, inputs, newRequests } = subject();
    const { outs } = await provider.create(inputs({ verify: false }));
    assert.deepEqual(newRequests(), [WHO, GET_TOKEN, RESET]);
    assert.equal(outs["verificationPending"], false);
  });

  it("measures the grace by LaunchDarkly's clock when the local one disagrees", async () => {
    const { sandbox, provider, inputs } = subject();
    sandbox.clock.move(-45 * 60 * 1000);
    const { outs } = await provider.create(inputs());
    const grace = Date.parse(String(outs["oldKeyExpiresAt"])) - sandbox.clock.now();
    assert.ok(Math.abs(grace - 60 * 60 * 1000) < 60_000, `the grace is ${grace} ms`);
  });

  it("keeps the new key when verification fails, and finishes at the next update without a reset", async () => {
    const { sandbox, provider, token, inputs, newRequests, currentKey } = subject();
    sandbox.faults.add({
      route: WHO,
      callerId: token.id,
      when: "before",
      times: 5,
      fault: { kind: "status", status: 401 },
    });
    const error = await rejection(provider.create(inputs()));
    assert.match(error.message, /Reset, but not verified: the new key \(ending in \w{4}\) is saved/);
    assert.deepEqual(error.saved?.reasons, [error.message]);
    assert.equal(error.saved.id, token.id);
    assert.equal(error.saved.properties["token"], currentKey());
    assert.equal(typeof error.saved.properties["__provider"], "string");
    assert.ok(!error.message.includes(String(currentKey())));

    const olds = error.saved.properties;
    newRequests();
    assert.equal((await provider.diff(olds, inputs())).changes, true);
    const outs = await provider.update(olds, inputs());
    assert.deepEqual(newRequests(), [WHO]);
    assert.equal(outs["verificationPending"], false);
    assert.equal((await provider.diff(outs, inputs())).changes, false);
  });

  it("notices when somebody else resets the token before the new key is verified, and resets it again next time", async () => {
    const { sandbox, provider, token, inputs, newRequests, currentKey } = subject();
    sandbox.events.on("processed", ({ route, callerId, hasReset }) => {
      // Between our reset and the verification, with immediate expiry.
      if (route !== RESET || !hasReset || callerId !== sandbox.adminId) return;
      sandbox.events.removeAllListeners("processed");
      const found = sandbox.store.find(token.id) ?? assert.fail();
      sandbox.store.save(resetKey(found, sandbox.clock.now(), sandbox.clock.now()));
    });
    const error = await rejection(provider.create(inputs({ oldKeyExpiry: "immediate" })));
    assert.match(error.message, /has been reset once more since \(key ending in \w{4}\), .* Run pulumi up again/);
    newRequests();
    const saved = error.saved?.properties ?? {};
    assert.equal((await provider.diff(saved, inputs())).changes, true);
    const outs = await provider.update(saved, inputs());
    assert.deepEqual(newRequests(), [RESET, WHO]);
    assert.equal(outs["token"], currentKey());
  });

  it("changes nothing when the token does not exist", async () => {
    const { provider, inputs, newRequests } = subject();
    const error = await rejection(provider.create(inputs({ tokenId: "61095542756dba551110ae21" })));
    assert.match(
      error.message,
      /Not reset: LaunchDarkly found no such token when asked to read access token 61095542756dba551110ae21 \(404 not_found/,
    );
    assert.equal(error.saved, undefined);
    assert.deepEqual(newRequests(), [WHO, GET_TOKEN]);
  });

  it("asks again whose key it uses after a failure, which is that of one resource", async () => {
    const { sandbox, provider, inputs, currentKey } = subject();
    sandbox.faults.add({ route: WHO, when: "before", fault: { kind: "status", status: 403 } });
    assert.match((await rejection(provider.create(inputs()))).message, /Not reset: .*403/);
    assert.equal((await provider.create(inputs())).outs["token"], currentKey());
  });

  it("finds a trigger's change in the state that it returned", async () => {
    const { provider, inputs, newRequests } = subject();
    const { outs } = await provider.create(inputs());
    newRequests();
    const outsAfter = await provider.update(outs, inputs({ triggers: { a: 2, b: 1 } }));
    assert.deepEqual(newRequests(), [RESET, WHO]);
    assert.equal(outsAfter["lastRotationReason"], "triggers.a changed, triggers.b added");
    assert.equal(outsAfter["rotationCount"], 2);
  });
});
