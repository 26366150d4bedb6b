/** Makes the plugin's folder: its code in one file, the scripts that start it, its schema, and the licences. */
import { chmod, copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";

import esbuild from "esbuild";

import { options, partsOf, withWholeTexts } from "../build/bundle.mjs";
import { writeLicences } from "../build/licences.mjs";
import { fromRoot } from "../setup/process.mjs";

/** What Pulumi starts, under the name that it looks for. */
export const PROGRAM = "pulumi-resource-launchdarkly-rotation";

/** What the folder has, and what a release packs. Never a PulumiPlugin.yaml: `pulumi install` would run npm in the folder. */
export const FILES = [
  PROGRAM,
  `${PROGRAM}.cmd`,
  "plugin.cjs",
  "main.cjs",
  "schema.json",
  "LICENSE",
  "third-party-licences.txt",
];

/**
 * @param {object} how
 * @param {string} how.entry the source that serves the protocol, as an absolute path
 * @param {string} how.folder where it is made; what is there already is removed
 * @returns {Promise<void>}
 */
export async function makePluginFolder({ entry, folder }) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const name of [PROGRAM, "plugin.cjs", "schema.json"]) {
    await copyFile(fromRoot("plugin", name), path.join(folder, name));
  }
  await chmod(path.join(folder, PROGRAM), 0o755);
  const batch = await readFile(fromRoot("plugin", `${PROGRAM}.cmd`), "utf8");
  await writeFile(path.join(folder, `${PROGRAM}.cmd`), batch.replace(/\r?\n/g, "\r\n"));
  await copyFile(fromRoot("LICENSE"), path.join(folder, "LICENSE"));
  const { metafile, outputFiles } = await esbuild.build({
    ...options,
    // A plugin has no SDK beside it.
    external: [],
    entryPoints: [entry],
    absWorkingDir: fromRoot(),
    outfile: path.join(folder, "main.cjs"),
    plugins: [...(options.plugins ?? []), { name: "no loader of descriptions", setup: withoutLoader }],
    metafile: true,
    write: false,
    // The SDK looks for files beside it which the protocol does not need.
    logOverride: { "require-resolve-not-external": "silent" },
  });
  for (const { path: file, text } of outputFiles) await writeFile(file, withWholeTexts(text));
  const parts = partsOf(metafile).map((file) => fromRoot(file));
  await writeLicences(parts, path.join(folder, "third-party-licences.txt"), "main.cjs");
}

/**
 * What reads descriptions of protocols as text, with protobufjs: 0.2 MB, of which grpc-js loads nothing but for channelz, the
 * service by which it tells of its connections, and for a load balancer's reports. Nobody asks for either here.
 *
 * @param {import("esbuild").PluginBuild} build
 */
function withoutLoader(build) {
  build.onResolve({ filter: /^@grpc\/proto-loader$/ }, ({ path: name }) => ({ path: name, namespace: "no loader" }));
  build.onLoad({ filter: /./, namespace: "no loader" }, () => ({ contents: "" }));
}
