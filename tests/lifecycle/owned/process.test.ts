/** A token that the stack owns, through the SDK's real process: the life of one from creation to deletion. */
import assert from "node:assert/strict";

import { startSandbox } from "../../../sandbox/sandbox";
import { CREATE, DELETE, LIST, OWNER, PATCH } from "../../support/ownedProvider";
import { type Properties, startProviderProcess } from "../../support/providerProcess";
import { rejection } from "../../support/rejection";
import { WHO } from "../../support/routes";

describe("a RotatingAccessToken, in the dynamic-provider process", () => {
  it("is created, rotated, kept through a failure, refreshed and deleted, and shows no key", async () => {
    const sandbox = await startSandbox();
    const config = { "launchdarkly:apiHost": sandbox.url, "launchdarkly:accessToken": sandbox.adminKey };
    const process = await startProviderProcess({ config });
    try {
      const resource = process.of("RotatingAccessToken");
      const inputs = (more: Properties = {}) => ({ owner: OWNER, name: "ci", triggers: { a: 1 }, ...more });
      assert.deepEqual((await resource.check({}, inputs())).failures, []);
      const { id, outs } = await resource.create(inputs());
      assert.equal(outs["nonce"], id);
      assert.deepEqual(await resource.diff(outs, inputs()), { changes: false, replaces: [] });

      const edited = inputs({ triggers: { a: 2 } });
      assert.equal((await resource.diff(outs, edited)).changes, true);
      sandbox.faults.add({ route: WHO, when: "before", fault: { kind: "status", status: 403 } });
      const { saved } = await rejection(resource.update(outs, edited));
      assert.equal(saved?.id, id);
      assert.notEqual(saved.properties["token"], outs["token"]);
      const rotated = await resource.update(saved.properties, edited);
      assert.equal(rotated["token"], saved.properties["token"]);
      const read = await resource.read(rotated);
      assert.deepEqual([read.id, read.outs["token"]], [id, rotated["token"]]);
      const keys = sandbox.store.everyKey();
      await resource.delete(read.outs);
      const left = sandbox.store.all().map((one) => one.id);
      assert.deepEqual(left, [sandbox.adminId]);

      const requests = (wanted: string) => sandbox.requests.filter(({ route }) => route === wanted).length;
      assert.deepEqual([CREATE, LIST, PATCH, DELETE].map(requests), [2, 4, 1, 2]);
      const said = process.written() + process.shown.join("\n");
      assert.ok(!keys.some((key) => said.includes(key)), "a key is shown");
    } finally {
      await process.stop();
      await sandbox.stop();
    }
  });
});
