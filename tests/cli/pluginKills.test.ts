/** kill −9 of the plugin and of the engine while a rotation is under way: the next `up` ends with a working key. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

import type { LoggedRequest } from "../../sandbox/requestLog";
import { descendants, killAll, type Process } from "../../tools/stack/processTree";
import { CREATE, LIST, PATCH } from "../support/ownedProvider";
import { createPluginStack, type PluginStack } from "../support/pluginStack";
import type { Properties } from "../support/providerProcess";
import { RESET, WHO } from "../support/routes";
import { isThorough } from "../support/thorough";

/** A process is killed at the first of these requests, before its answer leaves. */
interface Phase {
  readonly route: string;
  readonly skip: number;
  /** The most keys that the rotation makes. */
  readonly keys: number;
  /** Whether it is the one that costs a key. The others run every night. */
  readonly isTelling?: boolean;
}

interface Subject {
  readonly className: string;
  readonly name: string;
  readonly phases: Readonly<Record<string, Phase>>;
}

/** One of each strategy. Nobody has got the key of a reset, or of a creation, whose answer was on its way. */
const SUBJECTS: readonly Subject[] = [
  {
    className: "AccessTokenRotation",
    name: "ci",
    phases: {
      "before the reset": { route: WHO, skip: 0, keys: 1 },
      "between the reset and its answer": { route: RESET, skip: 0, keys: 2, isTelling: true },
      "between the reset and the proof of its key": { route: WHO, skip: 1, keys: 2 },
    },
  },
  {
    className: "RotatingAccessToken",
    name: "own",
    phases: {
      "before the creation": { route: LIST, skip: 0, keys: 1 },
      "between the creation and its answer": { route: CREATE, skip: 0, keys: 2 },
      "between the creation and the proof of its key": { route: WHO, skip: 1, keys: 2 },
      "between the proof and the end of the key before": { route: PATCH, skip: 0, keys: 2 },
    },
  },
];

const TIMES = isThorough ? 20 : 1;

describe("pulumi, with a plugin or an engine that is killed", function () {
  this.timeout(isThorough ? 3_600_000 : 240_000);
  let stack: PluginStack;
  let tokenId: string;
  let started: Process[];
  const quarters = new Map<string, number>();
  before(async () => {
    stack = await createPluginStack();
    tokenId = stack.sandbox.createToken({ name: "ci", role: "writer" }).id;
    for (const { name } of SUBJECTS) declare(name);
    assert.equal((await stack.up()).status, 0);
  });
  beforeEach(() => {
    started = [];
  });
  afterEach(() => {
    killAll(started);
  });
  after(() => stack.stop());

  /** Gives a resource another trigger. */
  function declare(name: string) {
    quarters.set(name, (quarters.get(name) ?? 0) + 1);
    const inputs = (of: string) => ({ triggers: { quarter: quarters.get(of) ?? 0 }, oldKeyExpiry: "24h" });
    stack.declare(
      { className: "AccessTokenRotation", name: "ci", inputs: { tokenId, ...inputs("ci") }, exports: ["token"] },
      {
        className: "RotatingAccessToken",
        name: "own",
        inputs: { name: "nightly", ...inputs("own") },
        exports: ["token", "tokenId", "previousTokens"],
      },
    );
  }
  const plugins = (all: readonly Process[]) => all.filter(({ command }) => command.includes("plugin.cjs"));
  const keys = () => stack.sandbox.requests.filter(({ hasReset, route }) => hasReset || route === CREATE).length;

  /** What the stack exports works, and no token is forgotten. */
  function assertSound(outputs: Properties) {
    const { store, clock } = stack.sandbox;
    assert.equal(outputs["ci.token"], store.find(tokenId)?.keys[0].value);
    assert.equal(store.findByKey(String(outputs["own.token"]), clock.now())?.id, outputs["own.tokenId"]);
    const known = (outputs["own.previousTokens"] as { id: string }[]).map(({ id }) => id);
    const owned = store.all().filter(({ name }) => name === "nightly");
    assert.deepEqual(owned.map(({ id }) => id).sort(), [outputs["own.tokenId"], ...known].sort());
  }

  /** Starts an `up`, and kills the victim when the request of the phase is under way. */
  async function upToKill(victim: string, { route, skip }: { readonly route: string; readonly skip: number }) {
    const { sandbox } = stack;
    let release: () => void = () => undefined;
    const until = new Promise<void>((resolve) => (release = resolve));
    sandbox.faults.add({ route, when: "after", skip, fault: { kind: "hold", until } });
    const held = new Promise<void>((resolve) => {
      const onProcessed = (request: LoggedRequest) => {
        if (request.fault === undefined) return;
        sandbox.events.off("processed", onProcessed);
        resolve();
      };
      sandbox.events.on("processed", onProcessed);
    });
    const child = stack.stack.start("up", "--yes", "--non-interactive", "--skip-preview");
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
    const ended = once(child, "exit");
    // An up that comes to no such request would be waited for in vain.
    await Promise.race([held, ended.then(() => assert.fail(output))]);
    const all = descendants(child.pid ?? 0);
    started.push(...all);
    assert.equal(plugins(all).length, 1, "the plugin's process was found");
    if (victim === "the plugin") killAll(plugins(all));
    else child.kill("SIGKILL");
    await ended;
    release();
    await sandbox.idle();
    sandbox.faults.clear();
    return plugins(all);
  }

  const cases = SUBJECTS.flatMap(({ className, name, phases }) =>
    Object.entries(phases).map(([when, phase]) => ({ className, name, when, phase })),
  );
  for (const { className, name, when, phase } of cases.filter((one) => one.phase.isTelling ?? isThorough)) {
    for (const victim of ["the plugin", "the engine"]) {
      it(`goes on after a kill of ${victim} ${when}: ${className}`, async () => {
        for (let times = 1; times <= TIMES; times++) {
          const held = (await stack.stack.outputs())[`${name}.token`];
          declare(name);
          const before = keys();
          await upToKill(victim, phase);
          if (victim === "the engine") assert.equal((await stack.pulumi("cancel", "--yes")).status, 0);
          const up = await stack.up();
          assert.equal(up.status, 0, up.output);
          const outputs = await stack.stack.outputs();
          assert.notEqual(outputs[`${name}.token`], held);
          assertSound(outputs);
          assert.ok(keys() - before <= phase.keys, `${keys() - before} keys`);
          assert.equal((await stack.up("--expect-no-changes")).status, 0);
        }
      });
    }
  }

  it("leaves no plugin behind", async () => {
    declare("ci");
    const [plugin = assert.fail()] = await upToKill("the engine", { route: WHO, skip: 0 });
    const isThere = () => {
      try {
        return process.kill(plugin.id, 0);
      } catch {
        return false;
      }
    };
    const begun = performance.now();
    while (isThere()) {
      assert.ok(performance.now() - begun < 30_000, "it is still there");
      await sleep(100);
    }
    await stack.pulumi("cancel", "--yes");
  });
});
