/** An interrupt in each call of a host: rows of tests/hosts/contract.ts. All classes at once, for it ends the process. */
import assert from "node:assert/strict";

import type { LoggedRequest } from "../../sandbox/requestLog";
import type { Sandbox } from "../../sandbox/sandbox";
import type { AnyKind } from "../support/kinds";
import { WHO } from "../support/routes";
import { assertSilent, type Contract, type Scene } from "./contractScene";
import type { HostUnderTest, Kept } from "./hostUnderTest";

interface Interrupted {
  /** The route of the request that is under way when the interrupt comes; undefined for one that all have in common. */
  readonly route: (kind: AnyKind) => string | undefined;
  /** The rotation that the program asks for. */
  readonly number: 1 | 2;
  /** Whether the resource is in the stack before. */
  readonly isThere: boolean;
  /** Whether it only reads: then it may be cut short. */
  readonly onlyReads: boolean;
  /** @returns what the engine keeps */
  readonly call: (scene: Scene, kept: Kept | undefined) => Promise<Kept | undefined>;
}

const CALLS: Readonly<Record<string, Interrupted>> = {
  "the preview of a rotation": {
    route: () => undefined,
    number: 1,
    isThere: true,
    onlyReads: true,
    async call({ resource, news }, kept) {
      await resource.preview(news(2), kept);
      return kept;
    },
  },
  create: {
    route: ({ beginsWithKey, MAKE, LOOK }) => (beginsWithKey ? MAKE : LOOK),
    number: 1,
    isThere: false,
    onlyReads: false,
    call: async ({ resource, news }) => (await resource.up(news(1))).kept,
  },
  update: {
    route: ({ MAKE }) => MAKE,
    number: 2,
    isThere: true,
    onlyReads: false,
    call: async ({ resource, news }, kept) => (await resource.up(news(2), kept)).kept,
  },
  refresh: {
    route: ({ LOOK }) => LOOK,
    number: 1,
    isThere: true,
    onlyReads: true,
    call: async ({ resource }, kept = assert.fail()) => (await resource.refresh(kept)).kept,
  },
};

/** Holds the answers of routes back, each as often as it is named. */
function heldBack({ faults, events }: Sandbox, routes: readonly string[]) {
  let release: () => void = () => undefined;
  const until = new Promise<void>((resolve) => (release = resolve));
  for (const route of new Set(routes)) {
    faults.add({ route, when: "after", times: Infinity, fault: { kind: "hold", until } });
  }
  const arrived = new Promise<void>((resolve) => {
    let left = routes.length;
    events.on("processed", ({ route }: LoggedRequest) => {
      if (routes.includes(route) && --left === 0) resolve();
    });
  });
  return { arrived, release };
}

export function holdInterrupts(host: HostUnderTest, contract: () => Contract): void {
  /** Begins a call for each scene in a process of their own, interrupts them all, and waits for the end of the process. */
  async function interrupt<Result>(
    scenes: readonly Scene[],
    routes: readonly string[],
    call: (scene: Scene, index: number) => Promise<Result>,
  ): Promise<Result[]> {
    const { sandbox } = contract();
    const process = await host.start();
    try {
      await process.begin(sandbox);
      const { arrived, release } = heldBack(sandbox, routes);
      const calls = Promise.all(scenes.map((scene, index) => call(scene.elsewhere(process), index)));
      await Promise.race([arrived, calls]);
      process.interrupt();
      release();
      const results = await calls;
      await process.ended();
      assertSilent(process, sandbox);
      sandbox.faults.clear();
      return results;
    } finally {
      await process.stop();
    }
  }

  describe("an interrupt of every class at once", () => {
    for (const [name, { route, number, isThere, onlyReads, call }] of Object.entries(CALLS)) {
      it(`in ${name} loses no key, and makes none for nothing`, async () => {
        const scenes = contract().everyScene();
        const before: { readonly kept: Kept | undefined; readonly made: number }[] = [];
        for (const scene of scenes) {
          before.push({ kept: isThere ? await scene.upDone(scene.news(1)) : undefined, made: scene.made() });
        }
        const own = scenes.flatMap(({ kind }) => route(kind) ?? []);
        const routes = own.length > 0 ? own : [WHO];
        const kept = await interrupt(scenes, routes, (scene, index) =>
          call(scene, before[index]?.kept).catch((error: unknown) => {
            assert.ok(onlyReads, String(error));
            return before[index]?.kept;
          }),
        );
        for (const [index, { kind, subject, keyIn, finish, made, news }] of scenes.entries()) {
          const { className } = kind.credential;
          assert.ok(subject.accepts(keyIn(kept[index])), `${className}: the state has a key that works`);
          await finish(news(number), kept[index]);
          const isMade = !onlyReads && (isThere || kind.beginsWithKey);
          assert.equal(made() - (before[index]?.made ?? 0), isMade ? 1 : 0, className);
        }
      });
    }

    it("in delete leaves nothing that the next destroy does not find", async () => {
      const { process, sandbox, everyScene } = contract();
      const scenes = everyScene();
      const kept: Kept[] = [];
      for (const scene of scenes) kept.push(await scene.upDone(scene.news(1)));
      const routes = scenes.flatMap(({ kind }) => kind.DELETE ?? []);
      const isGone = await interrupt(scenes, routes, ({ resource }, index) =>
        resource.destroy(kept[index] ?? assert.fail()).then(
          () => true,
          () => false,
        ),
      );
      await process.begin(sandbox);
      for (const [index, { kind, resource, subject, keyIn }] of scenes.entries()) {
        const one = kept[index] ?? assert.fail();
        if (isGone[index] !== true) await resource.destroy(one);
        assert.equal(subject.accepts(keyIn(one)), kind.DELETE === undefined, kind.credential.className);
      }
    });
  });
}
