/** Unit tests of a program, with Pulumi's mocks. */
import type { Cell } from "../cell";
import { cell, dependencies, install, managers, manifest, NAME } from "../layouts";

/** @param head what brings `test` @param bring the module system's way to bring a package */
const text = (head: string, bring: (names: string, id: string) => string) => `
${head}
${bring("assert", "node:assert/strict")}
${bring("pulumi", "@pulumi/pulumi")}
pulumi.runtime.setMocks({
  newResource: ({ name, inputs }) => ({ id: name, state: { ...inputs, token: "api-mocked" } }),
  call: ({ inputs }) => inputs,
});
test("the program hands the new key on", async () => {
  const { AccessTokenRotation } = ${bring("", NAME)};
  const rotation = new AccessTokenRotation("ci", { tokenId: "61095542756dba551110ae21", triggers: { quarter: "Q1" } });
  const token = await new Promise((resolve) => rotation.token.apply(resolve));
  assert.equal(token, "api-mocked");
});
`;

const required = (name: string, id: string) => (name === "" ? `require("${id}")` : `const ${name} = require("${id}");`);
const imported = (name: string, id: string) =>
  name === "" ? `await import("${id}")` : `import ${name === "assert" ? name : `* as ${name}`} from "${id}";`;

const runner = (
  name: string,
  packages: Readonly<Record<string, string>>,
  file: string,
  test: string,
  words: string[],
): Cell =>
  cell({
    group: "Unit tests with mocks",
    name,
    files: { "package.json": manifest({ dependencies: { ...dependencies(), ...packages } }), [file]: test },
    commands: [install(managers.npm11), { words }],
    run: { kind: "commands" },
  });

export const unitTests: readonly Cell[] = [
  runner("node:test", {}, "program.test.js", text(`const { test } = require("node:test");`, required), [
    "node",
    "--test",
  ]),
  runner("jest", { jest: "^30.0.0" }, "program.test.js", text("", required), ["npx", "jest"]),
  runner("vitest", { vitest: "^5.0.0" }, "program.test.mjs", text(`import { test } from "vitest";`, imported), [
    ...["npx", "vitest", "run"],
  ]),
];
