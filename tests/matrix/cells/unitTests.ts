/** Unit tests of a program, with Pulumi's mocks. */
import type { Cell } from "../cell";
import { cell, dependencies, install, managers, manifest, NAME } from "../layouts";

const environment = { projectKey: "shop", environmentKey: "production" };

type ClassName = Exclude<keyof typeof import("../../../provider/index"), `find${string}`>;

/** What a program asks of each class, and the output that is the key. */
const PROGRAMS: Readonly<Record<ClassName, readonly [inputs: object, output: string]>> = {
  AccessTokenRotation: [{ tokenId: "61095542756dba551110ae21", oldKeyExpiry: "24h" }, "token"],
  RotatingAccessToken: [{ name: "ci", role: "reader" }, "token"],
  SdkKeyRotation: [{ ...environment, oldKeyExpiry: "24h" }, "sdkKey"],
  RotatingSdkKey: [{ ...environment, name: "shop" }, "sdkKey"],
  MobileKeyRotation: [environment, "mobileKey"],
  RotatingMobileKey: [{ ...environment, name: "shop" }, "mobileKey"],
  RelayProxyKeyRotation: [{ configurationId: "61095542756dba551110ae22", oldKeyExpiry: "24h" }, "fullKey"],
};

/** @param head what brings `test` @param bring the module system's way to bring a package */
const text = (head: string, bring: (names: string, id: string) => string) => `
${head}
${bring("assert", "node:assert/strict")}
${bring("pulumi", "@pulumi/pulumi")}
pulumi.runtime.setMocks({
  newResource: ({ name, inputs }) => ({ id: name, state: { ...inputs, ...mocked } }),
  call: ({ inputs }) => inputs,
});
const programs = ${JSON.stringify(PROGRAMS)};
const mocked = Object.fromEntries(Object.values(programs).map(([, output]) => [output, "mocked " + output]));
for (const [className, [inputs, output]] of Object.entries(programs)) {
  test(\`the program hands the new key of \${className} on\`, async () => {
    const classes = ${bring("", NAME)};
    const rotation = new classes[className]("ci", { ...inputs, triggers: { quarter: "Q1" } });
    const key = await new Promise((resolve) => rotation[output].apply(resolve));
    assert.equal(key, mocked[output]);
  });
}
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
  runner(
    "node:test, SDK 3.139.0",
    { "@pulumi/pulumi": "3.139.0" },
    "program.test.js",
    text(`const { test } = require("node:test");`, required),
    ["node", "--test"],
  ),
  runner("jest", { jest: "^30.0.0" }, "program.test.js", text("", required), ["npx", "jest"]),
  runner("mocha", { mocha: "^12.0.0" }, "test/program.js", text(`const { test } = require("mocha");`, required), [
    ...["npx", "mocha"],
  ]),
  runner("vitest", { vitest: "^5.0.0" }, "program.test.mjs", text(`import { test } from "vitest";`, imported), [
    ...["npx", "vitest", "run"],
  ]),
];
