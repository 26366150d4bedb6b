/** What ts-node transpiles with: each source once, for all the processes of a test run and for the runs after it. */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";

import ts from "typescript";

import { fromRoot } from "./setup/process.mjs";

/**
 * @typedef {object} Transpiled
 * @property {string} source the hash of what it was made of
 * @property {string} outputText
 * @property {string | undefined} sourceMapText
 */

const folder = fromRoot("node_modules", ".cache", "transpiled");

/** @param {...string} texts */
const hash = (...texts) => createHash("sha256").update(texts.join("\0")).digest("hex");

/** @param {{ service: { config: { options: import("typescript").CompilerOptions } } }} options */
export function create({ service }) {
  const { options: compilerOptions } = service.config;
  const how = hash(ts.version, JSON.stringify(compilerOptions));

  return {
    /**
     * @param {string} input
     * @param {{ fileName: string }} options
     */
    transpile(input, { fileName }) {
      const source = hash(how, input);
      const file = path.join(folder, `${hash(how, path.relative(fromRoot(), fileName))}.json`);
      const known = read(file);
      if (known?.source === source) return known;
      const { outputText, sourceMapText, diagnostics } = ts.transpileModule(input, {
        fileName,
        compilerOptions,
        reportDiagnostics: true,
      });
      if (diagnostics?.length === 0) write(file, { source, outputText, sourceMapText });
      return { outputText, sourceMapText, diagnostics };
    },
  };
}

/**
 * @param {string} file
 * @returns {Transpiled | undefined}
 */
function read(file) {
  /** @type {(text: string) => Transpiled} */
  const parse = JSON.parse;
  try {
    return parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * Whole or not at all: other processes read it.
 *
 * @param {string} file
 * @param {object} content
 */
function write(file, content) {
  mkdirSync(folder, { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, JSON.stringify(content));
  renameSync(unfinished, file);
}
