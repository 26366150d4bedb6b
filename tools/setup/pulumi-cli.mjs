/**
 * Finds the Pulumi CLI, or gets it: from PATH or a known folder, by Pulumi's own installer, or built from its Go
 * modules. The last two put it where the Automation API looks for it.
 */
import { access } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import process from "node:process";

import { PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import semver from "semver";

import { firstThatWorks } from "./first-that-works.mjs";
import { buildFromGoModules } from "./pulumi-from-go.mjs";
import { announced } from "./process.mjs";

/** The version that is installed or built when there is none. */
const VERSION = "3.274.1";
/** The oldest one that the tests are run on, by `npm run test:oldest-engine`. */
const OLDEST_VERSION = "3.250.0";
/** The oldest one that passes its configuration on to dynamic providers. */
const MINIMUM_VERSION = "3.139.0";
const INSTALLER = "https://get.pulumi.com/install.sh";
const INSTALLER_PATIENCE_MS = 5_000;

export { VERSION };

/**
 * @param {{ oldest?: boolean }} [options] whether it must be the oldest version that the tests are run on; otherwise
 *   any version that works will do
 * @returns {Promise<string>} the folder that holds `pulumi`, its Node.js language host and the dynamic provider
 * @throws {SetupError} naming every way tried, if none works
 */
export async function ensurePulumiCli({ oldest = false } = {}) {
  const version = oldest ? OLDEST_VERSION : VERSION;
  const root = path.join(os.homedir(), ".pulumi", "versions", version);
  const ways = [
    ...(oldest ? [] : [{ name: "pulumi on PATH", attempt: onPath }]),
    { name: `pulumi in ${root}`, attempt: () => automationApi(root) },
    { name: "Pulumi's installer", attempt: () => official(root, version) },
    { name: "a build from Pulumi's Go modules", attempt: () => buildFromGoModules(version, path.join(root, "bin")) },
  ];
  const wanted = oldest ? `version ${version}` : `version ${MINIMUM_VERSION} or newer`;
  return firstThatWorks(`no Pulumi CLI. Install ${wanted} (https://www.pulumi.com/docs/install/) and try again`, ways);
}

async function onPath() {
  const folders = (process.env["PATH"] ?? "").split(path.delimiter);
  const folder = await firstHolding("pulumi", folders);
  if (folder === undefined) throw new Error("not found");
  await assertUsable(undefined, folders);
  return folder;
}

/** @param {string} root */
async function automationApi(root) {
  const folder = path.join(root, "bin");
  if ((await firstHolding("pulumi", [folder])) === undefined) throw new Error("not found");
  await assertUsable(root, [folder]);
  return folder;
}

/**
 * @param {string | undefined} root the installation, or undefined for the one on PATH
 * @param {string[]} folders where its parts may be
 * @throws {Error} if the CLI is too old or can't run Node.js programs
 */
async function assertUsable(root, folders) {
  const { version } = await PulumiCommand.get({ ...(root && { root }), skipVersionCheck: true });
  if (version === null || semver.lt(version, MINIMUM_VERSION)) {
    throw new Error(`version ${String(version)} is older than ${MINIMUM_VERSION}`);
  }
  for (const part of ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"]) {
    if ((await firstHolding(part, folders)) === undefined) {
      throw new Error(`${part} is missing, so it can't run Node.js programs`);
    }
  }
}

/**
 * @param {string} root
 * @param {string} version
 */
async function official(root, version) {
  await fetch(INSTALLER, { method: "HEAD", signal: AbortSignal.timeout(INSTALLER_PATIENCE_MS) }).catch(() => {
    throw new Error(`${new URL(INSTALLER).host} can't be reached`);
  });
  return announced(`installing the Pulumi CLI ${version}`, async () => {
    await PulumiCommand.install({ root, version: new semver.SemVer(version) });
    return automationApi(root);
  });
}

/**
 * @param {string} program
 * @param {string[]} folders
 * @returns {Promise<string | undefined>} the first folder that holds the program
 */
export async function firstHolding(program, folders) {
  const names = process.platform === "win32" ? [`${program}.exe`, `${program}.cmd`] : [program];
  for (const folder of folders) {
    for (const name of names) {
      const found = await access(path.join(folder, name)).then(
        () => true,
        () => false,
      );
      if (found) return folder;
    }
  }
  return undefined;
}
