/** What the resources of all credentials have in common: the inputs that say when to rotate, and the audit trail. */
import * as pulumi from "@pulumi/pulumi";

import { type Claim, claimed } from "./duplicateGuard";
import { assertInstalled } from "./installed";
import { ownerOf, programError, programHints, warnOfPlainAdminKey } from "./programHints";
import { jsonOnly, type Triggers } from "./triggers";

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

/** Inputs of every rotation. */
export interface RotationArgs {
  /**
   * A change of any value rotates the key once, at the next `pulumi up`; adding and removing a value included. Any JSON
   * value; best a map, because its keys name the reason of a rotation. A `Date`, a `Map` or a resource is refused: write
   * `date.toISOString()`, or an output of the resource. Within `pulumi.output()` they are flattened before that, and
   * warned of. Values are plain text unless the program makes them secret.
   *
   * @default none: nothing rotates for a change
   * @example { quarter: "2026-Q4" }
   */
  readonly triggers?: pulumi.Input<Triggers> | undefined;

  /**
   * Maximum age of the key: a duration (`"90d"`, `"12w"`, `"P90D"`). The next `pulumi up` after that rotates it, also
   * when nothing else has changed. The age counts from the last rotation by this resource, or from the take-over.
   * Nothing happens unless `pulumi up` runs: let a schedule run it.
   *
   * @default no limit
   */
  readonly rotateAfter?: pulumi.Input<string> | undefined;

  /**
   * While true, nothing rotates, whatever asks for it. The preview says what would.
   *
   * @default false
   */
  readonly frozen?: pulumi.Input<boolean> | undefined;
}

/** The input of every rotation whose old key may live on. */
export interface GraceArgs {
  /**
   * When the old key dies: a duration from the rotation (`"24h"`, `"7d"`, `"PT24H"`), an instant (ISO 8601 with a zone,
   * or epoch milliseconds), or `"immediate"`. Used at the next rotation; editing it alone does not rotate.
   *
   * An instant must be in the future when a rotation uses it.
   *
   * @default LaunchDarkly's own: the old key dies at once. The preview warns of it.
   */
  readonly oldKeyExpiry?: pulumi.Input<string | number> | undefined;
}

/** How a resource differs from the others. */
export interface Kind {
  /** The name of its class: the type of the resource is `launchdarkly:<className>`. */
  readonly className: string;
  readonly provider: pulumi.dynamic.ResourceProvider;
  /** The credential: one resource of a program may have it. */
  readonly claim: Claim;
  /** The inputs by which the first `pulumi up` takes a key over. @default none: it takes over what LaunchDarkly shows */
  readonly takeOver?: readonly string[];
  /** Whether the stack owns what the resource rotates. Then the provider is told which organization the stack is of. */
  readonly owns?: boolean;
  /** Inputs that are secret whatever the program says. */
  readonly secretInputs?: readonly string[];
  /** Outputs beside the audit trail. */
  readonly outputs: readonly string[];
  readonly secretOutputs: readonly string[];
}

/** A dynamic resource has the outputs that its constructor names. */
const AUDIT_TRAIL = ["oldKeyExpiresAt", "lastRotatedAt", "rotationCount", "lastRotationReason"];

/** The triggers that the state remembers, and those of a reset that is open: their values may be secret. */
const SECRET_RECORDS = ["triggers", "openReset"];

/** A resource that rotates a key: what is the same whichever key that is. */
export abstract class Rotation extends pulumi.dynamic.Resource {
  /** When the previous key dies or died: an ISO 8601 instant; null while this resource knows of none. */
  declare readonly oldKeyExpiresAt: pulumi.Output<string | null>;
  /** When this resource last rotated the key: an ISO 8601 instant of LaunchDarkly's clock; null before that. */
  declare readonly lastRotatedAt: pulumi.Output<string | null>;
  /** How often this resource has rotated the key. */
  declare readonly rotationCount: pulumi.Output<number>;
  /** Why the key was last rotated, for example `triggers.quarter changed`; null before that. */
  declare readonly lastRotationReason: pulumi.Output<string | null>;

  protected constructor(kind: Kind, name: string, args: object, options: pulumi.CustomResourceOptions = {}) {
    assertInstalled();
    assertNoImport(kind, name, options);
    const { className, provider, claim, owns = false, secretInputs = [], outputs, secretOutputs } = kind;
    const named = { className, name, parent: options.parent };
    warnOfPlainAdminKey();
    const undefinedOutputs = Object.fromEntries([...AUDIT_TRAIL, ...outputs].map((output) => [output, undefined]));
    const checked = claimed(claim, { ...args }, named);
    const inputs = Object.entries(checked).map(([input, value]) => {
      if (input === "triggers") return [input, jsonOnly(value, `${className} "${name}"`)];
      return [input, secretInputs.includes(input) && value !== undefined ? pulumi.secret(value) : value];
    });
    const additionalSecretOutputs = [...secretOutputs, ...SECRET_RECORDS];
    // The SDK notes a stack trace for each of the four promises of each property, which takes longer than all else here.
    // The source position of the resource does not depend on the limit. Who looks for leaked promises needs the traces.
    const { stackTraceLimit } = Error;
    // eslint-disable-next-line no-restricted-properties -- a switch of the SDK, for the program and not for the provider
    if (process.env["PULUMI_DEBUG_PROMISE_LEAKS"] === undefined) Error.stackTraceLimit = 0;
    try {
      super(
        provider,
        name,
        {
          ...undefinedOutputs,
          ...(Object.fromEntries(inputs) as object),
          ...(owns && ownerOf(named)),
          ...programHints(named),
        },
        pulumi.mergeOptions(options, { additionalSecretOutputs }),
        "launchdarkly",
        className,
      );
    } catch (error) {
      Error.stackTraceLimit = stackTraceLimit;
      if (error instanceof Error) Error.captureStackTrace(error);
      throw error;
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  }
}
