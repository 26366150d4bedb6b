/** The inputs of a resource that owns its access token, read. */
import type { Inputs } from "./inputs";
import type { OldKeyExpiry } from "./oldKeyExpiry";
import type { TokenSettings } from "./ownedToken";

export interface OwnedInputs extends Pick<
  Inputs,
  "triggers" | "rotateAfter" | "frozen" | "verify" | "allowSelfRotation"
> {
  /** The organization of the stack, and the URN of the resource, with a slash between. */
  readonly owner: string;
  /** What the token is to be; a setting that the program leaves out is LaunchDarkly's. */
  readonly settings: TokenSettings & { readonly name: string };
  readonly serviceToken: boolean;
  readonly oldKeyExpiry: OldKeyExpiry;
  /** The token to take over when the resource is created; undefined to make one. */
  readonly initial: { readonly token: string; readonly tokenId: string } | undefined;
}
