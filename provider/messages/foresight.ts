/** What a preview says of a rotation that LaunchDarkly was asked about. */
import { SETTING } from "../model/settingNames";

/** What the `up` would fail to do. */
export type Impossible = "Can't take over" | "Can't reset" | "Can't create" | "Can't rotate";

export function describeImpossible(verdict: Impossible, why: string): string {
  return `${verdict}: ${why}`;
}

export function describeUnforeseen(why: string): string {
  return `Not checked: this preview could not ask LaunchDarkly whether the rotations will work. ${why}`;
}

/** Nobody could be asked when a key that will end was last used. */
export function describeUnaskedUse(why: string): string {
  return `Not checked: this preview could not ask LaunchDarkly when the keys that will end were last used. ${why}`;
}

/** The admin key has a role that changes nothing. */
export function describeReaderRole(): string {
  return `Can't rotate: the key of ${SETTING.accessToken} has the role reader, which may only read. Use a key with the Admin role, or a custom role that allows it.`;
}
