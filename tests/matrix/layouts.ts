/** The parts that cells are put together of: manifests, Pulumi.yaml, and what each package manager is asked. */
import type { Cell, Command, Files, Run } from "./cell";
import { commonJs } from "./programs";

export const NAME = "pulumi-launchdarkly-rotation";
/** What a new project would install. */
export const NEWEST_SDK = "3.276.0";

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** @param sdk a version of Pulumi's SDK */
export const dependencies = (sdk = NEWEST_SDK) => ({ "@pulumi/pulumi": sdk, [NAME]: "file:<tarball>" });

export function manifest(fields: Manifest = {}): string {
  const { dependencies: own = dependencies(), ...rest } = fields;
  return JSON.stringify({ name: "project", version: "1.0.0", private: true, dependencies: own, ...rest }, undefined, 2);
}

/** @param options of the runtime */
export const pulumiYaml = (options: object = { typescript: false }, main?: string) =>
  JSON.stringify({ name: "matrix", runtime: { name: "nodejs", options }, ...(main !== undefined && { main }) });

/** A package manager, as a cell asks for it. */
export interface Manager {
  readonly name: string;
  readonly tool: string;
  readonly install: readonly string[];
  /** Its settings. */
  readonly files?: Files;
  /** Whether Pulumi finds what only a library depends on. */
  readonly hoists: boolean;
}

const npmInstall = ["npm", "install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"];
const pnpmInstall = ["pnpm", "install", "--prefer-offline", "--no-frozen-lockfile"];
const yarn4 = (linker: string) => ({
  ".yarnrc.yml": `nodeLinker: ${linker}\nenableTelemetry: false\n`,
  "yarn.lock": "",
});

const npm = (version: number, strategy?: string): Manager => ({
  name: `npm ${version}${strategy === undefined ? "" : `, ${strategy}`}`,
  tool: `npm@${version}`,
  install: npmInstall,
  ...(strategy !== undefined && { files: { ".npmrc": `install-strategy=${strategy}\n` } }),
  hoists: strategy === undefined,
});
const pnpm = (version: number, how = "", settings = "", hoists = true): Manager => ({
  name: `pnpm ${version}${how}`,
  tool: `pnpm@${version}`,
  install: pnpmInstall,
  files: { "pnpm-workspace.yaml": `packages:\n  - "packages/*"\nstrictDepBuilds: false\n${settings}` },
  hoists,
});
const yarn = (linker: string, how: string, hoists: boolean): Manager => ({
  name: `yarn 4, ${how}`,
  tool: "@yarnpkg/cli-dist@4",
  install: ["yarn", "install"],
  files: yarn4(linker),
  hoists,
});

export const managers = {
  npm10: npm(10),
  npm11: npm(11),
  npm12: npm(12),
  npmLinked: npm(11, "linked"),
  npmNested: npm(11, "nested"),
  pnpm9: pnpm(9),
  pnpm12: pnpm(12),
  pnpmNotHoisted: pnpm(12, ", nothing hoisted", "hoist: false\n", false),
  pnpmGlobalStore: pnpm(12, ", global virtual store", "enableGlobalVirtualStore: true\n", false),
  yarn1: {
    name: "yarn 1",
    tool: "yarn@1",
    install: ["yarn", "install", "--prefer-offline", "--no-progress", "--ignore-engines"],
    hoists: true,
  },
  yarnModules: yarn("node-modules", "node_modules", true),
  yarnPnpm: yarn("pnpm", "pnpm", false),
  yarnPnp: yarn("pnp", "Plug'n'Play", false),
  bun: { name: "bun", tool: "bun@1", install: ["bun", "install"], hoists: true },
} as const satisfies Readonly<Record<string, Manager>>;

export const install = (manager: Manager, folder?: string): Command => ({
  words: manager.install,
  ...(folder !== undefined && { in: folder }),
});

export const ROTATION: Run = { kind: "rotation" };
export const WORKS = { outcome: "works" } as const;

/** The message of a package that Pulumi would not find. */
export const NOT_FOUND = {
  outcome: "message",
  says: /Pulumi can't find pulumi-launchdarkly-rotation [^]*npm install pulumi-launchdarkly-rotation@/,
} as const;

/** The cell that others are made of: npm, plain CommonJS, all in one folder. */
export function cell(parts: Omit<Partial<Cell>, "name" | "group"> & Pick<Cell, "name" | "group">): Cell {
  const { files = {}, ...rest } = parts;
  return {
    files: { "package.json": manifest(), "Pulumi.yaml": pulumiYaml(), "index.js": commonJs(), ...files },
    commands: [install(managers.npm11)],
    run: ROTATION,
    expected: WORKS,
    ...rest,
  };
}
