/** Makes dist/: what the package publishes. */
import { rm } from "node:fs/promises";
import path from "node:path";
import process from "node:process";

import { makePluginFolder } from "../plugin/folder.mjs";
import { fromRoot, output } from "../setup/process.mjs";
import { BUNDLE, bundle } from "./bundle.mjs";
import { bringSources, prune } from "./closure.mjs";
import { writeLicences } from "./licences.mjs";
import { keepAsText } from "./stubs.mjs";

/** What package.json's `exports` name. */
const entries = ["index", "provider", "providers"].flatMap((entry) => [`${entry}.js`, `${entry}.d.ts`]);

/** The files of the stubs, by what they export. */
const stubs = ["stub", "stubOf", "stubOfOwner"];

/**
 * @returns {Promise<void>}
 * @throws {Error} when the sources don't compile, with what the compiler said
 */
export async function build() {
  const [sources, dist] = [fromRoot("provider"), fromRoot("dist")];
  await rm(dist, { recursive: true, force: true });
  await output(process.execPath, [fromRoot("node_modules", "typescript", "bin", "tsc"), "-p", "tsconfig.build.json"]);
  const bundled = await bundle(sources, dist);
  for (const stub of stubs) await keepAsText(fromRoot("dist", "hosts", "dynamic", `${stub}.js`), stub);
  await prune(dist, entries);
  await bringSources(dist, sources);
  await writeLicences(bundled, fromRoot("dist", "third-party-licences.txt"), BUNDLE);
  // For who has the npm package already: `path` of a provider in Pulumi.yaml leads there.
  await makePluginFolder({ entry: path.join(sources, "plugin.ts"), folder: path.join(dist, "plugin") });
}
