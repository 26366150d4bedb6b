/** What a role consists of, as programs write it. */
import type * as pulumi from "@pulumi/pulumi";

/** A statement of a role: what it allows or denies, and where. LaunchDarkly checks it. */
export interface PolicyStatement {
  /** `allow` or `deny`. */
  readonly effect: pulumi.Input<string>;
  /** What the statement is about, such as `updateOn`; `*` for everything. Not beside `notActions`. */
  readonly actions?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /** What the statement is not about. */
  readonly notActions?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /** Where it holds, such as `proj/*:env/production:flag/*`. Not beside `notResources`. */
  readonly resources?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /** Where it does not hold. */
  readonly notResources?: pulumi.Input<pulumi.Input<string>[]> | undefined;
}
