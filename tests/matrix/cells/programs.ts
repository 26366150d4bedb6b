/** How a program is written and started. */
import type { Cell } from "../cell";
import { cell, dependencies, manifest, pulumiYaml, ROTATION } from "../layouts";
import { automation, commonJs, esModule, typeScript, WITHOUT_US } from "../programs";

const group = "Programs";

const COMPILED = { ...dependencies(), typescript: "~5.9.3", "@types/node": "^22.0.0" };
const tsconfig = (module: string) =>
  JSON.stringify({
    compilerOptions: { strict: true, target: "es2022", module, skipLibCheck: true },
    files: ["index.ts"],
  });

const TYPESCRIPT = {
  "package.json": manifest({ main: "index.ts", dependencies: COMPILED }),
  "Pulumi.yaml": pulumiYaml({}),
  "tsconfig.json": tsconfig("node16"),
};
const TYPESCRIPT_ESM = {
  ...TYPESCRIPT,
  "package.json": manifest({
    main: "index.ts",
    type: "module",
    dependencies: { ...COMPILED, "ts-node": "^10.9.2" },
  }),
  "tsconfig.json": tsconfig("nodenext"),
};
const WITHOUT_TYPE = typeScript("AccessTokenRotationArgs");

export const programs: readonly Cell[] = [
  cell({ group, name: "JavaScript, CommonJS" }),
  cell({
    group,
    name: "JavaScript, ES modules",
    files: { "package.json": manifest({ type: "module" }), "index.js": esModule() },
  }),
  cell({ group, name: "TypeScript, CommonJS", files: { ...TYPESCRIPT, "index.ts": typeScript() } }),
  cell({ group, name: "TypeScript, ES modules", files: { ...TYPESCRIPT_ESM, "index.ts": typeScript() } }),
  cell({
    group,
    name: "TypeScript, ES modules, a type imported without `type`",
    files: { ...TYPESCRIPT_ESM, "index.ts": WITHOUT_TYPE },
  }),
  cell({
    group,
    name: "TypeScript, ES modules, run by tsx",
    files: {
      "package.json": manifest({
        main: "index.ts",
        type: "module",
        dependencies: { ...dependencies(), tsx: "^4.0.0" },
      }),
      "Pulumi.yaml": pulumiYaml({ typescript: false, nodeargs: "--import tsx" }),
      "index.ts": typeScript(),
    },
  }),
  cell({
    group,
    name: "TypeScript, types stripped by Node.js 24",
    node: "24",
    files: { "package.json": manifest({ main: "index.ts", type: "module" }), "index.ts": typeScript() },
  }),
  cell({
    group,
    name: "TypeScript, types stripped by Node.js 24, a type imported without `type`",
    node: "24",
    files: { "package.json": manifest({ main: "index.ts", type: "module" }), "index.ts": WITHOUT_TYPE },
    expected: {
      outcome: "Pulumi's own",
      says: /does not provide an export named|Named export '\w+' not found/,
      files: { "index.ts": WITHOUT_US.typeScript },
    },
    note: "write `import { type … }`",
  }),
  cell({
    group,
    name: "Automation API, local program",
    files: { "automation.js": automation(`{ stackName: "dev", workDir: __dirname }`) },
    run: { kind: "rotation", by: ["node", "automation.js"] },
  }),
  cell({
    group,
    name: "Automation API, inline program",
    files: {
      "Pulumi.yaml": pulumiYaml(),
      "automation.js": automation(`{ stackName: "dev", projectName: "matrix", program }, { workDir: __dirname }`),
    },
    run: { kind: "rotation", by: ["node", "automation.js"] },
  }),
  cell({
    group,
    name: "`runtime: bun`",
    run: ROTATION,
    files: { "Pulumi.yaml": JSON.stringify({ name: "matrix", runtime: "bun" }), "index.js": commonJs() },
    expected: { outcome: "not run here", why: "Pulumi's language host for Bun comes with its releases alone" },
    note: "Pulumi's Bun runtime does not run dynamic resources",
  }),
];
