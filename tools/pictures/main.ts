/** Draws the pictures of the documentation. */
import { writeFileSync } from "node:fs";
import path from "node:path";

import { repository } from "../stack/workspace";
import { pictures } from "./pictures";

for (const [file, draw] of Object.entries(pictures)) writeFileSync(path.join(repository, file), draw());
