import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

/** The layers of provider/, from the bottom up: each may import only itself and what stands before it. */
const layers = ["schemas", "rotation", "client", "lifecycle", "lookup", "resource"];

/**
 * Which layers a layer may not import. rotation and client do not know each other.
 *
 * @type {Record<string, string[]>}
 */
const forbidden = {
  schemas: ["rotation", "client", "lifecycle", "lookup", "resource"],
  rotation: ["client", "lifecycle", "lookup", "resource"],
  client: ["rotation", "lifecycle", "lookup", "resource"],
  lifecycle: ["lookup", "resource"],
  lookup: ["rotation", "resource"],
  resource: ["schemas", "rotation", "client", "lookup"],
};

export default defineConfig(
  // Programs for SDKs that are not installed here; tests/examples/types.test.ts compiles them.
  { ignores: ["dist/", "**/node_modules/", "examples/consumers/clouds/", "examples/scheduled/deployments/"] },
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
  layers.map((layer) => ({
    files: [`provider/${layer}/**/*.ts`],
    rules: {
      "no-restricted-imports": /** @type {const} */ ([
        "error",
        {
          patterns: [
            { group: (forbidden[layer] ?? []).map((other) => `**/${other}/*`), message: "Not this layer's to import." },
          ],
        },
      ]),
    },
  })),
  {
    // One place reads the clock, chance and the environment.
    files: ["provider/**/*.ts"],
    ignores: ["provider/lifecycle/surroundings.ts"],
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
    // The stub's text is frozen, and hands Pulumi's untyped values on.
    files: ["provider/resource/stub.ts"],
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-require-imports": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-return": "off",
    },
  },
  {
    // The type check knows Node's globals better.
    files: ["**/*.mjs"],
    rules: { "no-undef": "off" },
  },
);
