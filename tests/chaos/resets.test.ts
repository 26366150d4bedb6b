/** The count of resets in a cycle: which numbers it objects to. */
import assert from "node:assert/strict";

import type { LoggedRequest } from "../../sandbox/requestLog";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { kinds } from "../support/kinds";
import { addEveryCredential, type ChaosCredential } from "./credentials";
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
    async function run(faults: readonly (string | undefined)[], killed?: string): Promise<RunRequests> {
      const requests: LoggedRequest[] = [];
      for (const fault of faults) {
        await fetch(`${sandbox.url}${kind.credential.paths.reset(one.credential.identity)}`, {
          method: "POST",
          headers: { Authorization: sandbox.adminKey, "Content-Type": "application/json" },
        });
        requests.push({ ...(sandbox.requests.at(-1) ?? assert.fail()), fault });
      }
      return { requests, killed };
    }

    it("is right for one reset, and for none where nothing was due", async () => {
      assert.deepEqual(wrongResets(one, true, [await run([]), await run([undefined])]), []);
      assert.deepEqual(wrongResets(one, false, [await run([])]), []);
    });

    it("objects to none at all, and to one that was not due", async () => {
      assert.equal(wrongResets(one, true, [await run([])]).length, 1);
      assert.equal(wrongResets(one, false, [await run([undefined])]).length, 1);
    });

    it("leaves the resets of others out", async () => {
      const runs = [await run([undefined])];
      for (const other of all.filter((added) => added !== one)) assert.deepEqual(wrongResets(other, false, runs), []);
    });

    it(`${isReadable ? "objects to" : "allows"} another one for an answer that was lost`, async () => {
      const inOneRun = wrongResets(one, true, [await run(["drop after", undefined])]);
      const inTwo = wrongResets(one, true, [await run(["drop after"]), await run([undefined])]);
      assert.deepEqual([inOneRun.length, inTwo.length], isReadable ? [2, 2] : [0, 0]);
    });

    it("objects to another one for an answer that was only slow or odd", async () => {
      assert.ok(wrongResets(one, true, [await run(["delay after", undefined])]).length > 0);
      assert.ok(wrongResets(one, true, [await run(["alter after"]), await run([undefined])]).length > 0);
    });

    it("allows another one for a kill", async () => {
      assert.deepEqual(wrongResets(one, true, [await run([undefined], "provider"), await run([undefined])]), []);
      assert.ok(wrongResets(one, true, [await run([undefined], "cli"), await run([undefined, undefined])]).length > 0);
    });

    it(`allows ${isReadable ? "one more" : "two more"} for one that came late`, async () => {
      assert.deepEqual(wrongResets(one, true, [await run(["hold before", undefined])]), []);
      const andNextRun = wrongResets(one, true, [await run(["hold before", undefined]), await run([undefined])]);
      const inNextRun = wrongResets(one, true, [await run(["hold before"]), await run([undefined])]);
      assert.deepEqual([andNextRun.length > 0, inNextRun.length > 0], [isReadable, isReadable]);
    });
  });
}
