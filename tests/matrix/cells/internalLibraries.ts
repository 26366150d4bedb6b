/** The package as the dependency of a library of one's own, in a workspace: the Pulumi project does not name it. */
import type { Cell } from "../cell";
import {
  cell,
  dependencies,
  install,
  type Manager,
  managers,
  manifest,
  NAME,
  NEWEST_SDK,
  NOT_FOUND,
  pulumiYaml,
  WORKS,
} from "../layouts";
import { commonJs } from "../programs";

const internal = (manager: Manager): Cell => {
  const isPnpm = manager.tool.startsWith("pnpm");
  const own = isPnpm || manager.tool.startsWith("@yarnpkg") ? "workspace:*" : "1.0.0";
  return cell({
    group: "The package inside an internal library",
    name: `${manager.name}, the package inside a library`,
    tools: [manager.tool],
    files: {
      ...manager.files,
      "package.json": manifest({ dependencies: {}, workspaces: ["packages/*"] }),
      "packages/library/package.json": manifest({ name: "library", version: "1.0.0", dependencies: dependencies() }),
      "packages/library/index.js": `module.exports = require("${NAME}");`,
      "packages/infrastructure/package.json": manifest({
        name: "infrastructure",
        dependencies: { "@pulumi/pulumi": NEWEST_SDK, library: own },
      }),
      "packages/infrastructure/Pulumi.yaml": pulumiYaml(),
      "packages/infrastructure/index.js": commonJs("library"),
    },
    commands: [install(manager)],
    project: "packages/infrastructure",
    expected: manager.hoists ? WORKS : NOT_FOUND,
  });
};

/** One that hoists and one that does not, as npm and pnpm do it: the others lay a library out as one of these. */
const { npm11, npmNested, pnpm12, pnpmNotHoisted } = managers;

export const internalLibraries: readonly Cell[] = [
  ...[npm11, npmNested, pnpm12, pnpmNotHoisted].map(internal),
  { ...internal(managers.yarnPnp), node: "24", nodeOptions: "--require <folder>/.pnp.cjs" },
];
