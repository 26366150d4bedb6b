/** States of dynamic resources, in the plugin: of this release, of a run that failed, and of older releases. */
import assert from "node:assert/strict";

import { eachPlugin } from "../support/eachPlugin";
import { idsIn } from "../support/kindProvider";
import { type AnyKind, everyKind, ownedKinds } from "../support/kinds";
import type { Properties } from "../support/providerProcess";
import { recordedStates } from "../support/recordedStates";
import { failFromKeyOn, PARTIAL } from "./contractFaults";
import { changesAt, eachContract, type Scene } from "./contractScene";
import { dynamicHost } from "./dynamicHost";
import type { Kept } from "./hostUnderTest";
import { hostProcessOf, urnOf } from "./pluginHost";

/** What the engine hands to the plugin of a dynamic resource: its serialized provider, and what its class added. */
function asStored({ id, outputs, inputs, isUnfinished }: Kept, { credential }: AnyKind, urn: string): Kept {
  const isOwner = ownedKinds.some((one) => one.credential === credential);
  return {
    ...{ id, isUnfinished, outputs: { ...outputs, __provider: "a stub" } },
    inputs: { ...inputs, __provider: "a stub", ...(isOwner && { owner: `organization/${urn}` }) },
  };
}

describe("a state of a dynamic resource, in the plugin", () => {
  const dynamic = eachContract(dynamicHost);
  const plugin = eachPlugin();

  /** The same resource, and what is kept of it, as the plugin gets them. */
  function taken(scene: Scene, kept: Kept) {
    const host = hostProcessOf(plugin().process);
    return { host, scene: scene.elsewhere(host), kept: asStored(kept, scene.kind, scene.resource.urn) };
  }

  for (const kind of everyKind) {
    const { className } = kind.credential;

    it(`goes on without a change, and rotates when it is asked to: ${className}`, async () => {
      const before = dynamic().scene(kind);
      const { news, upDone, made, keyIn, sandbox } = before;
      const { host, scene, kept } = taken(before, await upDone(news(2), await upDone(news(1))));
      const [changes, keys] = [changesAt(sandbox), made()];
      assert.deepEqual(await scene.preview(news(2), kept), { changes: false, replaces: [] });
      // An up without a change leaves the outputs as they are, with the inputs of the program.
      await host.begin(sandbox);
      const { kept: seen, changes: drifted } = await scene.resource.refresh({ ...kept, inputs: news(2) });
      assert.equal(drifted, false);
      assert.deepEqual(host.shown(), []);
      assert.equal(changesAt(sandbox), changes, "nothing is sent that changes anything");
      const rotated = await scene.finish(news(3), seen);
      assert.equal(made() - keys, 1);
      assert.notEqual(keyIn(rotated), keyIn(kept));
      assert.equal(rotated.outputs["__provider"], undefined);
    });

    for (const [what, cell] of Object.entries(PARTIAL)) {
      if (!cell.concerns(kind)) continue;
      it(`comes to its end where a run failed, because ${what}: ${className}`, async () => {
        const before = dynamic().scene(kind);
        const { news, up, upDone, made, keyIn, subject, sandbox } = before;
        const first = await upDone(news(1));
        const keys = made();
        failFromKeyOn(before, cell);
        const { kept: left = assert.fail(), error } = await up(news(2), first);
        assert.ok(error !== undefined);
        sandbox.faults.clear();
        const { scene, kept } = taken(before, left);
        assert.equal((await scene.preview(news(2), kept)).changes, true, "the preview notices");
        const final = await scene.finish(news(2), kept);
        assert.notEqual(keyIn(final), keyIn(first));
        // The type of a resource decides about the identifiers of its keys, and is another one now. The mark stays.
        assert.ok(made() - keys <= cell.keys(kind) + (kind.isRepeatable ? 1 : 0), `${made() - keys} keys`);
        const known = "routes" in kind ? idsIn(final.outputs, kind.credential.outputs) : [];
        assert.deepEqual(subject.marked().sort(), known.sort(), "no record is forgotten");
        assert.equal(subject.accepts(keyIn(first)), kind.graces.length > 0, "the key that people held has its grace");
      });
    }
  }
});

describe("a state that an older release wrote, in the plugin", () => {
  const plugin = eachPlugin();

  for (const { release, kind, requests, outputs } of recordedStates) {
    it(`is taken over from ${release}: ${kind}`, async () => {
      const { call, sandbox, process } = plugin();
      const urn = urnOf("AccessTokenRotation", "ci");
      const { id: tokenId, key: currentKey } = sandbox.createToken({ name: "ci", role: "writer" });
      const inputs: Properties = { tokenId, triggers: { a: 1 }, oldKeyExpiry: "1h" };
      const old = { id: tokenId, inputs, outputs: { ...outputs({ id: tokenId, currentKey }), __provider: "a stub" } };
      assert.deepEqual((await call.check(urn, inputs, old)).failures, []);
      const { changes, replaces } = await call.diff(urn, inputs, old);
      assert.deepEqual([changes, replaces], [requests.length > 0, []]);
      assert.deepEqual(sandbox.requests, [], "neither asks");
      const { values } = await call.update(urn, inputs, old);
      assert.deepEqual(
        sandbox.requests.map(({ route }) => route),
        requests,
      );
      assert.equal(values["token"], sandbox.store.find(tokenId)?.keys[0].value);
      await process.begin(sandbox);
      await call.check(urn, inputs, { inputs });
      const kept = { id: tokenId, inputs, outputs: { ...values } };
      assert.equal((await call.diff(urn, inputs, kept)).changes, false);
    });
  }
});
