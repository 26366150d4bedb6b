/** What LaunchDarkly's description leaves open: switches, so that a client can be tried against every answer. */

export interface OpenQuestions {
  /**
   * Whether a reset also ends, at once, the grace of keys that are older than the one it replaces. The description
   * says only what becomes of the key that was current. Concerns access tokens and Relay Proxy configurations; an
   * environment never has more than one SDK key that expires. @default false
   */
  endsOlderGrace: boolean;
  /**
   * Whether timestamps are sent as strings of digits: the description's examples are, while its schema says integer.
   * @default false
   */
  timestampsAsText: boolean;
  /**
   * Whether a caller that lacks the action viewSdkKey is refused an environment (403); otherwise it is shown the
   * environment with the SDK key masked. A list shows masked keys either way. @default false
   */
  refusesWithoutViewSdkKey: boolean;
  /**
   * Whether access tokens can have an expiry: the description knows it only since October 2026, and not every host may.
   * If not, creating a token ignores one, and a patch of it fails. @default true
   */
  knowsTokenExpiry: boolean;
  /**
   * Whether the expiry of an access token may be a time that has passed, so that the token is dead at once; otherwise
   * it is refused, as the expiry of a reset is. @default false
   */
  acceptsPastTokenExpiry: boolean;
  /**
   * Whether the expiry of a reset may be a time that has passed: the old key is then dead at once. Otherwise it is
   * refused. @default false
   */
  acceptsPastResetExpiry: boolean;
  /** How far ahead the expiry of a reset may be, in milliseconds; one beyond is refused. @default no limit */
  longestGraceMs: number;
  /**
   * Whether a patch may replace a member that is not there, which then is added. RFC 6902 says that it fails, but
   * LaunchDarkly's own Terraform provider replaces members that a token may lack. @default false
   */
  replacesWhatIsAbsent: boolean;
  /** How many access tokens the account may have; one more is refused. @default no limit */
  tokenLimit: number;
  /**
   * Whether the reset of access tokens is gone, which the description calls deprecated without saying until when.
   * @default false
   */
  isTokenResetGone: boolean;
  /**
   * Whether the refusal of a key (401) comes without a body. The description gives it the body of every other error;
   * a proxy in front of the API may not. @default false
   */
  refusesKeysWithoutBody: boolean;
}

export const UNANSWERED: Readonly<OpenQuestions> = {
  endsOlderGrace: false,
  timestampsAsText: false,
  refusesWithoutViewSdkKey: false,
  knowsTokenExpiry: true,
  acceptsPastTokenExpiry: false,
  acceptsPastResetExpiry: false,
  longestGraceMs: Infinity,
  replacesWhatIsAbsent: false,
  tokenLimit: Infinity,
  isTokenResetGone: false,
  refusesKeysWithoutBody: false,
};
