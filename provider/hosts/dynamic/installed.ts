/**
 * Looks for the package where Pulumi will look for it. What rotates runs in a process of its own, and is found there by
 * the package's name: from the program's folder, or from the SDK's. A program may have the package from elsewhere: as the
 * dependency of a library, or packed into one file by a bundler.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

import * as pulumi from "@pulumi/pulumi";

import { version } from "../../version";

const NAME = "pulumi-launchdarkly-rotation";

/**
 * The program that Pulumi's CLI starts for Node.js; yarn may keep it in `.store/@pulumi-pulumi-virtual-…/package`. In
 * others, such as automation programs, the folder is not known.
 */
const RUN_BY_CLI = /[\\/]@pulumi[\\/-]pulumi(?:-[^\\/]*[\\/]package)?[\\/]cmd[\\/]run(?:[\\/]|$)/;

let hasLooked = false;

/**
 * Once for all resources of a program.
 *
 * @throws {pulumi.RunError} if Pulumi will not find the package
 */
export function assertInstalled(): void {
  if (hasLooked || !RUN_BY_CLI.test(process.argv[1] ?? "")) return;
  hasLooked = true;
  const folder = process.cwd();
  const found = whereFound(folder);
  if (found === undefined) {
    throw new pulumi.RunError(
      `Pulumi can't find ${NAME} from ${folder}, where it loads the package in a process of its own. ` +
        `Add it to the Pulumi project: npm install ${NAME}@${version}`,
    );
  }
  const answering = versionIn(found);
  // A newer version reads what an older one writes.
  if (answering === undefined || answering.localeCompare(version, "en", { numeric: true }) >= 0) return;
  void pulumi.log.warn(
    `Version ${answering} of ${NAME} answers (${path.dirname(found)}), though the program uses ${version}. ` +
      `Let the project have one version: npm install ${NAME}@${version}`,
  );
}

/** @returns the package's manifest, in the order in which a stub looks for the package */
function whereFound(folder: string): string | undefined {
  const fromProgram = createRequire(path.join(folder, "program.js"));
  const found = resolved(fromProgram, `${NAME}/package.json`);
  if (found !== undefined) return found;
  const sdk = resolved(fromProgram, "@pulumi/pulumi");
  return sdk === undefined ? undefined : resolved(createRequire(sdk), `${NAME}/package.json`);
}

/** @returns the file, or the id itself if it is there and can't be read; undefined if it is not there */
function resolved(from: NodeJS.Require, id: string): string | undefined {
  try {
    return from.resolve(id);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND" ? undefined : id;
  }
}

function versionIn(manifest: string): string | undefined {
  try {
    const read = JSON.parse(readFileSync(manifest, "utf8")) as { version?: unknown };
    return typeof read.version === "string" ? read.version : undefined;
  } catch {
    return undefined;
  }
}
