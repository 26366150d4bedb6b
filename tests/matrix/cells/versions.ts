/** Versions of Pulumi's SDK and of Node.js. */
import type { Cell } from "../cell";
import { cell, dependencies, manifest, NEWEST_SDK } from "../layouts";
import { WITHOUT_US } from "../programs";

const group = "Pulumi's SDK and Node.js";

/** The oldest and the newest. What lies between them has neither's edge. */
const sdks = ["3.139.0", NEWEST_SDK];
const nodes = ["22", "24"];

const at = (sdk: string, node: string): Cell =>
  cell({
    group,
    name: `SDK ${sdk}, Node.js ${node}`,
    node,
    files: { "package.json": manifest({ dependencies: dependencies(sdk) }) },
  });

export const versions: readonly Cell[] = [
  ...sdks.flatMap((sdk) => nodes.map((node) => at(sdk, node))),
  {
    ...at(NEWEST_SDK, "26"),
    expected: { outcome: "works", prints: /ExperimentalWarning/, files: { "index.js": WITHOUT_US.commonJs } },
    note: "an `ExperimentalWarning`, without this package as well",
  },
];
