import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import { startSandbox } from "../../sandbox/sandbox";

describe("the sandbox's file", () => {
  it("lets it go on with its tokens after a restart", async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "sandbox-"));
    const file = path.join(folder, "tokens.json");
    try {
      const first = await startSandbox({ file });
      const kept = first.createToken({ name: "kept" });
      await first.stop();
      const second = await startSandbox({ file });
      assert.equal(second.adminKey, first.adminKey);
      assert.equal(second.store.findByKey(kept.key, second.clock.now())?.name, "kept");
      await second.stop();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
