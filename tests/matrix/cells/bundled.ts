/** Programs that a bundler has packed, with the package left outside or packed as well. */
import type { Cell } from "../cell";
import {
  cell,
  dependencies,
  install,
  managers,
  manifest,
  NAME,
  NEWEST_SDK,
  NOT_FOUND,
  pulumiYaml,
  WORKS,
} from "../layouts";
import { commonJs, esModule } from "../programs";

const group = "Bundled programs";

interface Bundler {
  readonly name: string;
  readonly packages: Readonly<Record<string, string>>;
  readonly words: (external: readonly string[]) => readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  readonly output: string;
}

const esbuild = (name: string, output: string, ...more: string[]): Bundler => ({
  name: `esbuild, ${name}`,
  packages: { esbuild: "^0.28.0" },
  words: (external) => [
    ...["npx", "esbuild", "source.mjs", "--bundle", "--platform=node", "--target=node22", `--outfile=${output}`],
    ...external.map((id) => `--external:${id}`),
    ...more,
  ],
  output,
});

/** What people give an ES module of esbuild, so that packed CommonJS code has a require. */
const REQUIRE = `--banner:js=import { createRequire as __cr } from "node:module"; const require = __cr(import.meta.url);`;

/** Rollup indents what it packs, so a text that is broken over lines would change. */
const rollup = (name: string, output: string, format: string): Bundler => ({
  name: `Rollup, ${name}`,
  packages: {
    rollup: "^4.68.0",
    "@rollup/plugin-commonjs": "^29.0.0",
    "@rollup/plugin-json": "^6.1.0",
    "@rollup/plugin-node-resolve": "^16.0.0",
  },
  words: (external) => [
    ...["npx", "rollup", "source.mjs", "--format", format, "--file", output, "--external", external.join(",")],
    ...["--plugin", "node-resolve={preferBuiltins:true}", "--plugin", "commonjs", "--plugin", "json"],
  ],
  output,
});

/** Minified where they can: that changes more than packing does. */
const bundlers: readonly Bundler[] = [
  esbuild("CommonJS, minified", "index.js", "--format=cjs", "--minify"),
  esbuild("ES module, minified", "index.mjs", "--format=esm", "--minify", REQUIRE),
  {
    name: "webpack",
    packages: { webpack: "^5.0.0", "webpack-cli": "^7.0.0" },
    words: (external) => [
      ...["npx", "webpack", "--mode=production", "--target=node22", "--entry=./source.mjs", "--output-path=."],
      ...["--output-filename=index.js", "--output-library-type=commonjs2"],
      ...external.flatMap((id) => ["--externals", id]),
    ],
    output: "index.js",
  },
  rollup("CommonJS", "index.cjs", "cjs"),
  rollup("ES module", "index.mjs", "es"),
  {
    name: "ncc",
    packages: { "@vercel/ncc": "^0.45.0" },
    words: (external) => [
      ...["npx", "ncc", "build", "source.cjs", "--out", "built"],
      ...external.flatMap((id) => ["--external", id]),
    ],
    output: "built/index.cjs",
  },
];

/**
 * The bundler works in the folder "source", which has the package; the Pulumi project is another one.
 *
 * @param isPacked whether the bundle has the package in it
 * @param isInstalled whether the Pulumi project has the package
 */
function packedBy(bundler: Bundler, isPacked: boolean, isInstalled: boolean): Cell {
  const external = ["@pulumi/pulumi", ...(isPacked ? [] : [NAME])];
  const where = `${isPacked ? "packed" : "external"}, ${isInstalled ? "installed beside it" : "not installed"}`;
  return cell({
    group,
    name: `${bundler.name}: the package ${where}`,
    files: {
      "source/package.json": manifest({ dependencies: { ...dependencies(), ...bundler.packages } }),
      "source/source.mjs": esModule(),
      "source/source.cjs": commonJs(),
      "project/package.json": manifest({
        dependencies: isInstalled ? dependencies() : { "@pulumi/pulumi": NEWEST_SDK },
      }),
      "project/Pulumi.yaml": pulumiYaml({ typescript: false }, bundler.output.replace("built/", "")),
    },
    commands: [
      install(managers.npm11, "source"),
      install(managers.npm11, "project"),
      { in: "source", words: bundler.words(external) },
      { words: ["cp", `source/${bundler.output}`, "project/"] },
    ],
    project: "project",
    expected: isInstalled ? WORKS : NOT_FOUND,
  });
}

export const bundled: readonly Cell[] = bundlers.flatMap((bundler) => [
  packedBy(bundler, false, true),
  packedBy(bundler, true, true),
  packedBy(bundler, true, false),
]);
