/** Holds a program to one resource for each credential: two would end each other's keys at every rotation. */
import * as pulumi from "@pulumi/pulumi";

import { describeDuplicate } from "../../messages/duplicate";
import { shared } from "../../shared";
import { programError } from "./programHints";

/** What tells a resource from all others. */
export interface Claimant {
  readonly className: string;
  readonly name: string;
  readonly parent: pulumi.Resource | undefined;
}

/** What a resource rotates. */
export interface Claim {
  /** What it is, such as `access token`: resources of more than one class may rotate it. */
  readonly kind: string;
  /** The inputs that make up the identity by which LaunchDarkly knows it. */
  readonly identity: readonly string[];
}

/**
 * The claims of each run, by kind and identity: an automation program may have many runs in one process. Copies of other
 * versions read and write them, so the number changes with the shape.
 */
const claimsOfRuns = shared("claims/1", () => new WeakMap<object, Map<string, Claimant>>());

/** Stands for the run where no engine is there. */
const noRun = shared("no-run/1", () => ({}));

/**
 * @param identity the values by which LaunchDarkly knows the credential
 * @throws {pulumi.RunError} if another resource of the run has claimed it
 */
export function claim(kind: string, identity: readonly string[], claimant: Claimant): void {
  const run = (pulumi.runtime.getMonitor() as object | undefined) ?? noRun;
  const claims = claimsOfRuns.get(run) ?? new Map<string, Claimant>();
  claimsOfRuns.set(run, claims);
  const credential = JSON.stringify([kind, ...identity]);
  const first = claims.get(credential) ?? claimant;
  claims.set(credential, first);
  const { className, name, parent } = claimant;
  if (first.className === className && first.name === name && first.parent === parent) return;
  throw programError(describeDuplicate(identity, claimant, first));
}

/**
 * Claims a credential as soon as its identity is known.
 *
 * @param args the inputs of the resource
 * @returns the same inputs; where the identity is known later, the first of them fails if another resource has it
 * @throws {pulumi.RunError} if the identity is known, and another resource of the run has claimed it
 */
export function claimed(
  { kind, identity: names }: Claim,
  args: Readonly<Record<string, unknown>>,
  claimant: Claimant,
): Readonly<Record<string, unknown>> {
  const identity = names.map((name) => args[name]);
  const [first] = names;
  if (first === undefined) return args;
  if (identity.every((value) => typeof value === "string")) {
    claim(kind, identity, claimant);
    return args;
  }
  const checked = pulumi.output(identity).apply((values: readonly unknown[]) => {
    const known = values.filter((value) => typeof value === "string");
    if (known.length === names.length) claim(kind, known, claimant);
    return values[0];
  });
  return { ...args, [first]: checked };
}
