/** The plugin's folder, as the package has it. */
import path from "node:path";

import { repository } from "../../tools/stack/workspace";

export const pluginFolder = path.join(repository, "dist", "plugin");
