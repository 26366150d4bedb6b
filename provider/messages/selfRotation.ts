/** What is said of the rotation of the very token that the stack authenticates with. */
import type { ReplaceCredential, ResetCredential } from "../model/credential";
import type { OwnedState } from "../model/ownedState";
import { SETTING } from "../model/settingNames";
import type { State } from "../model/state";
import { ACCESS_TOKEN } from "./words";

const NOT_RESET = `Not reset: this is the token that ${ACCESS_TOKEN} authenticates with,`;

export function describeLockOut(): string {
  return `${NOT_RESET} and a reset would lock this stack out. Configure the key of another token; or set allowSelfRotation, and put the new key into the configuration after each rotation.`;
}

/** Nobody could put the new key into the configuration in time. */
export function describeDeathAtOnce(): string {
  return `${NOT_RESET} and would die at once. Set oldKeyExpiry, for example to "24h": the configured key must live until the configuration holds the new one.`;
}

/** The configured key is in the grace that a reset has left it. */
export function describeOutdatedKey({ outputs }: Pick<ResetCredential, "outputs">): string {
  return `${NOT_RESET} and the configuration still holds the key before the current one, whose grace another reset may end. Put the current key into it first, for example: ${fromOutput(outputs.key)}`;
}

/** After a reset: what to do about the configuration. @param isInGrace whether the configured key was it before */
export function adviseOnSelfRotation(
  { outputs }: Pick<ResetCredential, "outputs">,
  { key, oldKeyExpiresAt }: Pick<State, "key" | "oldKeyExpiresAt">,
  isInGrace: boolean,
): string {
  const end = isInGrace
    ? "was in its grace already, and may die at any time. At once,"
    : `dies at ${String(oldKeyExpiresAt)}. Before that,`;
  return `Act now: this is the token that the stack authenticates with. The configured key ${end} put the new one (ending in ${String(key?.slice(-4))}) into ${ACCESS_TOKEN}, for example: ${fromOutput(outputs.key)}`;
}

const NOT_ROTATED = `Not rotated: this is the token that ${ACCESS_TOKEN} authenticates with,`;

/** The same of a token that is replaced. */
export function describeOwnLockOut(): string {
  return `${NOT_ROTATED} and its end would lock this stack out. Configure the key of another token; or set allowSelfRotation, and put the new key into the configuration after each rotation.`;
}

/** Nobody could put the new key into the configuration in time. */
export function describeOwnImmediateEnd(): string {
  return `${NOT_ROTATED} and would end at the next pulumi up. Set oldKeyExpiry, for example to "24h": the configured key must live until the configuration holds the new one.`;
}

/** After a rotation: what to do about the configuration. */
export function adviseOnOwnRotation(
  { outputs }: Pick<ReplaceCredential, "outputs">,
  state: Pick<OwnedState, "lastFour" | "oldKeyExpiresAt">,
): string {
  return `Act now: this token takes the place of the one that the stack authenticates with. The configured key ends at ${String(state.oldKeyExpiresAt)}. Before that, put the new one (ending in ${String(state.lastFour)}) into ${ACCESS_TOKEN}, for example: ${fromOutput(outputs.key)}`;
}

/** @param output the name of the stack's output that holds the key */
function fromOutput(output: string): string {
  return `pulumi stack output ${output} --show-secrets | pulumi config set --secret ${SETTING.accessToken}`;
}
