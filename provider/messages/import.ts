/** What is said of resources that are imported. */
import type { Announcement } from "./announcement";

/**
 * Why nothing can be imported: only the program has the key.
 *
 * @param it as in "the token"
 * @param inputs by which the first `up` takes a key over
 */
export function describeNotImportable(it: string, inputs: readonly string[]): string {
  return `Can't import: LaunchDarkly does not show the key of ${it} again. Give the program ${inputs.join(" and ")}: the first pulumi up takes ${it} over with its key, and does not rotate it.`;
}

/** @param parts what the parts of the id are called */
export function describeOddId(parts: readonly string[]): string {
  return `Can't import: the id must be ${parts.map((part) => `<${part}>`).join("/")}.`;
}

export function describeImportProblem(why: string): string {
  return `Can't import: ${why}`;
}

/** In a preview of the first update. */
export function announceBaseline(): Announcement {
  return { severity: "info", message: "Will note: the triggers of an imported resource, without a rotation." };
}
