/** The expiry of the sandbox's several keys of an environment, and the default keys beside them. */
import assert from "node:assert/strict";

import { eachCaller } from "../support/sandboxCaller";
import { eachEnvironment } from "../support/sandboxKeys";

const TEN_YEARS = 3_650 * 86_400_000;
const REFUSED = [400, "invalid_request"];

describe("the expiry of the sandbox's several keys", () => {
  const caller = eachCaller();
  const keys = eachEnvironment(caller);

  let now: number;

  beforeEach(() => {
    caller.sandbox.clock.hold();
    now = caller.sandbox.clock.now();
  });

  const create = async (expiry?: unknown, key = "server") => {
    const { status, json } = await keys.create({ key, name: "Server", expiry });
    return [status, ...(status < 400 ? [] : [json["code"]])];
  };
  const patch = async (expiry: unknown) => {
    const { status, json } = await keys.patch("server", { expiry });
    return [status, ...(status < 400 ? [] : [json["code"]])];
  };
  const works = () => caller.sandbox.additionalKeys.all(keys.environment).map(({ works }) => works);

  it("is the millisecond from which on the key is refused", async () => {
    await create(now + 1_000);
    caller.sandbox.clock.move(999);
    assert.deepEqual(works(), [true]);
    caller.sandbox.clock.move(1);
    assert.deepEqual(works(), [false]);
    assert.equal((await keys.show("server")).json["expiry"], now + 1_000, "the key is still shown");
  });

  it("can be given later, put off and brought forward", async () => {
    await create();
    assert.ok(!("expiry" in (await keys.show("server")).json));
    for (const milliseconds of [1_000, 2_000, 500]) {
      assert.deepEqual(await patch(now + milliseconds), [200]);
      assert.equal((await keys.show("server")).json["expiry"], now + milliseconds);
    }
    caller.sandbox.clock.move(500);
    assert.deepEqual(works(), [false]);
  });

  it("can't be taken away", async () => {
    await create(now + 1_000);
    for (const nothing of [null, 0, ""]) assert.deepEqual(await patch(nothing), REFUSED, JSON.stringify(nothing));
    assert.equal((await keys.patch("server", { name: "Renamed" })).json["expiry"], now + 1_000);
  });

  it("must be a time to come, within ten years", async () => {
    await create();
    for (const expiry of [0, -1, now - 1, now, 1.5, "soon", String(now + 1_000), now + TEN_YEARS + 1, 2 ** 60]) {
      assert.deepEqual(await patch(expiry), REFUSED, String(expiry));
      assert.deepEqual(await create(expiry, "other"), REFUSED, String(expiry));
    }
    assert.deepEqual(works(), [true]);
    assert.deepEqual(await patch(now + TEN_YEARS), [200]);
    assert.deepEqual(await create(now + TEN_YEARS, "other"), [201]);
  });

  it("can be in the past, or far ahead, if switched", async () => {
    Object.assign(caller.sandbox.openQuestions, { acceptsPastKeyExpiry: true, longestKeyExpiryMs: Infinity });
    assert.deepEqual(await create(0), [201]);
    assert.deepEqual(works(), [false]);
    assert.deepEqual(await create(now + 2 * TEN_YEARS, "other"), [201]);
  });

  it("is final once it has passed, unless switched", async () => {
    await create(now + 1_000);
    caller.sandbox.clock.move(1_000);
    assert.deepEqual(await patch(now + 5_000), REFUSED);
    assert.equal((await keys.patch("server", { name: "Renamed" })).status, 200);
    caller.sandbox.openQuestions.revivesExpiredKeys = true;
    assert.deepEqual(await patch(now + 5_000), [200]);
    assert.deepEqual(works(), [true]);
  });
});

describe("the default keys among the sandbox's several keys", () => {
  const caller = eachCaller();
  const keys = eachEnvironment(caller);

  const defaults = async () => {
    const { items } = (await keys.list("?limit=100")).json as { items: Record<string, unknown>[] };
    return items
      .filter(({ isDefault }) => isDefault === true)
      .map(({ kind, value, expiry }) => [kind, value, expiry ?? null]);
  };

  it("are those that the environment shows, also after their resets", async () => {
    const { sdkKey, mobileKey } = keys.environment;
    assert.deepEqual(await defaults(), [
      ["sdk", sdkKey, null],
      ["mobile", mobileKey, null],
    ]);
    for (const reset of ["apiKey", "mobileKey"]) {
      const { json } = await caller.call("POST", `/projects/shop/environments/production/${reset}`);
      assert.deepEqual(await defaults(), [
        ["sdk", json["apiKey"], null],
        ["mobile", json["mobileKey"], null],
      ]);
    }
    assert.equal((await keys.show("default-sdk")).json["_version"], 2);
  });

  it("have the SDK key that was reset beside them, until its grace ends", async () => {
    caller.sandbox.clock.hold();
    const { sdkKey, mobileKey } = keys.environment;
    const expiry = caller.sandbox.clock.now() + 1_000;
    const { json } = await caller.call("POST", `/projects/shop/environments/production/apiKey?expiry=${expiry}`);
    assert.deepEqual(await defaults(), [
      ["sdk", json["apiKey"], null],
      ["sdk", sdkKey, expiry],
      ["mobile", mobileKey, null],
    ]);
    caller.sandbox.clock.move(1_000);
    assert.equal((await defaults()).length, 2);
  });

  it("can't be changed or deleted, and are not touched by what happens to the others", async () => {
    for (const keyId of ["default-sdk", "default-mobile"]) {
      assert.equal((await keys.patch(keyId, { name: "Mine" })).status, 409);
      assert.equal((await keys.remove(keyId)).status, 409);
    }
    const before = await defaults();
    for (const kind of ["sdk", "mobile"]) {
      await keys.create({ key: kind, name: kind, kind });
      await keys.remove(kind);
    }
    assert.deepEqual(await defaults(), before);
    const { json } = await caller.call("GET", "/projects/shop/environments/production");
    assert.deepEqual([json["apiKey"], json["mobileKey"]], [keys.environment.sdkKey, keys.environment.mobileKey]);
  });
});
