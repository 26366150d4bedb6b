/** What is asked of LaunchDarkly: a request without the key that it is sent with. */

import type { Json } from "../model/json";

export interface Operation {
  /** As in "LaunchDarkly refused to …". */
  readonly action: string;
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Absolute path. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>> | undefined;
  /** Sent as JSON. */
  readonly body?: Json | undefined;
  /** The version of LaunchDarkly's API that it needs. @default the one that this package is written for */
  readonly apiVersion?: string | undefined;
  /** Whether it names what it was decided on: refused with 409, it is not sent again as it is. @default false */
  readonly isConditional?: boolean;
  /** LaunchDarkly's name of the action that a role must allow for it. */
  readonly permission?: string | undefined;
  /** What a refusal may mean besides the role: a sentence. */
  readonly otherwise?: string | undefined;
  /** What a 404 of LaunchDarkly's says is missing, and what to check then. */
  readonly missing?: { readonly what: string; readonly advice: string };
}
