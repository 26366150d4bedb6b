/** All cells of the matrix, as data: see cell.ts for what they mean. */
import type { Cell } from "./cell";
import { bundled } from "./cells/bundled";
import { internalLibraries } from "./cells/internalLibraries";
import { installs } from "./cells/installs";
import { programs } from "./cells/programs";
import { types } from "./cells/types";
import { unitTests } from "./cells/unitTests";
import { upgrades } from "./cells/upgrades";
import { versions } from "./cells/versions";

export const cells: readonly Cell[] = [
  ...installs,
  ...internalLibraries,
  ...programs,
  ...bundled,
  ...versions,
  ...types,
  ...unitTests,
  ...upgrades,
];
