/** What has become of a credential outside Pulumi, for a refresh to show; and of its key when its resource goes. */
import { keyStatus } from "../decisions/keyStatus";
import { foreignOrigin } from "../decisions/rotationReason";
import type { ResetCredential, Wording } from "../model/credential";
import type { Json } from "../model/json";
import { printable } from "../model/redact";
import { SETTING } from "../model/settingNames";
import type { State } from "../model/state";
import type { Announcement } from "./announcement";
import { announceNewEnd } from "./foreignEnd";

/**
 * What somebody else did to it. Not drift: another name, its
 * use, and resets by the stack itself.
 *
 * @param before what the last run left
 * @param after the same, with what LaunchDarkly says now
 */
export function drift(credential: ResetCredential, before: State, after: State): Announcement[] {
  return [
    ...foreignReset(credential, before, after),
    ...announceNewEnd(credential, before, after),
    ...changedDetails(credential, before, after),
  ];
}

/** LaunchDarkly does not say what became of it. */
export function describeNotRefreshed(why: string): string {
  return `Not refreshed: ${why}`;
}

/**
 * LaunchDarkly does not accept the admin key, but the credential's own key.
 *
 * @param isSeen whether that key may see the credential
 * @param why what became of the admin key, and what to do
 */
export function describeOwnKeyUsed({ it }: Pick<Wording, "it">, isSeen: boolean, why: string): Announcement {
  const verdict = isSeen
    ? `Refreshed with ${it}'s own key, which works`
    : `Kept as it was: ${it}'s own key works, but may not read ${it}`;
  const separator = isSeen ? ":" : ".";
  return { severity: "warning", message: `${verdict}${separator} ${why}` };
}

/** The record at LaunchDarkly is not shown to the admin key, but its own key works. */
export function describeHidden({ it }: Pick<Wording, "it">): string {
  return `Not shown by LaunchDarkly: the key of ${SETTING.accessToken} does not see ${it}, but ${it}'s own key is not refused, so ${it} still exists, or may. The stack keeps it. Check ${SETTING.apiHost}, and that the key is of the same account and may see ${it}.`;
}

function foreignReset({ isReadable }: ResetCredential, before: State, after: State): Announcement[] {
  const [stood, stands] = [keyStatus(before), keyStatus(after)];
  if (isReadable) {
    if (after.key === before.key || after.rotationCount !== before.rotationCount) return [];
    const message = `Reset outside Pulumi: the stack takes over the current key (ending in ${String(after.lastFour)}). The next pulumi up hands it on.`;
    return [{ severity: "warning", message }];
  }
  if (stands.kind !== "foreign" || stood.kind === "foreign") return [];
  const key = after.keyRefused
    ? "LaunchDarkly does not accept the stack's key any more"
    : `the current key ends in ${String(after.lastFour)}, the stack's in ${String(after.key?.slice(-4))}`;
  const message = `Reset ${foreignOrigin(stands)}: ${key}. The next pulumi up resets it once more.`;
  return [{ severity: "warning", message }];
}

function changedDetails({ toldDetails }: ResetCredential, before: State, after: State): Announcement[] {
  const changes = Object.entries(toldDetails)
    .map(([name, what]) => ({ what, was: told(before.details[name]), is: told(after.details[name]) }))
    .filter(({ was, is }) => was !== is)
    .map(({ what, was, is }) => `${what} ${was ?? "none"} → ${is ?? "none"}`);
  if (changes.length === 0) return [];
  const message = `Changed at LaunchDarkly: ${changes.join(", ")}. This asks for no rotation.`;
  return [{ severity: "info", message }];
}

/** Undefined for nothing; the order of a list does not count. */
function told(value: Json | undefined): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(told).sort().join(" + ");
  return typeof value === "string" ? printable(value) : printable(JSON.stringify(value));
}

/** Whether the stack holds the only copy that Pulumi has: a key that can be read again is not lost. */
export function isOnlyCopy({ isReadable }: ResetCredential, { key }: State): boolean {
  return !isReadable && key !== null;
}

/** At a refresh. */
export function keptThoughMissing({ wording: { missing } }: ResetCredential): Announcement {
  const message = `Not shown by LaunchDarkly: it was deleted, or is hidden from the key of ${SETTING.accessToken}. The stack keeps its key. ${missing.advice} If it was deleted, remove the resource from the program, or run: pulumi state delete <urn>`;
  return { severity: "warning", message };
}

export function describeMissing(): Announcement {
  return { severity: "warning", message: "Deleted at LaunchDarkly: it is gone from the stack with its key." };
}

/** In a preview of a replacement; undefined if nothing is lost with the old resource. */
export function announceReplacement(credential: ResetCredential, state: State): Announcement | undefined {
  if (!isOnlyCopy(credential, state)) return undefined;
  const message = `Will drop a key: the stack's only copy of the key ending in ${String(state.lastFour)}. To save it first, run: pulumi stack export --show-secrets --file backup.json`;
  return { severity: "warning", message };
}

/** When the resource is deleted, and another one has its key. */
export function describeMoved({ wording: { it } }: ResetCredential, { lastFour }: State): Announcement {
  const message = `Moved: another resource of this stack has ${it} now, with its key (ending in ${String(lastFour)}). Nothing changes at LaunchDarkly.`;
  return { severity: "info", message };
}

/** When the resource is deleted. */
export function describeDeletion(credential: ResetCredential, state: State): Announcement {
  if (!isOnlyCopy(credential, state)) return leftAlone();
  const message = `Dropped a key: ${credential.wording.it} stays as it is, but its key (ending in ${String(state.lastFour)}) is gone from this stack. Earlier states have it: pulumi stack export --version <number> --show-secrets on Pulumi Cloud, the folder .pulumi/history of other backends. After a rename, give aliases instead.`;
  return { severity: "warning", message };
}

/** When nothing is lost, as far as is known. */
export function leftAlone(): Announcement {
  return { severity: "info", message: "Left alone: nothing changes at LaunchDarkly." };
}
