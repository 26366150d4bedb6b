/** Compilers that read the package's declarations. */
import type { Cell } from "../cell";
import { cell, dependencies, install, managers, manifest } from "../layouts";
import { typeScript } from "../programs";

/** The oldest, what most people have, and the newest, which is another program. */
const compilers = ["4.7", "5.9", "7.0"];

export const types: readonly Cell[] = compilers.map((version) =>
  cell({
    group: "Types, with the TypeScript compiler",
    name: `TypeScript ${version}`,
    // Not a dependency: with 7, the SDK's optional peer dependency would forbid it.
    tools: [`typescript@${version}`],
    files: {
      "package.json": manifest({
        dependencies: { ...dependencies(), "@types/node": "^20.0.0" },
      }),
      "index.ts": typeScript(),
      "tsconfig.json": JSON.stringify({
        compilerOptions: {
          ...{ strict: true, noEmit: true, target: "es2020", module: "node16", moduleResolution: "node16" },
          ...{ skipLibCheck: true, types: ["node"] },
        },
        files: ["index.ts"],
      }),
    },
    commands: [install(managers.npm11), { words: ["tsc", "-p", "."] }],
    run: { kind: "commands" },
  }),
);
