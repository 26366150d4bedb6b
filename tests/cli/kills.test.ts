import assert from "node:assert/strict";
import { once } from "node:events";

import { descendants, killAll, type Process, providers } from "../../tools/stack/processTree";
import { createRotationStack, type RotationStack } from "../support/rotationStack";
import { RESET } from "../support/routes";

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

  const currentKey = () => rotation.sandbox.store.find(rotation.token.id)?.keys[0].value;
  const resets = () => rotation.sandbox.requests.filter(({ hasReset }) => hasReset).length;

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
    started = descendants(child.pid ?? 0);
    assert.ok(providers(started).length > 0, "the provider's process was found");
    return { child, ended, output: () => output };
  }

  async function prepare(method: string): Promise<void> {
    if (method === "create") return;
    assert.equal((await rotation.up()).status, 0);
    await rotation.set({ quarter: "2027-Q1" });
  }

  for (const method of ["create", "update"]) {
    for (const victim of ["provider", "cli", "both"]) {
      it(`by SIGKILL of ${victim} during ${method}: recovers by the README's procedure`, async () => {
        await prepare(method);
        const before = resets();
        const { child, ended } = await upToReset();
        if (victim !== "cli") killAll(providers(started));
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
        assert.equal((await rotation.stack.outputs())["token"], currentKey());
        assert.equal(resets(), before + 2, "one reset was lost with the process, and one made up for it");
        if (victim !== "provider" && method === "create") {
          assert.match(up.output, /pending operations/);
          const clear = ["refresh", "--yes", "--non-interactive", "--clear-pending-creates", "--skip-preview"];
          assert.equal((await rotation.stack.pulumi(...clear)).status, 0);
        }
        const again = await rotation.up("--expect-no-changes");
        assert.equal(again.status, 0, again.output);
        assert.doesNotMatch(again.output, /pending operations/);
      });
    }

    it(`by Ctrl-C during ${method}: saves the key`, async () => {
      await prepare(method);
      const { child, ended, output } = await upToReset();
      // A terminal sends it to every process of the run.
      for (const { id } of started) process.kill(id, "SIGINT");
      child.kill("SIGINT");
      await ended;
      const saved = (await rotation.exported()).resource;
      assert.equal(saved?.outputs["tokenLastFour"], currentKey()?.slice(-4), output());
      const before = resets();
      const up = await rotation.up();
      assert.equal(up.status, 0, up.output);
      assert.equal(resets(), before, "no second reset is needed");
      assert.equal((await rotation.stack.outputs())["token"], currentKey());
    });
  }
});
