/**
 * `npm run check:workflows`: holds the workflows of GitHub Actions to actionlint, which tools/actionlint pins.
 *
 * The example's workflow is one of them. It needs a Go toolchain, and builds actionlint once.
 */
import { readdir } from "node:fs/promises";
import process from "node:process";

import { fromRoot, output } from "./setup/process.mjs";

const folder = fromRoot(".github", "workflows");
const names = (await readdir(folder)).filter((name) => /\.ya?ml$/.test(name));
const files = [
  ...names.map((name) => fromRoot(".github", "workflows", name)),
  fromRoot("examples", "scheduled", "rotate.yml"),
];

// Without the linters of shell and Python, which are on some machines only.
const options = ["-no-color", "-shellcheck=", "-pyflakes="];
try {
  await output("go", ["-C", fromRoot("tools", "actionlint"), "tool", "actionlint", ...options, ...files], {
    env: { GOWORK: "off", GOFLAGS: "" },
  });
} catch (error) {
  console.error(/** @type {Error} */ (error).message);
  process.exitCode = 1;
}
