/** What came back of a reset, reduced to what the next step depends on. */
import type { Found } from "./found";

export type ResetReply =
  /** The new key. Everything else that LaunchDarkly said is in `found`, as far as it was readable. */
  | { readonly kind: "reset"; readonly key: string; readonly found: Found; readonly at: number }
  /** LaunchDarkly did not process it, and will not if it is sent again. */
  | { readonly kind: "refused"; readonly error: Error }
  /** LaunchDarkly did not process it, but may if it is sent again. */
  | { readonly kind: "notProcessed"; readonly error: Error }
  /** It may have been processed; or, if it may be late, will be. */
  | { readonly kind: "unknown"; readonly error: Error; readonly mayBeLate: boolean };
