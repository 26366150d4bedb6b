/**
 * Keeps the stubs' code as text in the compiled package, which evaluates it.
 *
 * Pulumi serializes that code into every state. A program's bundler would rewrite it first: its names, its `require`, and
 * with that what it captures. It does not rewrite a text.
 */
import { readFile, writeFile } from "node:fs/promises";

/**
 * @param {string} file a compiled module
 * @param {string} name what it exports
 * @returns {Promise<void>}
 */
export async function keepAsText(file, name) {
  const code = await readFile(file, "utf8");
  const lines = [
    '"use strict";',
    "// Evaluated, so that no bundler rewrites it: Pulumi keeps the text of these functions in every state.",
    'Object.defineProperty(exports, "__esModule", { value: true });',
    `exports.${name} = void 0;`,
    'const { runInThisContext } = require("node:vm");',
    `const code = ${JSON.stringify(code)};`,
    "const evaluated = {};",
    "runInThisContext(`(function (exports, require) {${code}\\n})`)(evaluated, require);",
    `exports.${name} = evaluated.${name};`,
  ];
  await writeFile(file, `${lines.join("\n")}\n`);
}
