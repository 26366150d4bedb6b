/** The schema of the plugin, as Pulumi's CLI reads it to make SDKs. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import { committed } from "../../tools/plugin/committed";

describe("the plugin's schema", function () {
  this.timeout(60_000);
  let home: string;
  before(() => {
    home = mkdtempSync(path.join(os.tmpdir(), "schema-"));
  });
  after(() => {
    rmSync(home, { recursive: true, force: true });
  });

  const check = (file: string) =>
    spawnSync("pulumi", ["schema", "check", file], {
      encoding: "utf8",
      env: {
        ...process.env,
        PULUMI_HOME: home,
        PULUMI_BACKEND_URL: `file://${home}`,
        PULUMI_SKIP_UPDATE_CHECK: "true",
      },
    });

  it("is what Pulumi's own check accepts, without a word", () => {
    const { status, stdout, stderr } = check(committed);
    assert.deepEqual([status, stdout + stderr], [0, ""]);
  });

  it("would be refused with a type that is nowhere", () => {
    const broken = path.join(home, "schema.json");
    writeFileSync(broken, readFileSync(committed, "utf8").replace("#/types/", "#/types/no-such-"));
    const { status, stderr } = check(broken);
    assert.notEqual(status, 0);
    assert.match(stderr, /schema validation failed/);
  });
});
