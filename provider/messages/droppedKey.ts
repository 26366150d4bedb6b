/** What becomes of a key when its resource goes: LaunchDarkly keeps it, and the stack forgets it. */
import type { ResetCredential } from "../model/credential";
import type { State } from "../model/state";
import type { Announcement } from "./announcement";
import { SETTING } from "../model/settingNames";

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
