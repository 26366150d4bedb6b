/** Resources of two classes that own their credential, with one name in one stack and one run: each has its own records. */
import assert from "node:assert/strict";

import { processHost } from "../../../provider/hosts/dynamic/processHost";
import { plainProvider, type Provider } from "../../../provider/hosts/dynamic/provider";
import { lifecycleOf } from "../../../provider/lifecycle/lifecycleOf";
import { type Sandbox, startSandbox } from "../../../sandbox/sandbox";
import { hostAt, stored } from "../../support/inProcessProvider";
import { ownerOf } from "../../support/kindProvider";
import { type OwnedKind, ownedKinds, type Subject } from "../../support/kinds";
import type { Properties } from "../../support/providerProcess";

const HOUR = 3_600_000;

interface Neighbour {
  readonly kind: OwnedKind;
  readonly subject: Subject;
  readonly grace: string;
}

const pairs = ownedKinds.flatMap((one) => ownedKinds.filter((other) => other !== one).map((other) => [one, other]));

for (const [one, other] of pairs as [OwnedKind, OwnedKind][]) {
  const names = [one, other].map(({ credential }) => credential.className);

  describe(`a ${names.join(" and a ")} of one name`, () => {
    let sandbox: Sandbox;
    let neighbours: [Neighbour, Neighbour];
    let shown: string[];
    beforeEach(async () => {
      sandbox = await startSandbox();
      sandbox.clock.hold();
      shown = [];
      neighbours = [
        { kind: one, subject: one.add(sandbox, "one"), grace: "2h" },
        { kind: other, subject: other.add(sandbox, "other"), grace: "5h" },
      ];
    });
    afterEach(() => sandbox.stop());

    /** A provider of each class, in one run. */
    async function run(): Promise<Map<Neighbour, Provider>> {
      const host = { ...processHost, ...hostAt(sandbox, shown), isEngineGone: () => Promise.resolve(false) };
      const settings: Record<string, string> = {
        "launchdarkly:apiHost": sandbox.url,
        "launchdarkly:accessToken": sandbox.adminKey,
      };
      const all = new Map(
        neighbours.map((neighbour) => [neighbour, plainProvider(host, lifecycleOf(neighbour.kind.credential))]),
      );
      for (const provider of all.values()) {
        await provider.configure({ config: { get: (key: string) => settings[key] } as never });
      }
      return all;
    }
    const news = ({ kind, subject, grace }: Neighbour, more: Properties = {}): Properties => {
      const owner = ownerOf(kind.credential.className);
      return { ...subject.inputs, owner, oldKeyExpiry: grace, triggers: { a: 1 }, ...more };
    };
    async function made(): Promise<Properties[]> {
      const all = await run();
      const states: Properties[] = [];
      for (const [neighbour, { check, create }] of all) {
        await check({}, news(neighbour));
        states.push(stored((await create(news(neighbour))).outs));
      }
      return states;
    }
    const keyOf = ({ kind }: Neighbour, state: Properties | undefined) => state?.[kind.credential.outputs.key];

    it("deletes the keys of the one that goes, and leaves those of the one that stays", async () => {
      const [stays, goes] = neighbours;
      const states = await made();
      const all = await run();
      const staying = all.get(stays) ?? assert.fail();
      await staying.check(news(stays), news(stays));
      await staying.diff("", states[0] ?? {}, news(stays));
      await all.get(goes)?.delete("", states[1] ?? {});
      assert.deepEqual(goes.subject.marked(), []);
      assert.ok(stays.subject.accepts(keyOf(stays, states[0])));
    });

    it("gives the old key of the one that is replaced its own grace, and hands it on to its own successor", async () => {
      const [stays, replaced] = neighbours;
      const states = await made();
      sandbox.clock.move(HOUR);
      const all = await run();
      const edited = news(replaced, { triggers: { a: 2 } });
      const staying = all.get(stays) ?? assert.fail();
      await staying.check(news(stays), news(stays));
      await staying.diff("", states[0] ?? {}, news(stays));
      const replacing = all.get(replaced) ?? assert.fail();
      await replacing.check({}, edited);
      const state = stored((await replacing.create(edited)).outs);
      await replacing.delete("", states[1] ?? {});

      const next = (await run()).get(replaced) ?? assert.fail();
      await next.check(edited, edited);
      await next.diff("", state, edited);
      const after = stored((await next.update("", state, edited)).outs);
      const { previous, id } = replaced.kind.credential.outputs;
      assert.deepEqual(
        (after[previous] as { id: string }[]).map((record) => record.id),
        [states[1]?.[id]],
      );
      sandbox.clock.move(4 * HOUR);
      assert.ok(replaced.subject.accepts(keyOf(replaced, states[1])), "5 hours, and not the 2 of the other one");
      sandbox.clock.move(HOUR);
      assert.ok(!replaced.subject.accepts(keyOf(replaced, states[1])));
    });
  });
}
