/** The unit tests of docs/unit-tests.md, as users of each test runner would write them. */
import assert from "node:assert/strict";

import ts from "typescript";

import { blocksIn, page } from "./pages";

const unitTests = page("docs/unit-tests.md");

/** The page's tests, written for node:test. */
export const unitTestBlocks = blocksIn([unitTests], "ts").map(({ code }) => code);

const FOR_NODE = 'import { before, test } from "node:test";';

/** @param runner as the page's table names it @returns the test with the import that the table has for the runner */
export function writtenFor(runner: string, code: string): string {
  const row = new RegExp(`\\| ${runner} +\\| \`([^\`]+)\``);
  const line = unitTests.headings.flatMap(({ body }) => row.exec(body)?.[1] ?? []).at(0);
  assert.ok(line !== undefined && code.includes(FOR_NODE), runner);
  return code.replace(FOR_NODE, line);
}

/** The test as JavaScript, compiled as in a new Pulumi project: without esModuleInterop. */
export function compiled(code: string, module = ts.ModuleKind.CommonJS): string {
  const compilerOptions = { module, target: ts.ScriptTarget.ES2022, esModuleInterop: false };
  return ts.transpileModule(code, { compilerOptions }).outputText;
}
