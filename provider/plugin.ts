/** What the plugin for all of Pulumi's languages runs: the host of hosts/plugin, with all that there is to rotate. */
import path from "node:path";

import { credentials } from "./credentials/all";
import { kindsOf, schemaIn, tokenOf } from "./hosts/plugin/kinds";
import { createPluginHost } from "./hosts/plugin/pluginHost";
import { serve } from "./hosts/plugin/serve";
import { lifecycleOf } from "./lifecycle/lifecycleOf";
import { foundToken } from "./lookup/foundToken";

const offer = {
  kinds: kindsOf(credentials, lifecycleOf),
  functions: { [tokenOf("findAccessToken")]: foundToken },
  schema: schemaIn(path.join(__dirname, "schema.json")),
};

serve(
  createPluginHost(process.argv.at(-1) ?? ""),
  offer,
  (port) => {
    // The engine reads it from there.
    process.stdout.write(`${port}\n`);
  },
  () => {
    process.exit(0);
  },
);
