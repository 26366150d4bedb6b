/** Pulumi's read and delete of an AccessTokenRotation. */
import assert from "node:assert/strict";

import { eachRotationProvider } from "../support/eachRotationProvider";
import { rejection } from "../support/rejection";
import { startRotationProvider } from "../support/rotationProvider";
import { GET_TOKEN, RESET, WHO } from "../support/routes";

describe("read, in the dynamic-provider process", () => {
  const subject = eachRotationProvider();

  /** Somebody else works with LaunchDarkly. */
  async function elsewhere(method: string, path: string, body?: object): Promise<void> {
    const { sandbox, token } = subject();
    const response = await fetch(`${sandbox.url}/api/v2/tokens/${token.id}${path}`, {
      method,
      headers: { Authorization: sandbox.adminKey, "Content-Type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    assert.ok(response.ok);
    await response.arrayBuffer();
  }

  it("finds nothing to do after our own reset, a use of the key, or a new name", async () => {
    const { provider, inputs, newRequests } = subject();
    const { outs } = await provider.create(inputs());
    newRequests();
    provider.shown.length = 0;
    await provider.read(outs);
    assert.deepEqual(newRequests(), [GET_TOKEN]);
    await elsewhere("PATCH", "", [{ op: "replace", path: "/name", value: "renamed" }]);
    newRequests();
    const seen = await provider.read(outs);
    // The token was modified, and the last four characters alone prove no key.
    assert.deepEqual(newRequests(), [GET_TOKEN, WHO]);
    assert.deepEqual(provider.shown, []);
    assert.equal(seen.outs["name"], "renamed");
    assert.equal(seen.outs["token"], outs["token"]);
    assert.equal((await provider.diff(seen.outs, inputs())).changes, false);
  });

  it("sees a rotation by somebody else, which the next update answers with one reset", async () => {
    const { provider, token, inputs, newRequests, currentKey } = subject();
    const { outs } = await provider.create(inputs());
    await elsewhere("POST", "/reset");
    const ending = String(currentKey()?.slice(-4));
    provider.shown.length = 0;
    const seen = (await provider.read(outs)).outs;
    assert.equal(seen["tokenLastFour"], ending);
    await provider.read(seen);
    assert.deepEqual(
      provider.shown,
      [
        `warning: Reset outside Pulumi (access token "ci", ${token.id}): the current key ends in ${ending}, the stack's in ${String(outs["tokenLastFour"])}. The next pulumi up resets it once more.`,
      ],
      "said once",
    );
    provider.shown.length = 0;
    assert.equal((await provider.diff(seen, inputs())).changes, true);
    assert.match(
      String(provider.shown[0]),
      new RegExp(`Will reset \\(.*\\): rotated outside Pulumi \\(key ending in ${ending}\\)\\.`),
    );

    newRequests();
    const healed = await provider.update(seen, inputs());
    assert.deepEqual(newRequests(), [RESET, WHO]);
    assert.equal(healed["token"], currentKey());
    assert.equal(healed["lastRotationReason"], `rotated outside Pulumi (key ending in ${ending})`);
    assert.equal((await provider.diff(healed, inputs())).changes, false);
  });

  it("sees a rotation by somebody else whose key happens to end like the stack's", async () => {
    const { sandbox, provider, token, inputs, newRequests } = subject();
    const { outs } = await provider.create(inputs());
    const found = sandbox.store.find(token.id) ?? assert.fail();
    const value = `api-11111111-2222-4333-8444-55555555${String(outs["tokenLastFour"])}`;
    sandbox.store.save({ ...found, lastModified: found.lastModified + 60_000, keys: [{ value, expiresAt: null }] });
    provider.shown.length = 0;
    const seen = (await provider.read(outs)).outs;
    assert.match(
      String(provider.shown[0]),
      /Reset outside Pulumi \(.*\): LaunchDarkly does not accept the stack's key/,
    );
    assert.equal((await provider.diff(seen, inputs())).changes, true);
    newRequests();
    const healed = await provider.update(seen, inputs());
    assert.deepEqual(newRequests(), [RESET, WHO]);
    assert.match(String(healed["lastRotationReason"]), /^rotated outside Pulumi \(key ending in \w{4}\)$/);
    assert.equal((await provider.diff(healed, inputs())).changes, false);
  });

  it("records another role, says so, and asks for no rotation", async () => {
    const { provider, token, inputs } = subject();
    const { outs } = await provider.create(inputs());
    await elsewhere("PATCH", "", [{ op: "replace", path: "/role", value: "reader" }]);
    provider.shown.length = 0;
    const seen = (await provider.read(outs)).outs;
    assert.deepEqual(provider.shown, [
      `info: Changed at LaunchDarkly (access token "ci", ${token.id}): role writer → reader. This asks for no rotation.`,
    ]);
    assert.equal(seen["role"], "reader");
    assert.equal((await provider.diff(seen, inputs())).changes, false);
  });

  it("finds the resource gone when the token was deleted", async () => {
    const { provider, inputs } = subject();
    const { outs } = await provider.create(inputs());
    await elsewhere("DELETE", "");
    assert.equal((await provider.read(outs)).id, "");
    assert.match(String(provider.shown.at(-1)), /^warning: Deleted at LaunchDarkly \(.*\): it is gone from the stack/);
  });

  it("does not take a token for deleted that the admin key can't see, or a 404 of another server", async () => {
    const { provider, inputs, sandbox } = subject();
    const { outs } = await provider.create(inputs());
    const notFound = { kind: "status", status: 404, body: '{"code":"not_found","message":"x"}' } as const;
    sandbox.faults.add({ route: GET_TOKEN, when: "before", fault: notFound });
    const hidden = await rejection(provider.read(outs));
    assert.match(hidden.message, /^Not shown by LaunchDarkly: .* The stack keeps it/);
    sandbox.faults.add({ route: GET_TOKEN, when: "before", fault: { kind: "status", status: 404, body: "<html>" } });
    assert.match(
      (await rejection(provider.read(outs))).message,
      /answered with a page that is not LaunchDarkly's API \(404\) when asked to read access token \w+:/,
    );
  });

  it("does not take a failure for a deletion", async () => {
    const { provider, inputs, sandbox, newRequests } = subject();
    const { outs } = await provider.create(inputs());
    newRequests();
    sandbox.faults.add({ route: GET_TOKEN, when: "before", times: 9, fault: { kind: "status", status: 403 } });
    const { message } = await rejection(provider.read(outs));
    assert.match(
      message,
      /^Not refreshed: LaunchDarkly refused to read access token \w+: the role of the key api-…\w{4} does not allow it/,
    );
    assert.doesNotMatch(provider.written(), /\n\s+at /, "no stack trace for an answer of LaunchDarkly");
    assert.deepEqual(newRequests(), [GET_TOKEN], "a refusal is not asked again");
  });

  it("asks again when LaunchDarkly is busy or out of order", async () => {
    const { provider, inputs, sandbox, newRequests } = subject();
    const { outs } = await provider.create(inputs());
    newRequests();
    sandbox.faults.add({ route: GET_TOKEN, when: "before", fault: { kind: "status", status: 503 } });
    sandbox.faults.add({ route: GET_TOKEN, when: "after", fault: { kind: "drop" } });
    sandbox.faults.add({ route: GET_TOKEN, when: "after", fault: { kind: "notJson" } });
    const seen = await provider.read(outs);
    assert.equal(seen.id, outs["tokenId"]);
    assert.equal(newRequests().length, 4);
  });
});

describe("delete, in the dynamic-provider process", () => {
  it("leaves the token alone", async () => {
    const { provider, inputs, newRequests, accepts, stop } = await startRotationProvider();
    try {
      const { outs } = await provider.create(inputs());
      newRequests();
      await provider.delete(outs);
      assert.deepEqual(newRequests(), []);
      assert.ok(accepts(outs["token"]));
    } finally {
      await stop();
    }
  });
});
