/** What the representations of all resources have in common: ids, links and timestamps. */
import { randomBytes } from "node:crypto";

import type { OpenQuestions } from "./openQuestions";

export function newId(): string {
  return randomBytes(12).toString("hex");
}

export function link(href: string): { href: string; type: string } {
  return { href, type: "application/json" };
}

export function timestamp(
  epochMilliseconds: number,
  { timestampsAsText }: Pick<OpenQuestions, "timestampsAsText">,
): number | string {
  return timestampsAsText ? String(epochMilliseconds) : epochMilliseconds;
}
