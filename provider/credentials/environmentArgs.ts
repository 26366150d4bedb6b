/** The inputs that name an environment. */
import type * as pulumi from "@pulumi/pulumi";

export interface EnvironmentArgs {
  /** The key of the project, such as `my-project`. A change replaces the resource; the old key is left as it is. */
  readonly projectKey: pulumi.Input<string>;
  /** The key of the environment, such as `production`. A change replaces the resource; the old key is left as it is. */
  readonly environmentKey: pulumi.Input<string>;
}
