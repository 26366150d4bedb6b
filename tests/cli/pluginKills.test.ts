/** kill −9 of the plugin and of the engine while a rotation is under way: the next `up` ends with a working key. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

import type { LoggedRequest } from "../../sandbox/requestLog";
import { descendants, killAll, type Process } from "../../tools/stack/processTree";
import { createPluginStack, type PluginStack } from "../support/pluginStack";
import { RESET, WHO } from "../support/routes";
import { isThorough } from "../support/thorough";

interface Phase {
  readonly route: string;
  readonly skip: number;
  /** The most resets that the rotation takes. */
  readonly resets: number;
  /** Whether it is the one that costs a key. The others run every night. */
  readonly isTelling?: boolean;
}

/** When a process is killed: at the first of these requests, before its answer leaves. */
const PHASES: Readonly<Record<string, Phase>> = {
  "before the reset": { route: WHO, skip: 0, resets: 1 },
  // Nobody has got the key of the first one.
  "between the reset and its answer": { route: RESET, skip: 0, resets: 2, isTelling: true },
  "between the reset and the proof of its key": { route: WHO, skip: 1, resets: 2 },
};

const TIMES = isThorough ? 20 : 1;

describe("pulumi, with a plugin or an engine that is killed", function () {
  this.timeout(isThorough ? 3_600_000 : 240_000);
  let stack: PluginStack;
  let tokenId: string;
  let started: Process[];
  let quarter = 0;
  before(async () => {
    stack = await createPluginStack();
    tokenId = stack.sandbox.createToken({ name: "ci", role: "writer" }).id;
    declare();
    assert.equal((await stack.up()).status, 0);
  });
  beforeEach(() => {
    started = [];
  });
  afterEach(() => {
    killAll(started);
  });
  after(() => stack.stop());

  function declare() {
    const inputs = { tokenId, triggers: { quarter: ++quarter }, oldKeyExpiry: "24h" };
    stack.declare({ className: "AccessTokenRotation", name: "ci", inputs, exports: ["token"] });
  }
  const plugins = (all: readonly Process[]) => all.filter(({ command }) => command.includes("plugin.cjs"));
  const resets = () => stack.sandbox.requests.filter(({ hasReset }) => hasReset).length;

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
    child.stdout.resume();
    child.stderr.resume();
    const ended = once(child, "exit");
    await held;
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

  for (const victim of ["the plugin", "the engine"]) {
    for (const [when, phase] of Object.entries(PHASES).filter(([, { isTelling }]) => isTelling || isThorough)) {
      it(`goes on after a kill of ${victim} ${when}`, async () => {
        for (let times = 1; times <= TIMES; times++) {
          declare();
          const before = resets();
          await upToKill(victim, phase);
          if (victim === "the engine") assert.equal((await stack.pulumi("cancel", "--yes")).status, 0);
          const up = await stack.up();
          assert.equal(up.status, 0, up.output);
          const { "ci.token": key } = await stack.stack.outputs();
          assert.equal(key, stack.sandbox.store.find(tokenId)?.keys[0].value);
          assert.ok(resets() - before <= phase.resets, `${resets() - before} resets`);
          assert.equal((await stack.up("--expect-no-changes")).status, 0);
        }
      });
    }
  }

  it("leaves no plugin behind", async () => {
    declare();
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
