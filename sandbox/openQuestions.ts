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
  /**
   * Whether a reset takes away the expiry that the access token has itself. The description says only what becomes of the
   * old key. @default false
   */
  liftsTokenExpiry: boolean;
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
   * Whether a token may create a token that can do more than it can itself, or give one such a role. LaunchDarkly says only
   * that a personal token can never do more than its member. Otherwise that is refused (403). @default true
   */
  grantsMoreThanOwn: boolean;
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
  /**
   * The answer where the account's plan has no keys beside the default ones of an environment: 403 or 404. Undefined
   * where the plan has them. @default undefined
   */
  withoutSeveralKeys: 403 | 404 | undefined;
  /**
   * Which role may create, change and delete a key beside the default ones. No source names its actions: "unknown"
   * lets Admin do it, and statements that allow every action; "asResets" also the action that resets the default key of
   * that kind, which is updateApiKey or updateMobileKey. @default "unknown"
   */
  keyActions: "unknown" | "asResets";
  /**
   * What a caller that lacks the action viewSdkKey is shown of the values of an environment's SDK keys, the default ones
   * among them: the value, its end, or nothing (403 for one key; a list shows their ends). @default "masked"
   */
  valuesWithoutViewSdkKey: "shown" | "masked" | "refused";
  /**
   * Whether the endpoints of several keys keep the values of mobile keys from such a caller as they do those of SDK keys.
   * @default false
   */
  hidesMobileKeys: boolean;
  /**
   * Whether the expiry of such a key may be a time that has passed, or 0; otherwise it is refused, as LaunchDarkly's
   * Terraform provider says of 0. @default false
   */
  acceptsPastKeyExpiry: boolean;
  /** How far ahead the expiry of such a key may be, in milliseconds; one beyond is refused. @default ten years */
  longestKeyExpiryMs: number;
  /**
   * Whether another expiry lets such a key work again that has expired; otherwise it is refused. @default false
   */
  revivesExpiredKeys: boolean;
  /**
   * Whether a patch of such a key may change the views that it is limited to. The description has them for the creation
   * alone; otherwise a patch ignores them. @default false
   */
  patchesViewKeys: boolean;
  /** How long the identifier of such a key may be; a longer one is refused. @default no limit */
  longestKeyId: number;
  /** How long the identifier of a deleted key stays taken, in milliseconds. @default 180 days */
  keyIdStaysTakenMs: number;
}

const DAY_MS = 86_400_000;

export const UNANSWERED: Readonly<OpenQuestions> = {
  endsOlderGrace: false,
  timestampsAsText: false,
  refusesWithoutViewSdkKey: false,
  knowsTokenExpiry: true,
  acceptsPastTokenExpiry: false,
  acceptsPastResetExpiry: false,
  liftsTokenExpiry: false,
  longestGraceMs: Infinity,
  replacesWhatIsAbsent: false,
  tokenLimit: Infinity,
  grantsMoreThanOwn: true,
  isTokenResetGone: false,
  refusesKeysWithoutBody: false,
  withoutSeveralKeys: undefined,
  keyActions: "unknown",
  valuesWithoutViewSdkKey: "masked",
  hidesMobileKeys: false,
  acceptsPastKeyExpiry: false,
  longestKeyExpiryMs: 3_650 * DAY_MS,
  revivesExpiredKeys: false,
  patchesViewKeys: false,
  longestKeyId: Infinity,
  keyIdStaysTakenMs: 180 * DAY_MS,
};
