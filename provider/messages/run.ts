/** What a run says whatever it rotates: of clocks, waits, other homes, imports, and the way back from the plugin. */
import ms from "ms";

import { printable } from "../model/redact";
import { SETTING } from "../model/settingNames";
import type { Home } from "../model/state";
import type { Announcement } from "./announcement";

/** @param aheadMs how far LaunchDarkly's clock is ahead of the local one */
export function clockWarning(aheadMs: number): string {
  const difference = `${ms(Math.abs(aheadMs), { long: true })} ${aheadMs > 0 ? "ahead of" : "behind"}`;
  return `Clocks differ: LaunchDarkly's answers are dated ${difference} this machine's clock. This run uses this machine's clock for the grace of old keys. Check that it is right.`;
}

/** A key's age can't be told. @param instant when it begins, as the state has it */
export function unknownAge(instant: string): string {
  return `Age unknown: the state says that this key is from ${instant}, which is in the future. Until then, rotateAfter rotates nothing. Check this machine's clock. If the clock is right, change triggers once: that rotation corrects the date.`;
}

/**
 * @param due how many credentials the run is known to rotate
 * @param done how many of them it has rotated
 */
export function describeWait(milliseconds: number, due: number, done: number): string {
  const progress = due === 0 ? "" : `, ${done} of ${due} rotated`;
  return `Held up: waiting ${Math.ceil(milliseconds / 1000)} s for LaunchDarkly's rate limit${progress}.`;
}

export const SKIP_CHECKPOINTS = "PULUMI_SKIP_CHECKPOINTS";

export function skippedCheckpoints(): string {
  return `Keys may be lost: ${SKIP_CHECKPOINTS} is set, so Pulumi saves the state only when the run ends. A run that is killed before that loses every new key. Unset ${SKIP_CHECKPOINTS} where keys are rotated.`;
}

/**
 * @param home where the credential lives
 * @param here where the run works
 * @param differs in what they differ
 */
export function describeElsewhere(home: Home, here: Home, differs: "host" | "account"): string {
  const [was, is] = differs === "host" ? [home.host, here.host] : [home.accountId ?? "", here.accountId ?? ""];
  const verdict =
    differs === "host"
      ? `Another LaunchDarkly: the state is of ${printable(was)}, and ${SETTING.apiHost} says ${is}.`
      : `Another account: the state is of LaunchDarkly's account ${printable(was)}, and the key of ${SETTING.accessToken} is of account ${is}.`;
  const back =
    differs === "host"
      ? `set ${SETTING.apiHost} to ${printable(was)}, with a key from there as ${SETTING.accessToken}`
      : `set ${SETTING.accessToken} to a key of that account`;
  return `${verdict} Nothing was changed. To go back, ${back}, and run pulumi up without --refresh: a refresh and a destroy use the settings of the last pulumi up. To move on purpose, run pulumi state delete <urn>, and then pulumi up: what the stack has at LaunchDarkly stays there as it is.`;
}

/**
 * Why nothing can be imported: only the program has the key.
 *
 * @param it as in "the token"
 * @param inputs by which the first `up` takes a key over
 */
export function describeNotImportable(it: string, inputs: readonly string[]): string {
  return `Can't import: LaunchDarkly does not show the key of ${it} again. Give the program ${inputs.join(" and ")}: the first pulumi up takes ${it} over with its key, and does not rotate it.`;
}

/** @param parts what the parts of the id are called */
export function describeOddId(parts: readonly string[]): string {
  return `Can't import: the id must be ${parts.map((part) => `<${part}>`).join("/")}.`;
}

export function describeImportProblem(why: string): string {
  return `Can't import: ${why}`;
}

/** In a preview of the first update. */
export function announceBaseline(): Announcement {
  return { severity: "info", message: "Will note: the triggers of an imported resource, without a rotation." };
}

/** In the first update, which has done that. */
export function describeBaseline(): string {
  return "Noted: the triggers of an imported resource, without a rotation. A change of theirs rotates from now on.";
}

/** In a preview of a resource that comes back to its dynamic class from the plugin. */
export function announceTakeBack(): string {
  return "Will take over the state: the plugin has written it. Nothing changes at LaunchDarkly.";
}
