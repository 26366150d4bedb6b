/** What the package exports, and what it publishes. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";

import { repository } from "../../tools/stack/workspace";

describe("the package", () => {
  it("gives programs the resource and the look-up, and states the provider's methods", () => {
    const script = `
      const names = (id) => Object.keys(require(id)).sort();
      console.log(JSON.stringify([names("pulumi-launchdarkly-rotation"), names("pulumi-launchdarkly-rotation/provider"), names("pulumi-launchdarkly-rotation/providers")]));
      try { require("pulumi-launchdarkly-rotation/dist/client/client.js") } catch (error) { console.log(error.code) }`;
    const [names, hidden] = execFileSync(process.execPath, ["-e", script], {
      cwd: `${repository}/examples`,
      encoding: "utf8",
    })
      .trim()
      .split("\n");
    assert.deepEqual(JSON.parse(names ?? ""), [
      [
        "AccessTokenRotation",
        "MobileKeyRotation",
        "RelayProxyKeyRotation",
        "RotatingAccessToken",
        "RotatingMobileKey",
        "RotatingSdkKey",
        "SdkKeyRotation",
        "findAccessToken",
        "findAccessTokenOutput",
      ],
      ["check", "configure", "create", "delete", "diff", "read", "update"],
      ["providerOf"],
    ]);
    assert.equal(hidden, "ERR_PACKAGE_PATH_NOT_EXPORTED");
  });

  it("publishes the compiled files, their types with the sources, and the licences, and nothing else", () => {
    const words = ["pack", "--dry-run", "--json", "--ignore-scripts"];
    const [packed] = JSON.parse(
      execFileSync("npm", words, { cwd: repository, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
    ) as [{ files: { path: string }[] }];
    const paths = packed.files.map(({ path }) => path);
    for (const path of [
      "LICENSE",
      "README.md",
      "package.json",
      "dist/index.js",
      "dist/index.d.ts",
      "dist/provider.js",
      "dist/providers.js",
      "dist/bundle.js",
      "dist/third-party-licences.txt",
    ]) {
      assert.ok(paths.includes(path), path);
    }
    assert.deepEqual(
      paths.filter(
        (path) =>
          !/^(?:dist\/(?:.*\.(?:js|d\.ts|d\.ts\.map)|src\/.*\.ts|third-party-licences\.txt|plugin\/[\w.-]+)|CHANGELOG\.md|LICENSE|README\.md|package\.json)$/.test(
            path,
          ),
      ),
      [],
    );
  });
});
