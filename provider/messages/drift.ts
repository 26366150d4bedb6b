/** Says what has become of a token outside Pulumi, for a refresh to show. */
import type { State } from "../model/state";
import type { Announcement } from "./announcement";
import { foreignOrigin, isForeign } from "../decisions/rotationReason";

/**
 * What somebody else did to the token. Not drift: another name, its use, and resets by the stack itself.
 *
 * @param before what the last run left
 * @param after the same, with what LaunchDarkly says now
 */
export function drift(before: State, after: State): Announcement[] {
  const found: Announcement[] = [];
  if (isForeign(after) && !isForeign(before) && after.lostReset === null) {
    const ending = after.token?.slice(-4);
    const key = after.keyRefused
      ? "LaunchDarkly does not accept the stack's key any more"
      : `its current key ends in ${String(after.tokenLastFour)}, the stack's in ${String(ending)}`;
    found.push({
      severity: "warning",
      message: `was reset ${foreignOrigin(after)}: ${key}. The next pulumi up resets it once more and gets a key of its own.`,
    });
  }
  const changes = [
    changed("role", before.role, after.role),
    changed("custom roles", list(before.customRoleIds), list(after.customRoleIds)),
  ].filter((change) => change !== undefined);
  if (changes.length > 0) {
    const message = `was changed at LaunchDarkly: ${changes.join(", ")}. This is only recorded; it asks for no rotation.`;
    found.push({ severity: "info", message });
  }
  return found;
}

function changed(what: string, before: string | null, after: string | null): string | undefined {
  return before === after ? undefined : `${what} ${before ?? "none"} → ${after ?? "none"}`;
}

function list(ids: readonly string[]): string | null {
  return ids.length === 0 ? null : [...ids].sort().join(" + ");
}
