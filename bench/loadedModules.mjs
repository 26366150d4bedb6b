/**
 * Loads the SDK and then the package, as a program or as the provider's process does, and prints how long each took:
 * `node loadedModules.mjs program|provider <folder of the project>`.
 */
import { createRequire } from "node:module";
import path from "node:path";
import process from "node:process";

const [where = "", folder = ""] = process.argv.slice(2);
const load = createRequire(path.join(folder, "index.js"));

/** @param {() => unknown} work */
function timed(work) {
  const before = performance.now();
  work();
  return performance.now() - before;
}

/** @type {Record<string, { sdk: string[], package: string }>} */
const entries = {
  program: { sdk: ["@pulumi/pulumi"], package: "pulumi-launchdarkly-rotation" },
  // What cmd/dynamic-provider loads before any provider; the file itself would start a server.
  provider: {
    sdk: ["@pulumi/pulumi", "@grpc/grpc-js", "@pulumi/pulumi/proto/provider_grpc_pb", "@pulumi/pulumi/runtime"],
    package: "pulumi-launchdarkly-rotation/provider",
  },
};
const entry = entries[where];
if (entry === undefined) throw new Error(`program or provider, not ${where}`);
const sdkMs = timed(() => {
  for (const id of entry.sdk) load(id);
});
const packageMs = timed(() => load(entry.package));
/** @param {string} name */
const filesOf = (name) => Object.keys(load.cache).filter((file) => file.includes(`/node_modules/${name}/`)).length;
console.log(JSON.stringify({ sdkMs, packageMs, axios: filesOf("axios"), zod: filesOf("zod") }));
