/**
 * Puts all that runs in the provider's process, and what a program loads only when it looks something up, into one file:
 * loading one file takes a third of the time of loading two hundred.
 *
 * Both entry points share it, because the resources of a run have to share one session.
 *
 * Node's compile cache would save a little more. But it lies in a folder for temporary files, and what lies there would
 * decide what a process with keys runs.
 */
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

import esbuild from "esbuild";

/** The modules of provider/ that the package needs from the bundle. Each becomes a file that hands its exports on. */
const modules = ["provider", "providers", "lookup/listedTokens"];

export const BUNDLE = "bundle.js";

/**
 * What every bundle of the sources is made with. The SDK stays the program's own. Lines stay short, and names whole:
 * Node prints the line of code at which a process crashes. `withWholeTexts` undoes what the limit does to texts.
 *
 * @type {import("esbuild").BuildOptions}
 */
export const options = {
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node22",
  external: ["@pulumi/pulumi"],
  legalComments: "none",
  minifyWhitespace: true,
  lineLimit: 120,
  plugins: [{ name: "only what is used", setup: onlyWhatIsUsed }],
};

/**
 * esbuild's `lineLimit` breaks texts as well, with a backslash at the end of the line. Rollup indents each line of what
 * it bundles, so that such a text would get other characters: a program that it has bundled crashes.
 *
 * @param {string} code in which each backslash begins an escape: it has no comments
 * @returns {string}
 */
export function withWholeTexts(code) {
  return code.replace(/\\[^]/g, (escape) => (escape === "\\\n" ? "" : escape));
}

/**
 * @param {import("esbuild").PluginBuild} build
 */
function onlyWhatIsUsed(build) {
  // A namespace lets esbuild leave out what is not used of zod: its texts in 50 languages, half a megabyte.
  build.onLoad({ filter: /[\\/]provider[\\/].*\.ts$/ }, async (file) => ({
    loader: "ts",
    contents: (await readFile(file.path, "utf8")).replace('import { z } from "zod"', 'import * as z from "zod"'),
  }));
  // axios loads them for what is never asked of it here: forms, for which it has a table of all media types, and a proxy.
  build.onResolve({ filter: /^(?:form-data|https-proxy-agent)$/ }, ({ path: name }) => ({
    path: name,
    namespace: "unused",
  }));
  build.onLoad({ filter: /./, namespace: "unused" }, () => ({ contents: "module.exports = class Unused {};" }));
  // Requests go by Node's http. To ask whether there is fetch has Node load its whole implementation.
  build.onLoad({ filter: /[\\/]axios[\\/]lib[\\/]adapters[\\/](?:fetch|xhr)\.js$/ }, () => ({
    contents: "export default false; export const getFetch = () => false;",
  }));
  // So does the question whether a body is a form.
  build.onLoad({ filter: /[\\/]axios[\\/]lib[\\/]utils\.js$/ }, async ({ path: file }) => ({
    contents: (await readFile(file, "utf8")).replaceAll("G.FormData", "undefined"),
  }));
}

/**
 * @param {string} sources the folder provider/
 * @param {string} target the folder dist/, where the modules' own files are replaced
 * @returns {Promise<string[]>} the files of which the bundle has a part, by their paths from the working directory
 */
export async function bundle(sources, target) {
  const contents = modules
    .map((module, index) => `export * as module${index} from ${JSON.stringify(`./${module}`)};`)
    .join("\n");
  const { metafile, outputFiles } = await esbuild.build({
    ...options,
    stdin: { contents, resolveDir: sources, loader: "ts" },
    outfile: path.join(target, BUNDLE),
    metafile: true,
    write: false,
  });
  for (const { path: file, text } of outputFiles) await writeFile(file, withWholeTexts(text));
  /** @type {(id: string) => Record<string, object>} */
  const load = createRequire(import.meta.url);
  const bundled = load(path.join(target, BUNDLE));
  for (const [index, module] of modules.entries()) {
    const file = path.join(target, `${module}.js`);
    const way = path.relative(path.dirname(file), target).replaceAll(path.sep, "/") || ".";
    const names = Object.keys(bundled[`module${index}`] ?? {});
    const lines = [
      '"use strict";',
      'Object.defineProperty(exports, "__esModule", { value: true });',
      `const { module${index} } = require("${way}/${BUNDLE}");`,
      ...names.map((name) => `exports.${name} = module${index}.${name};`),
    ];
    await writeFile(file, `${lines.join("\n")}\n`);
  }
  return partsOf(metafile);
}

/**
 * @param {import("esbuild").Metafile} metafile
 * @returns {string[]} the files of which what was made has a part, by their paths from the working directory
 */
export function partsOf(metafile) {
  return Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
}
