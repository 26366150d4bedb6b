/** Signals and kills between the reset and its answer, of the CLI and of the provider's process. */
import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

import { descendants, killAll, type Process, providers } from "../../tools/stack/processTree";
import { createRotationStack, type RotationStack } from "../support/rotationStack";
import { RESET } from "../support/routes";
import { isThorough } from "../support/thorough";

describe("pulumi, interrupted between the reset and its answer", function () {
  this.timeout(240_000);
  let rotation: RotationStack;
  let started: Process[];

  beforeEach(async () => {
    rotation = await createRotationStack();
    started = [];
  });
  afterEach(async () => {
    // What a killed CLI left behind.
    killAll(started);
    await rotation.stop();
  });

  /** Starts `pulumi up` and resolves when the token is reset, before the answer is sent. */
  async function upToReset() {
    rotation.sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "delay", milliseconds: 1_500 } });
    const child = rotation.stack.start("up", "--yes", "--non-interactive", "--skip-preview");
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
    }
    const ended = once(child, "exit");
    await once(rotation.sandbox.events, "reset");
    const all = descendants(child.pid ?? 0);
    started.push(...all);
    assert.ok(providers(all).length > 0, "the provider's process was found");
    return { child, ended, all, output: () => output };
  }

  // Both at once leave what the CLI alone leaves, without the orphan that ends by itself; and a provider that is killed
  // costs a key in killTable.ts, and in ownedAccessToken.ts: every night.
  for (const victim of ["cli", ...(isThorough ? ["provider", "both"] : [])]) {
    /** Kills the victim, follows the README's procedure, and returns what the `up` that succeeded printed. */
    async function recoverFromKill(): Promise<string> {
      const before = rotation.resets();
      const { child, ended, all } = await upToReset();
      if (victim !== "cli") killAll(providers(all));
      if (victim !== "provider") child.kill("SIGKILL");
      await ended;
      await rotation.sandbox.idle();

      let up = await rotation.up();
      if (victim !== "provider") {
        assert.match(up.output, /the stack is currently locked.*pulumi cancel/s);
        assert.equal((await rotation.stack.pulumi("cancel", "--yes")).status, 0);
        up = await rotation.up();
      }
      assert.equal(up.status, 0, up.output);
      assert.equal((await rotation.stack.outputs())["token"], rotation.currentKey());
      assert.equal(rotation.resets(), before + 2, "one reset was lost with the process, and one made up for it");
      return up.output;
    }

    it(`by SIGKILL of ${victim}, during create and during update: recovers by the README's procedure`, async () => {
      const created = await recoverFromKill();
      if (victim !== "provider") {
        assert.match(created, /pending operations/);
        const clear = ["refresh", "--yes", "--non-interactive", "--clear-pending-creates", "--skip-preview"];
        assert.equal((await rotation.stack.pulumi(...clear)).status, 0);
      }
      await rotation.set({ quarter: "2027-Q1" });
      await recoverFromKill();
      const again = await rotation.up("--expect-no-changes");
      assert.equal(again.status, 0, again.output);
      assert.doesNotMatch(again.output, /pending operations/);
    });
  }

  const interrupts = {
    // A terminal sends it to every process of the run.
    "Ctrl-C": (all: Process[], child: ChildProcess) => {
      for (const { id } of all) process.kill(id, "SIGINT");
      child.kill("SIGINT");
    },
    "SIGTERM of the provider": (all: Process[]) => {
      for (const { id } of providers(all)) process.kill(id, "SIGTERM");
    },
  };
  for (const [what, interrupt] of Object.entries(interrupts)) {
    it(`by ${what}, during create and during update: saves the key`, async () => {
      for (const quarter of ["2026-Q4", "2027-Q1"]) {
        await rotation.set({ quarter });
        const { child, ended, all, output } = await upToReset();
        interrupt(all, child);
        await ended;
        const saved = (await rotation.exported()).resource;
        assert.equal(saved?.outputs["tokenLastFour"], rotation.currentKey()?.slice(-4), output());
        const before = rotation.resets();
        const up = await rotation.up();
        assert.equal(up.status, 0, up.output);
        assert.equal(rotation.resets(), before, "no second reset is needed");
        assert.equal((await rotation.stack.outputs())["token"], rotation.currentKey());
      }
    });
  }
});
