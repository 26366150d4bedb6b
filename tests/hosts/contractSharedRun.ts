/** Two copies of each class in one process of a host are of one run: rows of tests/hosts/contract.ts. */
import assert from "node:assert/strict";
import { once } from "node:events";

import { everyKind } from "../support/kinds";
import { WHO } from "../support/routes";
import { failFromKeyOn, PARTIAL } from "./contractFaults";
import type { Contract, Scene } from "./contractScene";
import type { HostUnderTest } from "./hostUnderTest";

export function holdSharedRun(host: HostUnderTest, contract: () => Contract): void {
  describe("two copies of every class in one run", () => {
    /** Each class twice, with a resource of its own, of another copy. */
    function twice(): Scene[] {
      const { scene, process } = contract();
      return everyKind.flatMap((kind) => {
        const [first, second] = [1, 2].map((number) => scene(kind, `${kind.credential.className} ${number}`));
        return [first ?? assert.fail(), (second ?? assert.fail()).elsewhere(process, 1)];
      });
    }

    it("ask once whose the stack's key is", async () => {
      const { sandbox } = contract();
      const scenes = twice();
      const ended = await Promise.all(scenes.map(({ resource, news }) => resource.up(news(1))));
      for (const { error } of ended) assert.equal(error, undefined);
      const asked = sandbox.requests.filter(({ route, callerId }) => route === WHO && callerId === sandbox.adminId);
      assert.equal(asked.length, 1);
    });

    it("wait together for a rate limit that one of them has met", async () => {
      const { sandbox, process } = contract();
      const [first = assert.fail(), ...others] = await Promise.all(
        twice().map(async (scene) => ({ ...scene, kept: (await scene.resource.up(scene.news(1))).kept })),
      );
      await process.begin(sandbox);
      const headers = { "Retry-After": "1" };
      sandbox.faults.add({ route: first.kind.MAKE, when: "before", fault: { kind: "status", status: 429, headers } });
      const limited = first.resource.up(first.news(2), first.kept);
      const isLimited = () => sandbox.requests.some(({ status }) => status === 429);
      while (!isLimited()) await once(sandbox.events, "processed");
      const sent = sandbox.requests.length;
      const ended = await Promise.all([
        limited,
        ...others.map(({ resource, news, kept }) => resource.up(news(2), kept)),
      ]);
      for (const { error } of ended) assert.equal(error, undefined);
      const at = sandbox.requests.find(({ status }) => status === 429)?.at ?? assert.fail("one is limited");
      const later = sandbox.requests.slice(sent);
      assert.ok(later.length >= ended.length);
      for (const request of later) assert.ok(request.at - at >= 950, `${request.route} after ${request.at - at} ms`);
    });

    for (const kind of everyKind) {
      const { className } = kind.credential;
      const cell = PARTIAL["the answer with the new key is lost"] ?? assert.fail();

      if (cell.concerns(kind))
        it(`go on from what the other one has done when a call is repeated: ${className}`, async () => {
          const { scene: sceneOf, process, sandbox } = contract();
          const scene = sceneOf(kind);
          const copy = scene.elsewhere(process, 1);
          const kept = await scene.upDone(scene.news(1));
          const before = scene.made();
          failFromKeyOn(scene, cell);
          assert.ok((await scene.up(scene.news(2), kept)).error !== undefined);
          // The host may begin with the other copy here, at its first call.
          assert.ok((await copy.resource.repeat(copy.news(2), kept)).error !== undefined);
          assert.equal(scene.made() - before, 1);
          sandbox.faults.clear();
          const last = await scene.resource.repeat(scene.news(2), kept);
          await scene.finish(scene.news(2), last.kept);
          assert.equal(scene.made() - before, cell.keys(kind));
        });

      it(`are refused where two resources have one credential: ${className}`, async () => {
        const { subject, news } = contract().scene(kind);
        const inputs = news(1, subject.takeOver().inputs);
        const refusal = await host.refusalOfSecond(kind.credential, inputs);
        assert.match(refusal, new RegExp(`${className} "second" would rotate .*, which ${className} "first" rotates`));
        assert.ok(!refusal.includes(subject.takeOver().key));
      });
    }
  });
}
