/** The plugin's schema, which lies beside its code. It is read when somebody asks. */
import { readFileSync } from "node:fs";

import { tokenOf } from "./kinds";

export interface Schema {
  /** As Pulumi asks for it. */
  text(): string;
  /** The outputs that programs know of a class. */
  outputsOf(className: string): readonly string[];
}

interface Content {
  readonly resources: Readonly<Record<string, { readonly properties: object }>>;
}

export function schemaIn(file: string): Schema {
  let text: string | undefined;
  let content: Content | undefined;
  const read = () => (text ??= readFileSync(file, "utf8"));
  return {
    text: read,
    outputsOf(className) {
      content ??= JSON.parse(read()) as Content;
      return Object.keys(content.resources[tokenOf(className)]?.properties ?? {});
    },
  };
}
