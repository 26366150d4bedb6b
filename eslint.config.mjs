import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

/** The rooms of provider/, from the ground up: each may import only itself and what stands before it. */
const rooms = [
  "model",
  "decisions",
  "messages",
  "client",
  "run",
  "rotation",
  "lifecycle",
  "hosts",
  "credentials",
  "lookup",
];

/** What is pure knows nothing of HTTP, and the other way round. */
const pure = ["decisions", "messages"];

/**
 * What a room may not import besides the rooms above it.
 *
 * @type {Record<string, string[]>}
 */
const strangers = {
  client: pure,
  // A port is data.
  credentials: [...pure, "client", "run", "rotation", "lifecycle"],
  lookup: ["rotation", "lifecycle"],
};

/** The rooms that know no engine, not even a type of Pulumi's. */
const core = rooms.slice(0, rooms.indexOf("hosts"));

const LONGEST_TEST = 40;

/**
 * What every test file keeps to.
 *
 * @type {import("eslint").ESLint.Plugin}
 */
const tests = {
  rules: {
    "says-what-it-covers": {
      create: (/** @type {import("eslint").Rule.RuleContext} */ context) => ({
        Program(/** @type {import("eslint").Rule.Node} */ node) {
          if (context.sourceCode.text.startsWith("/**")) return;
          context.report({ node, message: "Say in a comment on top what these tests cover." });
        },
      }),
    },
    "short-test": {
      create: (context) => ({
        "CallExpression[callee.name='it']": (/** @type {import("eslint").Rule.Node} */ node) => {
          const lines = node.loc === undefined || node.loc === null ? 0 : node.loc.end.line - node.loc.start.line + 1;
          if (lines <= LONGEST_TEST) return;
          context.report({ node, message: `This test has ${lines} lines, and may have ${LONGEST_TEST}.` });
        },
      }),
    },
  },
};

export default defineConfig(
  // Programs for SDKs that are not installed here. Tests compile them: tests/examples/sdkTypes.ts, tests/languages/programs.ts.
  {
    ignores: [
      "**/dist/",
      "**/node_modules/",
      ".mutation/",
      ".plugin/",
      "examples/consumers/clouds/",
      "examples/scheduled/deployments/",
      "examples/sdk-keys/kubernetes/",
      "tests/languages/programs/nodejs/",
    ],
  },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: "error",
      "max-lines": ["error", { max: 200, skipComments: true, skipBlankLines: true }],
      "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // Objects here are closures: their methods have no this to lose.
      "@typescript-eslint/unbound-method": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
    },
  },
  rooms.map((room, floor) => ({
    files: [`provider/${room}/**/*.ts`],
    rules: {
      "no-restricted-imports": /** @type {const} */ ([
        "error",
        {
          patterns: [
            {
              group: [...[...rooms.slice(floor + 1), ...(strangers[room] ?? [])].map((other) => `**/${other}/**`)],
              message: "Not this room's to import.",
            },
            ...(core.includes(room) ? [{ group: ["@pulumi/**"], message: "The core knows no Pulumi." }] : []),
          ],
        },
      ]),
    },
  })),
  {
    // One place reads the clock, chance and the environment.
    files: ["provider/**/*.ts"],
    ignores: ["provider/hosts/dynamic/processHost.ts", "provider/hosts/plugin/pluginHost.ts"],
    rules: {
      "no-restricted-properties": [
        "error",
        { object: "Date", property: "now" },
        { object: "Math", property: "random" },
        { object: "process", property: "env" },
      ],
    },
  },
  {
    // The stubs' texts are frozen, and hand Pulumi's untyped values on.
    files: [
      "provider/hosts/dynamic/stub.ts",
      "provider/hosts/dynamic/stubOf.ts",
      "provider/hosts/dynamic/stubOfOwner.ts",
    ],
    rules: {
      "no-restricted-imports": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-require-imports": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
    },
  },
  {
    files: ["tests/**/*.test.ts"],
    plugins: { tests },
    rules: { "tests/says-what-it-covers": "error", "tests/short-test": "error" },
  },
  {
    // The type check knows Node's globals better.
    files: ["**/*.mjs", "**/*.cjs"],
    rules: { "no-undef": "off" },
  },
  {
    files: ["**/*.cjs"],
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
);
