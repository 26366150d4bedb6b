/** What programs say of what an access token is to be. */
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

/** A base role: those of the schema AccessTokenPost in LaunchDarkly's OpenAPI description, or a later one. */
export type BaseRole = "reader" | "writer" | "admin" | (string & {});

/** The settings of an access token that the stack makes. */
export interface TokenSettingsArgs {
  /** The name of the token at LaunchDarkly. A change renames the current token; its key stays. */
  readonly name: pulumi.Input<string>;

  /**
   * The description of the token. The resource adds a mark at its end, such as
   * `[Pulumi shop/production/ci 9f86d081884c7d65 #3-5f3a09bc]`, by which it finds its tokens again.
   *
   * @default none but the mark
   */
  readonly description?: pulumi.Input<string> | undefined;

  /**
   * The token's base role: `reader`, `writer`, `admin`, or another one that LaunchDarkly knows. Only one of `role`,
   * `customRoleIds` and `inlineRole` may be given. A change is made to the current token; its key stays.
   *
   * @default LaunchDarkly's own
   */
  readonly role?: pulumi.Input<BaseRole> | undefined;

  /** The ids of the token's custom roles, in the place of `role`. @default none */
  readonly customRoleIds?: pulumi.Input<pulumi.Input<string>[]> | undefined;

  /** The token's own policy statements, in the place of `role`. @default none */
  readonly inlineRole?: pulumi.Input<pulumi.Input<PolicyStatement>[]> | undefined;

  /**
   * Whether it is a service token. Otherwise it is a personal token of the member whose key the stack authenticates
   * with. A change replaces the resource; the old key keeps working for `oldKeyExpiry`.
   *
   * @default true
   */
  readonly serviceToken?: pulumi.Input<boolean> | undefined;

  /** The API version that requests with the token use if they name none. @default LaunchDarkly's own */
  readonly defaultApiVersion?: pulumi.Input<number> | undefined;
}
