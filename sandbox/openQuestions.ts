/** What LaunchDarkly's description leaves open: switches, so that a client can be tried against every answer. */

export interface OpenQuestions {
  /**
   * Whether a reset also ends, at once, the grace of keys that are older than the one it replaces. The description
   * says only what becomes of the key that was current. @default false
   */
  endsOlderGrace: boolean;
  /**
   * Whether timestamps are sent as strings of digits: the description's examples are, while its schema says integer.
   * @default false
   */
  timestampsAsText: boolean;
}

export const UNANSWERED: Readonly<OpenQuestions> = { endsOlderGrace: false, timestampsAsText: false };
