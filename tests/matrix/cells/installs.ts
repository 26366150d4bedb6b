/** What installs the package, and where: package managers, workspaces, `main` in another folder. */
import type { Cell } from "../cell";
import { cell, install, type Manager, managers, manifest, pulumiYaml } from "../layouts";
import { commonJs, WITHOUT_US } from "../programs";

const alone = (manager: Manager): Cell =>
  cell({
    group: "Package managers",
    name: manager.name,
    tools: [manager.tool],
    files: manager.files ?? {},
    commands: [install(manager)],
  });

/** npm 11 installs all other cells, too. */
const { yarnPnp, npm11, ...others } = managers;
const NODE_OPTIONS = 'with `NODE_OPTIONS="--require <the project>/.pnp.cjs"`';
const pnp = { ...alone(yarnPnp), nodeOptions: "--require <folder>/.pnp.cjs" };

export const installs: readonly Cell[] = [
  ...Object.values(others).map(alone),
  { ...pnp, name: `${yarnPnp.name}, Node.js 24`, node: "24", note: NODE_OPTIONS },
  {
    ...alone(yarnPnp),
    name: `${yarnPnp.name}, without NODE_OPTIONS, Node.js 24`,
    node: "24",
    expected: {
      outcome: "Pulumi's own",
      says: /SDK has not been installed/,
      files: { "index.js": WITHOUT_US.commonJs },
    },
  },
  ...[npm11, managers.pnpm12].map((manager) =>
    cell({
      group: "Workspaces and folders",
      name: `${manager.name} workspace with the Pulumi project in it`,
      tools: [manager.tool],
      files: {
        ...manager.files,
        "package.json": manifest({ dependencies: {}, workspaces: ["packages/*"] }),
        "packages/infrastructure/package.json": manifest({ name: "infrastructure" }),
        "packages/infrastructure/Pulumi.yaml": pulumiYaml(),
        "packages/infrastructure/index.js": commonJs(),
      },
      commands: [install(manager)],
      project: "packages/infrastructure",
    }),
  ),
  cell({
    group: "Workspaces and folders",
    name: "`main` in another folder of the project",
    files: { "Pulumi.yaml": pulumiYaml({ typescript: false }, "source/program.js"), "source/program.js": commonJs() },
  }),
  cell({
    group: "Workspaces and folders",
    name: "`main` in a folder beside the project's",
    files: {
      "project/Pulumi.yaml": pulumiYaml({ typescript: false }, "../source/program.js"),
      "source/program.js": commonJs(),
    },
    project: "project",
  }),
];
