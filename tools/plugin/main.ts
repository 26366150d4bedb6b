/** `npm run plugin:schema`: writes plugin/schema.json, the schema of the plugin, from the docstrings of the classes. */
import { writeFileSync } from "node:fs";

import { committed, generated } from "./committed";

writeFileSync(committed, generated());
