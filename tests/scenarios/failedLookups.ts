/** Look-ups by name that fail, in every kind of program. */
import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import { createRotationStack, type RotationStack } from "../support/rotationStack";

const COMMONJS = { name: "quickstart", main: "index.ts" };
const MODULE = { name: "quickstart", main: "index.mjs", type: "module" };
const IMPORT =
  'import { AccessTokenRotation, findAccessToken, findAccessTokenOutput } from "pulumi-launchdarkly-rotation";';
/** Node finds no named exports of CommonJS in an ES module's import where they are made by a getter. */
const IMPORT_ALL =
  'import rotation from "pulumi-launchdarkly-rotation"; const { AccessTokenRotation, findAccessToken, findAccessTokenOutput } = rotation;';

/** Every way to write a program that looks a token up, each for a token that is not there. */
const programs: readonly [kind: string, manifest: object, program: string][] = [
  [
    "a promise as an input",
    COMMONJS,
    `${IMPORT} new AccessTokenRotation("ci", { tokenId: findAccessToken({ name: "gone" }).then(({ id }) => id) });`,
  ],
  [
    "an output as an input",
    COMMONJS,
    `${IMPORT} new AccessTokenRotation("ci", { tokenId: findAccessTokenOutput({ name: "gone" }).id });`,
  ],
  [
    "an async main function",
    COMMONJS,
    `${IMPORT} export = async () => { const { id } = await findAccessToken({ name: "gone" }); new AccessTokenRotation("ci", { tokenId: id }); };`,
  ],
  ["nobody who waits", COMMONJS, `${IMPORT} void findAccessToken({ name: "gone" });`],
  ["an export", COMMONJS, `${IMPORT} export const id = findAccessTokenOutput({ name: "gone" }).id;`],
  [
    "top-level await",
    MODULE,
    `${IMPORT_ALL} const { id } = await findAccessToken({ name: "gone" }); new AccessTokenRotation("ci", { tokenId: id });`,
  ],
  [
    "an output in an ES module",
    MODULE,
    `${IMPORT_ALL} new AccessTokenRotation("ci", { tokenId: findAccessTokenOutput({ name: "gone" }).id });`,
  ],
];

describe("a look-up that fails", function () {
  this.timeout(300_000);
  let rotation: RotationStack;

  before(async () => {
    rotation = await createRotationStack({ isTypeScript: true });
  });
  after(() => rotation.stop());

  it("is one diagnostic without a stack trace, in every kind of program", async () => {
    const { folder } = rotation.workspace;
    for (const [kind, manifest, program] of programs) {
      rmSync(path.join(folder, "index.ts"), { force: true });
      writeFileSync(path.join(folder, "package.json"), JSON.stringify(manifest));
      writeFileSync(path.join(folder, (manifest as { main: string }).main), program);
      const { status, output } = await rotation.preview();
      assert.notEqual(status, 0, kind);
      const [, diagnostics = ""] = output.split("Diagnostics:");
      assert.equal(diagnostics.split("No access token is called").length - 1, 1, `${kind}: ${output}`);
      assert.doesNotMatch(output, /\n\s+at |unhandled/, kind);
    }
  });
});
