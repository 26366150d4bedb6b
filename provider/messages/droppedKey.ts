/** What becomes of a key when its resource goes: LaunchDarkly keeps it, and the stack forgets it. */
import type { Credential } from "../model/credential";
import type { State } from "../model/state";
import type { Announcement } from "./announcement";
import { subject } from "./naming";

/** Whether the stack holds the only copy that Pulumi has: a key that can be read again is not lost. */
export function isOnlyCopy({ isReadable }: Credential, { key }: State): boolean {
  return !isReadable && key !== null;
}

/** At a refresh, the end of a sentence. */
export function keptThoughMissing({ wording: { missing } }: Credential): string {
  return `is not shown by LaunchDarkly any more: it was deleted, or the key of launchdarkly:accessToken can't see it. The stack keeps its key, which nobody would show again. ${missing.advice} If it was deleted, remove the resource from the program, or run: pulumi state delete <urn>`;
}

/** In a preview of a replacement; undefined if nothing is lost with the old resource. */
export function announceReplacement(credential: Credential, state: State): Announcement | undefined {
  if (!isOnlyCopy(credential, state)) return undefined;
  const message = `${subject(credential.wording, state)} will be left by this stack, and the stack's only copy of its key (ending in ${String(state.keyEnding)}) goes with it. Save the key first, if anybody needs it: pulumi stack export --show-secrets --file backup.json`;
  return { severity: "warning", message };
}

/** When the resource is deleted. */
export function describeDeletion(credential: Credential, state: State): Announcement {
  const left = `${subject(credential.wording, state)} is left as it is at LaunchDarkly`;
  if (!isOnlyCopy(credential, state)) return { severity: "info", message: `${left}.` };
  const message = `${left}, but its key (ending in ${String(state.keyEnding)}) is gone from this stack. Only earlier checkpoints still have it: pulumi stack export --version <number> --show-secrets. If the resource was only renamed in the program, give it aliases: they keep the key.`;
  return { severity: "warning", message };
}
