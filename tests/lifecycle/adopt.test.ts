/** The take-over of a token's key with initialToken, and what is refused. */
import assert from "node:assert/strict";

import { ACCOUNT_ID, resetKey } from "../../sandbox/accessToken";
import { eachRotationProvider } from "../support/eachRotationProvider";
import { rejection } from "../support/rejection";
import { startRotationProvider } from "../support/rotationProvider";
import { GET_TOKEN, RESET, WHO } from "../support/routes";

describe("create with initialToken, in the dynamic-provider process", () => {
  const subject = eachRotationProvider();

  it("takes over the key that is in use, without a reset, and completes the outputs", async () => {
    const { sandbox, provider, token, inputs, newRequests, currentKey } = subject();
    const { id, outs } = await provider.create(inputs({ initialToken: token.key }));
    assert.equal(id, token.id);
    assert.deepEqual(newRequests(), [WHO, GET_TOKEN]);
    assert.equal(sandbox.requests[0]?.callerId, token.id, "the key itself is asked whose it is");
    const { __provider, adoptedAt, lastModified, home, ...rest } = outs;
    assert.equal(typeof __provider, "string");
    assert.equal(typeof lastModified, "number");
    assert.deepEqual(home, { host: sandbox.url, accountId: ACCOUNT_ID });
    assert.ok(!Number.isNaN(Date.parse(String(adoptedAt))));
    assert.deepEqual(rest, {
      tokenId: token.id,
      triggers: { a: 1 },
      token: token.key,
      tokenLastFour: token.key.slice(-4),
      oldKeyExpiresAt: null,
      lastRotatedAt: null,
      rotationCount: 0,
      lastRotationReason: null,
      verificationPending: false,
      keyRefused: false,
      lateResetPossible: false,
      lostReset: null,
      name: "ci",
      role: "writer",
      customRoleIds: [],
      serviceToken: true,
      defaultApiVersion: 20240415,
    });
    assert.equal(currentKey(), token.key);
    assert.match(
      String(provider.shown.at(-1)),
      /^info: Taken over \(access token \w+\): the key ending in \w{4}, without a reset\.$/,
    );
  });

  it("makes the triggers of that moment the baseline, and initialToken mean nothing any more", async () => {
    const { provider, token, inputs, newRequests, currentKey } = subject();
    const { outs } = await provider.create(inputs({ initialToken: token.key }));
    newRequests();
    for (const initialToken of [token.key, "api-11111111-2222-4333-8444-555555555555", undefined]) {
      const news = inputs(initialToken === undefined ? {} : { initialToken });
      assert.deepEqual(await provider.diff(outs, news), { changes: false, replaces: [] });
    }
    const edited = inputs({ initialToken: token.key, triggers: { a: 2 } });
    assert.equal((await provider.diff(outs, edited)).changes, true);
    const rotated = await provider.update(outs, edited);
    assert.deepEqual(newRequests(), [WHO, RESET, WHO]);
    assert.equal(rotated["token"], currentKey());
    assert.equal(rotated["rotationCount"], 1);
    assert.equal(rotated["lastRotationReason"], "triggers.a changed");
  });

  it("counts rotateAfter from the take-over", async () => {
    const { sandbox, provider, token, inputs } = subject();
    sandbox.store.save({ ...(sandbox.store.find(token.id) ?? assert.fail()), lastModified: 1_600_000_000_000 });
    const news = inputs({ initialToken: token.key, rotateAfter: "90d" });
    const { outs } = await provider.create(news);
    assert.equal((await provider.diff(outs, news)).changes, false);
    const later = { ...outs, adoptedAt: new Date(Date.now() - 90 * 86_400_000).toISOString() };
    assert.equal((await provider.diff(later, news)).changes, true);
  });

  it("may take over the key that the stack authenticates with, which is not reset", async () => {
    const { sandbox, provider, inputs, newRequests } = subject();
    const { outs } = await provider.create(inputs({ tokenId: sandbox.adminId, initialToken: sandbox.adminKey }));
    assert.equal(outs["token"], sandbox.adminKey);
    assert.deepEqual(newRequests(), [WHO, GET_TOKEN]);
  });

  const DEAD = "api-11111111-2222-4333-8444-55555555dead";
  const refusals: Record<
    string,
    { initialToken: () => string; message: RegExp; requests: string[]; tokenId?: () => string }
  > = {
    "a key that does not work": {
      initialToken: () => DEAD,
      message:
        /: LaunchDarkly does not accept the key api-…dead \(401 unauthorized\b.*\).* Give initialToken the key that is current, or/,
      requests: [WHO],
    },
    "the key of another token": {
      initialToken: () => subject().sandbox.createToken().key,
      message: /: the key api-…\w{4} belongs to another one \(\w{24}\)\. Check tokenId\. Give initialToken/,
      requests: [WHO, GET_TOKEN],
    },
    "an old key in its grace": {
      initialToken: () => {
        const { sandbox, token } = subject();
        const now = sandbox.clock.now();
        sandbox.store.save(resetKey(sandbox.store.find(token.id) ?? assert.fail(), now + 3_600_000, now));
        return token.key;
      },
      message:
        /: the key api-…\w{4} works, but only until its grace ends: .* current key ends in \w{4}\. Give initialToken/,
      requests: [WHO, GET_TOKEN],
    },
    "the id of a token that does not exist": {
      initialToken: () => subject().token.key,
      tokenId: () => "61095542756dba551110ae21",
      message: /: LaunchDarkly found no such token/,
      requests: [WHO, GET_TOKEN],
    },
  };
  for (const [what, { initialToken, tokenId, message, requests }] of Object.entries(refusals)) {
    it(`refuses ${what}, and changes nothing`, async () => {
      const { provider, inputs, newRequests, currentKey } = subject();
      const key = initialToken();
      const keyBefore = currentKey();
      const news = inputs({ initialToken: key, ...(tokenId && { tokenId: tokenId() }) });
      const error = await rejection(provider.create(news));
      assert.match(error.message, /^Not taken over: /);
      assert.match(error.message, message);
      assert.ok(!error.message.includes(key));
      assert.equal(error.saved, undefined);
      assert.deepEqual(newRequests(), requests);
      assert.equal(currentKey(), keyBefore);
    });
  }

  it("goes by the last four characters where LaunchDarkly does not say whose key it is", async () => {
    const { sandbox, provider, token, inputs } = subject();
    const silent = { route: WHO, when: "before", fault: { kind: "status", status: 200, body: "{}" } } as const;
    sandbox.faults.add({ ...silent, times: 2 });
    const { message } = await rejection(provider.create(inputs({ initialToken: sandbox.createToken().key })));
    assert.match(message, /works, but only until/);
    assert.equal((await provider.create(inputs({ initialToken: token.key }))).outs["token"], token.key);
  });
});

describe("create with initialToken and an admin key that does not work", () => {
  it("says that the configuration is to blame, and not initialToken", async () => {
    const config = { "launchdarkly:accessToken": "api-11111111-2222-4333-8444-55555555dead" };
    const { provider, token, inputs, stop } = await startRotationProvider({ config });
    try {
      const { message } = await rejection(provider.create(inputs({ initialToken: token.key })));
      assert.match(message, /Not taken over: .*api-…dead .* Check launchdarkly:accessToken\.$/);
    } finally {
      await stop();
    }
  });
});
