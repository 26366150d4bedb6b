/**
 * Lets Stryker's mocha-runner 10.0 find what it takes from inside of mocha: `lib/cli/run-helpers` and two more have had
 * the ending .cjs since mocha 12, and are required without an ending.
 */
import Module from "node:module";

const { _extensions: endings } = /** @type {{ _extensions: Record<string, unknown> }} */ (
  /** @type {unknown} */ (Module)
);
endings[".cjs"] ??= endings[".js"];
