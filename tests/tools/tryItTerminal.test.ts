/** npm run try-it at a terminal: interrupts, and the key that is typed. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { PassThrough } from "node:stream";

import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { repository } from "../../tools/stack/workspace";
import { askHidden } from "../../tools/tryIt/terminal";

const MAIN = "tools/tryIt/main.ts";
const RESET = "POST /api/v2/tokens/:id/reset";

describe("npm run try-it at a terminal", () => {
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.stop());

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`deletes its tokens when ${signal} comes while it waits`, async () => {
      let printed = "";
      const child = spawn(
        process.execPath,
        ["-r", "ts-node/register/transpile-only", MAIN, "--host", sandbox.url, "--yes"],
        {
          cwd: repository,
          env: { ...process.env, LAUNCHDARKLY_ACCESS_TOKEN: sandbox.adminKey },
          stdio: ["ignore", "pipe", "pipe"],
        },
      );
      for (const stream of [child.stdout, child.stderr]) {
        stream.on("data", (chunk: Buffer) => {
          printed += chunk.toString();
        });
      }
      sandbox.events.on("processed", () => {
        const resets = sandbox.requests.filter(({ route }) => route === RESET);
        // The wait for the end of the grace comes next.
        if (resets.length === 2) child.kill(signal);
      });
      const [status] = (await once(child, "close")) as [number | null];
      assert.match(printed, /Nothing is left behind/);
      assert.deepEqual(
        sandbox.store.all().filter(({ id }) => id !== sandbox.adminId),
        [],
      );
      assert.doesNotMatch(printed, /\b(?:api|sdk|mob)-[\w-]{5,}/, "no key is shown");
      assert.equal(status, 130);
    });
  }

  it("does not show the key that is typed", async () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const asked = askHidden("Key: ", { input, output, interrupted: new AbortController().signal }, () => undefined);
    input.write("not-to-be-seen\n");
    assert.equal(await asked, "not-to-be-seen");
    assert.equal(String(output.read()), "Key: \n");
  });
});
