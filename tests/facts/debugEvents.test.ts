/** What docs/facts/pulumi.md says of `pulumi up --json`: its events hold keys in plain text. */
import assert from "node:assert/strict";

import { createRotationStack } from "../support/rotationStack";

describe("pulumi up --json", function () {
  this.timeout(120_000);

  it("prints the new key in a debug event of the SDK", async () => {
    const rotation = await createRotationStack();
    try {
      const { status, standardOutput } = await rotation.up("--json");
      assert.equal(status, 0, standardOutput);
      const lines = standardOutput.split("\n").filter((line) => line.includes(rotation.currentKey() ?? "no key"));
      assert.ok(lines.length > 0);
      for (const line of lines) assert.match(line, /RegisterResource RPC finished/);
    } finally {
      await rotation.stop();
    }
  });
});
