/** Refuses what Pulumi offers for resources that exist, and can't do for a dynamic one: it would end in a stack trace. */
import type * as pulumi from "@pulumi/pulumi";

import { programError } from "./programError";
import type { Kind } from "./rotation";

/**
 * @throws {pulumi.RunError} if the options ask for an import, or for a look at a resource that exists; it names the
 * take-over, which does what is wanted
 */
export function assertNoImport(
  { className, takeOver = [] }: Pick<Kind, "className" | "takeOver">,
  name: string,
  options: pulumi.CustomResourceOptions,
): void {
  // An empty text is none: a program may take it from a variable.
  const option = (["import", "id"] as const).find((one) => Boolean(options[one]));
  if (option === undefined) return;
  const instead =
    takeOver.length > 0
      ? `To take over a key that is in use, give ${takeOver.join(" and ")}.`
      : "Nothing has to be imported: the first pulumi up takes over the key that is in use, and does not reset it.";
  throw programError(
    `${className} "${name}" can't have the option ${option}: Pulumi can't import a dynamic resource. Remove the option. ${instead}`,
  );
}
