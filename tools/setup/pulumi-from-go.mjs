/** Builds the Pulumi CLI from its own Go modules, pinned by the go.mod and go.sum files in tools/pulumi-cli. */
import { chmod, copyFile, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import path from "node:path";
import process from "node:process";

import { announced, fromRoot, output } from "./process.mjs";

const onWindows = process.platform === "win32";
const SDK_MODULE = "github.com/pulumi/pulumi/sdk/v3";
const VERSION_VARIABLE = `${SDK_MODULE}/go/common/version.Version`;

/** A go.work file or flags of the surroundings must not change what the pinned modules say. */
const environment = { GOWORK: "off", GOFLAGS: "", CGO_ENABLED: "0" };

/**
 * Builds the CLI, its Node.js language host and the launcher of dynamic providers, and puts all three into a folder
 * at once, so that an interrupted build leaves nothing half done.
 *
 * @param {string} version the CLI's version, one of tools/pulumi-cli/cli-<version>/go.mod
 * @param {string} folder
 * @returns {Promise<string>} the folder
 * @throws {Error} if there is no Go toolchain or it fails, with what it said
 */
export async function buildFromGoModules(version, folder) {
  await assertGo();
  await mkdir(path.dirname(folder), { recursive: true });
  const workshop = await mkdtemp(path.join(path.dirname(folder), "build-"));
  try {
    await announced(`building the Pulumi CLI ${version} with Go, once (some 5 minutes)`, async () => {
      const linkerFlags = `-X ${VERSION_VARIABLE}=v${version}`;
      await build(`cli-${version}`, path.join(workshop, executable("pulumi")), { linkerFlags });
      await build("language-nodejs", path.join(workshop, executable("pulumi-language-nodejs")));
      await copyLauncher(`cli-${version}`, workshop);
    });
    await rm(folder, { recursive: true, force: true });
    await rename(workshop, folder);
    return folder;
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

/** @throws {Error} if there is no Go toolchain */
export async function assertGo() {
  await output("go", ["version"]).catch(() => {
    throw new Error("there is no Go toolchain (go) on PATH");
  });
}

/**
 * @param {string} module folder in tools/pulumi-cli; its go.mod names one tool
 * @param {string} target
 * @param {{ linkerFlags?: string, source?: string }} [how] with a source: that program, with the modules of go.mod,
 *   in the place of the tool
 */
export async function build(module, target, { linkerFlags = "", source } = {}) {
  const options = { cwd: fromRoot("tools", "pulumi-cli", module), env: environment };
  const [tool] = (await output("go", ["list", "-f", "{{.ImportPath}}", "tool"], options)).split("\n");
  if (tool === undefined) throw new Error(`tools/pulumi-cli/${module}/go.mod names no tool`);
  const flags = ["-trimpath", "-buildvcs=false", "-ldflags", `-s -w ${linkerFlags}`.trim()];
  await output("go", ["build", ...flags, "-o", target, source ?? tool], options);
}

/** @param {string} name */
export function executable(name) {
  return onWindows ? `${name}.exe` : name;
}

/**
 * @param {string} module folder in tools/pulumi-cli
 * @param {string} workshop
 */
function copyLauncher(module, workshop) {
  const name = `pulumi-resource-pulumi-nodejs${onWindows ? ".cmd" : ""}`;
  return copyFromSdk(module, path.join("nodejs", "dist", name), workshop);
}

/**
 * Copies a script that the SDK brings.
 *
 * @param {string} module folder in tools/pulumi-cli
 * @param {string} file its path in the SDK
 * @param {string} folder
 */
export async function copyFromSdk(module, file, folder) {
  const options = { cwd: fromRoot("tools", "pulumi-cli", module), env: environment };
  const sdk = await output("go", ["list", "-m", "-f", "{{.Dir}}", SDK_MODULE], options);
  const target = path.join(folder, path.basename(file));
  await copyFile(path.join(sdk, file), target);
  await chmod(target, 0o755);
}
