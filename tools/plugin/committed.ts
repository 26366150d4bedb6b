/** The schema that the repository has, and the one that it should have. */
import { readFileSync } from "node:fs";
import path from "node:path";

import { repository } from "../stack/workspace";
import type { Manifest } from "./names";
import { schemaOf } from "./schema";
import { createWording } from "./wording";

export const manifest = JSON.parse(readFileSync(path.join(repository, "package.json"), "utf8")) as Manifest;

export const committed = path.join(repository, "plugin", "schema.json");

/** The declarations of what programs import. They are there when the package is compiled. */
export const entry = path.join(repository, "dist", "index.d.ts");

export function generated(): string {
  const wording = createWording();
  const schema = schemaOf(entry, manifest, wording);
  wording.assertUsed();
  return `${JSON.stringify(schema, null, 2)}\n`;
}
