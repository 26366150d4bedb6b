/** The catalogue of what can be rotated, for tests that are generated over it. */
import assert from "node:assert/strict";

import { type Rotatable, type RotatableCredential, rotatables } from "../../sandbox/rotatable";
import { kindOf } from "../support/kinds";
import { eachCaller } from "../support/sandboxCaller";

/** Where a consumer presents a key of the credential; undefined if nowhere at LaunchDarkly. */
const CONSUMED_AT: Readonly<Record<keyof typeof rotatables, string | undefined>> = {
  AccessTokenRotation: "/api/v2/caller-identity",
  SdkKeyRotation: "/sdk/latest-all",
  MobileKeyRotation: "/msdk/evalx/contexts/e30",
  RelayProxyKeyRotation: "/relay_auto_config",
};

for (const name of Object.keys(rotatables) as (keyof typeof rotatables)[]) {
  const rotatable: Rotatable = rotatables[name];

  describe(`the sandbox's ${name}`, () => {
    const caller = eachCaller();
    const { call } = caller;

    let credential: RotatableCredential;

    beforeEach(() => {
      credential = rotatable.add(caller.sandbox, "mine");
    });

    /** Requests a route of this credential. */
    const request = (route: string, query = "") => {
      const [method = "", path = ""] = route.split(" ");
      const values = Object.values(credential.identity);
      const target = path.replace("/api/v2", "").replaceAll(/:\w+/g, () => values.shift() ?? assert.fail());
      return call(method, `${target}${query}`);
    };

    /** Whether its consumers get what they ask for with a key. */
    const isConsumed = async (key: string) => {
      const address = CONSUMED_AT[name];
      if (address === undefined) return credential.accepts(key);
      const response = await fetch(`${caller.sandbox.url}${address}`, { headers: { Authorization: key } });
      await response.arrayBuffer();
      return response.status === 200;
    };

    it("is looked at and reset by the routes that the catalogue names", async () => {
      assert.equal((await request(rotatable.lookRoute)).status, 200);
      assert.equal((await request(rotatable.resetRoute)).status, 200);
      const logged = caller.sandbox.requests.map(({ route, hasReset }) => [route, hasReset]);
      assert.deepEqual(logged, [
        [rotatable.lookRoute, false],
        [rotatable.resetRoute, true],
      ]);
    });

    it("knows every key it ever had, newest first", async () => {
      assert.deepEqual(credential.allKeys(), [credential.firstKey]);
      assert.equal(credential.currentKey(), credential.firstKey);
      const { text } = await request(rotatable.resetRoute);
      const second = credential.currentKey();
      assert.ok(text.includes(second));
      const third = credential.resetElsewhere();
      assert.equal(credential.currentKey(), third);
      assert.deepEqual(credential.allKeys(), [third, second, credential.firstKey]);
    });

    it("accepts keys as LaunchDarkly accepts them from consumers", async () => {
      const { firstKey } = credential;
      assert.deepEqual([credential.accepts(firstKey), await isConsumed(firstKey)], [true, true]);
      const second = credential.resetElsewhere();
      assert.deepEqual([credential.accepts(firstKey), await isConsumed(firstKey)], [false, false]);
      assert.deepEqual([credential.accepts(second), await isConsumed(second)], [true, true]);
      const other = rotatable.add(caller.sandbox, "other");
      assert.equal(credential.accepts(other.firstKey), false, "another's key is none of its own");
    });

    it("gives the old key a grace where LaunchDarkly does", async () => {
      caller.sandbox.clock.hold();
      const hasGrace = kindOf(name).graces.length > 0;
      const second = credential.resetElsewhere(caller.sandbox.clock.now() + 1_000);
      assert.deepEqual([credential.accepts(credential.firstKey), credential.accepts(second)], [hasGrace, true]);
      const response = await request(rotatable.resetRoute, `?expiry=${caller.sandbox.clock.now() + 2_000}`);
      assert.equal(response.status, 200);
      assert.equal(credential.accepts(second), hasGrace);
      caller.sandbox.clock.move(1_000);
      assert.equal(credential.accepts(credential.firstKey), false);
      assert.equal(credential.accepts(second), hasGrace);
    });

    it("can be removed", async () => {
      const { firstKey } = credential;
      credential.remove();
      assert.equal((await request(rotatable.lookRoute)).status, 404);
      assert.equal((await request(rotatable.resetRoute)).status, 404);
      assert.deepEqual([credential.accepts(firstKey), await isConsumed(firstKey)], [false, false]);
      assert.deepEqual(credential.allKeys(), []);
      assert.throws(() => credential.currentKey(), /removed/);
    });
  });
}
