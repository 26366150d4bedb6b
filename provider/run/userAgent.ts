/** How this package names itself to LaunchDarkly. */
import { readFileSync } from "node:fs";
import path from "node:path";

import { z } from "zod";

const { name, version } = z
  .object({ name: z.string(), version: z.string() })
  .parse(JSON.parse(readFileSync(path.join(__dirname, "..", "..", "package.json"), "utf8")));

export const userAgent = `${name}/${version}`;
