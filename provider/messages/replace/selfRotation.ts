/** What is said of the rotation of an owned token that the stack authenticates with. */
import type { OwnedState } from "../../model/ownedState";
import { fromOutput } from "../selfRotation";
import { ACCESS_TOKEN } from "../settingNames";

const NOT_REPLACED = `Not replaced: this is the token that ${ACCESS_TOKEN} authenticates with,`;

export function describeOwnLockOut(): string {
  return `${NOT_REPLACED} and its end would lock this stack out. Configure the key of another token; or set allowSelfRotation, and put the new key into the configuration after each rotation.`;
}

/** Nobody could put the new key into the configuration in time. */
export function describeOwnImmediateEnd(): string {
  return `${NOT_REPLACED} and would end at the next pulumi up. Set oldKeyExpiry, for example to "24h": the configured key must live until the configuration holds the new one.`;
}

/** After a rotation: what to do about the configuration. */
export function adviseOnOwnRotation(state: Pick<OwnedState, "lastFour" | "oldKeyExpiresAt">): string {
  return `Act now: this token takes the place of the one that the stack authenticates with. The configured key ends at ${String(state.oldKeyExpiresAt)}. Before that, put the new one (ending in ${String(state.lastFour)}) into ${ACCESS_TOKEN}, for example: ${fromOutput("token")}`;
}
