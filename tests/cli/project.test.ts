/** The project in the root, and what its state holds. */
import assert from "node:assert/strict";
import { cpSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";

import { GOLDEN_STUB } from "../support/goldenStubs";
import { createRotationStack, TYPE } from "../support/rotationStack";
import { repository } from "../../tools/stack/workspace";

describe("the project in the root of the repository", function () {
  this.timeout(240_000);

  it("runs the quickstart, whose state holds the stub and the fixed type", async () => {
    const rotation = await createRotationStack();
    try {
      const { folder } = rotation.workspace;
      cpSync(path.join(repository, "Pulumi.yaml"), path.join(folder, "Pulumi.yaml"));
      symlinkSync(path.join(repository, "examples"), path.join(folder, "examples"), "junction");
      const up = await rotation.up();
      assert.equal(up.status, 0, up.output);
      const { resource } = await rotation.exported();
      assert.equal(resource?.type, TYPE);
      assert.equal(resource.outputs["__provider"], readFileSync(GOLDEN_STUB, "utf8"));
      assert.equal(resource.inputs["__provider"], readFileSync(GOLDEN_STUB, "utf8"));
    } finally {
      await rotation.stop();
    }
  });
});
