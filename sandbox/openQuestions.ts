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
}

export const UNANSWERED: Readonly<OpenQuestions> = {
  endsOlderGrace: false,
  timestampsAsText: false,
  refusesWithoutViewSdkKey: false,
};
