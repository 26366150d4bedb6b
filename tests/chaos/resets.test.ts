/** The count of resets in a cycle: which numbers it objects to. */
import assert from "node:assert/strict";

import type { LoggedRequest } from "../../sandbox/requestLog";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { kinds } from "../support/kinds";
import { addEveryCredential, type ChaosCredential, hasGrace } from "./credentials";
import { type RunRequests, wrongResets } from "./resets";

for (const kind of kinds) {
  const { className, isReadable } = kind.credential;

  describe(`the count of resets in a cycle, ${className}`, () => {
    let sandbox: Sandbox;
    let all: ChaosCredential[];
    let one: ChaosCredential;

    beforeEach(async () => {
      sandbox = await startSandbox();
      all = addEveryCredential(sandbox);
      one = all.find((added) => added.kind === kind) ?? assert.fail();
    });
    afterEach(() => sandbox.stop());

    /** A run with a reset for each of these faults. */
    async function run(faults: readonly (string | undefined)[], more: Partial<RunRequests> = {}): Promise<RunRequests> {
      const requests: LoggedRequest[] = [];
      for (const fault of faults) {
        await fetch(`${sandbox.url}${kind.credential.paths.reset(one.credential.identity)}`, {
          method: "POST",
          headers: { Authorization: sandbox.adminKey, "Content-Type": "application/json" },
        });
        requests.push({ ...(sandbox.requests.at(-1) ?? assert.fail()), fault });
      }
      return { requests, killed: undefined, isHooked: false, ...more };
    }

    const wrong = (isDue: boolean, runs: readonly RunRequests[], leavesGrace = true) =>
      wrongResets(one, isDue, runs, { leavesGrace });

    it("is right for one reset, and for none where nothing was due", async () => {
      assert.deepEqual(wrong(true, [await run([]), await run([undefined])]), []);
      assert.deepEqual(wrong(false, [await run([])]), []);
    });

    it("objects to none at all, and to one that was not due", async () => {
      assert.equal(wrong(true, [await run([])]).length, 1);
      assert.equal(wrong(false, [await run([undefined])]).length, 1);
    });

    it("leaves the resets of others out", async () => {
      const runs = [await run([undefined])];
      for (const other of all.filter((added) => added !== one))
        assert.deepEqual(wrongResets(other, false, runs, { leavesGrace: true }), []);
    });

    it(`${isReadable ? "objects to" : "allows"} another one for an answer that was lost`, async () => {
      const inOneRun = wrong(true, [await run(["drop after", undefined])]);
      const inTwo = wrong(true, [await run(["drop after"]), await run([undefined])]);
      assert.deepEqual([inOneRun.length, inTwo.length], isReadable ? [2, 2] : [0, 0]);
    });

    it("objects to another one for an answer that was only slow or odd", async () => {
      assert.ok(wrong(true, [await run(["delay after", undefined])]).length > 0);
      assert.ok(wrong(true, [await run(["alter after"]), await run([undefined])]).length > 0);
    });

    it("allows another one for a kill", async () => {
      assert.deepEqual(wrong(true, [await run([undefined], { killed: "provider" }), await run([undefined])]), []);
      assert.ok(wrong(true, [await run([undefined], { killed: "cli" }), await run([undefined, undefined])]).length > 0);
    });

    it(`allows ${isReadable ? "one more" : "two more"} for one that came late`, async () => {
      assert.deepEqual(wrong(true, [await run(["hold before", undefined])]), []);
      const andNextRun = wrong(true, [await run(["hold before", undefined]), await run([undefined])]);
      const inNextRun = wrong(true, [await run(["hold before"]), await run([undefined])]);
      assert.deepEqual([andNextRun.length > 0, inNextRun.length > 0], [isReadable, isReadable]);
    });

    it("allows a run with hooks no other one during a grace, though its answers are lost", async () => {
      const hooked = { isHooked: true };
      const inOne = wrong(true, [await run(["drop after", "drop after"], hooked)]);
      const inTwo = wrong(true, [await run(["drop after"], hooked), await run([undefined])]);
      assert.deepEqual([inOne.length > 0, inTwo.length > 0], [hasGrace(kind) || isReadable, isReadable]);
      assert.deepEqual(wrong(true, [await run(["delay after"], hooked), await run([])]), []);
    });

    it(`${isReadable ? "objects to" : "allows"} one for each try of a run with hooks, while nothing is left to lose`, async () => {
      const lost = (count: number) => run(Array<string>(count).fill("drop after"), { isHooked: true });
      assert.equal(wrong(true, [await lost(150)], false).length > 0, isReadable);
      assert.ok(wrong(true, [await lost(151)], false).length > 0);
    });
  });
}
