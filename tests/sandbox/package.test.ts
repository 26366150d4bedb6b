/** The package that the sandbox is published as. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

import { repository } from "../../tools/stack/workspace";
import { npm, packSandbox, type PackedSandbox } from "../support/packedSandbox";

describe("the sandbox's package", function () {
  this.timeout(180_000);
  let packed: PackedSandbox;

  before(() => {
    packed = packSandbox();
  });
  after(() => {
    packed.remove();
  });

  it("starts from an empty folder, with what its manifest names and nothing else, and resets a token", async () => {
    const sandbox = await packed.start();
    try {
      const address = `${sandbox.url}/api/v2/tokens/${sandbox.tokenId}/reset`;
      const reset = await fetch(address, { method: "POST", headers: { Authorization: sandbox.adminKey } });
      assert.equal(reset.status, 200);
      const { token } = (await reset.json()) as { token: string };
      const identity = await fetch(`${sandbox.url}/api/v2/caller-identity`, { headers: { Authorization: token } });
      assert.equal(((await identity.json()) as { tokenId: string }).tokenId, sandbox.tokenId);
    } finally {
      assert.equal(await sandbox.stop(), 0);
    }
  });

  it("holds the compiled files, the licence, the README and the change log, and not what holds it to the description", () => {
    const others = packed.files.filter((file) => !/^dist\/(?:endpoints\/)?\w+\.js$/.test(file)).sort();
    assert.deepEqual(others, ["CHANGELOG.md", "LICENSE", "README.md", "package.json"]);
  });

  it("has the licence of the repository", () => {
    const [licence, ofSandbox] = ["LICENSE", "sandbox/LICENSE"].map((file) =>
      readFileSync(path.join(repository, file), "utf8"),
    );
    assert.equal(ofSandbox, licence);
  });

  it("wants the Node.js that the main package wants", () => {
    const [main, own] = ["package.json", "sandbox/package.json"].map(
      (file) => JSON.parse(readFileSync(path.join(repository, file), "utf8")) as { engines: unknown },
    );
    assert.deepEqual(own?.engines, main?.engines);
  });

  it("is no part of the main package, and needs nothing of it", () => {
    const words = ["pack", "--dry-run", "--json", "--ignore-scripts"];
    const [main] = JSON.parse(npm(repository, ...words)) as [{ files: { path: string }[] }];
    assert.deepEqual(
      main.files.filter(({ path }) => /sandbox/.test(path)),
      [],
    );
    const manifest = JSON.parse(readFileSync(path.join(repository, "package.json"), "utf8")) as {
      dependencies?: Readonly<Record<string, string>>;
    };
    for (const name of ["express", "fast-json-patch"]) {
      assert.ok(name in packed.manifest.dependencies, name);
      assert.ok(!(name in (manifest.dependencies ?? {})), name);
    }
  });
});
