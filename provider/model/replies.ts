/** What came back of a request for a new key, reduced to what the next step depends on. */
import type { Found } from "./found";
import type { KeyRecord } from "./record";

export type ResetReply =
  /** The new key. Everything else that LaunchDarkly said is in `found`, as far as it was readable. */
  | { readonly kind: "reset"; readonly key: string; readonly found: Found; readonly at: number }
  /** LaunchDarkly did not process it, and will not if it is sent again. */
  | { readonly kind: "refused"; readonly error: Error }
  /** LaunchDarkly did not process it, but may if it is sent again. */
  | { readonly kind: "notProcessed"; readonly error: Error }
  /** It may have been processed; or, if it may be late, will be. */
  | { readonly kind: "unknown"; readonly error: Error; readonly mayBeLate: boolean };

export type CreateReply =
  /** A new key; without a record if the answer does not say which one it is of. */
  | { readonly kind: "created"; readonly key: string; readonly record: KeyRecord | undefined; readonly at: number }
  /** LaunchDarkly made none, and will not if it is asked again. */
  | { readonly kind: "refused"; readonly error: Error; readonly isLimit: boolean }
  /** LaunchDarkly made none, but may if it is asked again. */
  | { readonly kind: "notProcessed"; readonly error: Error; readonly isRateLimited: boolean }
  | Extract<ResetReply, { kind: "unknown" }>;
