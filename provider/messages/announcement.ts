/** What a preview says of a rotation that is due: why, and what happens to the old key. */
import type { ResetCredential } from "../model/credential";
import { formatDuration, type OldKeyExpiry } from "../model/duration";
import type { Inputs } from "../model/inputs";
import { SETTING } from "../model/settingNames";

export interface Announcement {
  readonly severity: "info" | "warning";
  /** The verdict, a colon, and the rest. */
  readonly message: string;
}

export interface DueRotation {
  readonly reason: string;
  /** False where an input that is not known yet decides. */
  readonly isCertain?: boolean;
  /** The end of the key that is current at LaunchDarkly now, where that is known. */
  readonly lastFour?: string | null;
  /** Undefined when the program does not say. */
  readonly oldKeyExpiry: OldKeyExpiry | undefined;
  /** Why there is no grace, if LaunchDarkly gives none. */
  readonly noGrace?: string | undefined;
  /** The input by which a new resource could take the key over instead. */
  readonly initialKey?: string | undefined;
  /** What the rotation before left behind. */
  readonly previous?: PreviousRotation | undefined;
}

export interface PreviousRotation {
  /** An ISO 8601 instant. */
  readonly oldKeyExpiresAt: string | null;
  /** The triggers that changed since, such as `triggers.build`. */
  readonly triggers: readonly string[];
  /** Epoch milliseconds. */
  readonly now: number;
}

export function announceRotation(due: DueRotation): Announcement {
  const { reason, isCertain = true, lastFour, oldKeyExpiry, noGrace, initialKey, previous } = due;
  const key = lastFour ? `The current key (ending in ${lastFour})` : "The current key";
  const end = noGrace === undefined ? endOfOldKey(key, oldKeyExpiry) : { isAtOnce: true, text: `${key} ${noGrace}` };
  const before = previous === undefined ? [] : keyBefore(previous, oldKeyExpiry);
  const instead = initialKey === undefined ? [] : [`To keep the key, give ${initialKey}, or aliases after a rename.`];
  return {
    severity: end.isAtOnce || before.length > 0 ? "warning" : "info",
    message: [`${isCertain ? "Will reset" : "May reset"}: ${reason}.`, end.text, ...before, ...instead].join(" "),
  };
}

/** What a preview says of inputs that are not known yet, and whose change replaces the resource. */
export function announceUnknown(names: readonly string[]): Announcement {
  const message = `Not known yet: ${names.join(", ")}. Another value replaces the resource, the same value keeps it.`;
  return { severity: "info", message };
}

/** What fails if a rotation comes of which a preview is not certain. @param problem a verdict and its reason */
export function mayFail(problem: string): Announcement {
  return { severity: "warning", message: `May fail: not every input is known yet. ${problem}` };
}

/** What a preview says of a resource that begins with the key that is in use. */
export function announceTakeOver({ initialKey }: Pick<ResetCredential, "initialKey">): Announcement {
  const key = initialKey === undefined ? "the current key" : `the key given as ${initialKey}`;
  return { severity: "info", message: `Will take over: ${key}, without a reset.` };
}

/** What a preview says of a rotation that is due, but must not be carried out; and what the run says itself. */
export function announceFrozen(reason: string, isPreview: boolean): Announcement {
  const verdict = isPreview ? "Will not reset" : "Not reset";
  return { severity: "info", message: `${verdict}: frozen is true, though a reset is due (${reason}).` };
}

/** The rotation can't be carried out as the program asks. @param reason why it is due */
export function cannotReset(problem: string, reason: string): string {
  return `Can't reset: ${problem}. A reset is due: ${reason}.`;
}

/** A grace that is longer than the time between two rotations, both in milliseconds. */
export interface Overlap {
  readonly oldKeyExpiry: number;
  readonly rotateAfter: number;
}

/** A schedule by which the next reset comes within the grace of the one before. */
export function cutShort({ oldKeyExpiry, rotateAfter }: Overlap): Announcement {
  const message = `Graces overlap: rotateAfter (${formatDuration(rotateAfter)}) is shorter than oldKeyExpiry (${formatDuration(oldKeyExpiry)}). The next reset may end an old key before its time. Make rotateAfter the longer one.`;
  return { severity: "warning", message };
}

/** Why the program will fail later, although it works now. @param overlapping what graces that overlap come to */
export function scheduleWarnings(
  { oldKeyExpiry, rotateAfter }: Pick<Inputs, "oldKeyExpiry" | "rotateAfter">,
  overlapping: (overlap: Overlap) => Announcement,
): Announcement[] {
  if (oldKeyExpiry?.kind === "duration" && rotateAfter && rotateAfter.milliseconds < oldKeyExpiry.milliseconds) {
    return [overlapping({ oldKeyExpiry: oldKeyExpiry.milliseconds, rotateAfter: rotateAfter.milliseconds })];
  }
  if (oldKeyExpiry?.kind !== "instant" || rotateAfter === undefined) return [];
  const until = new Date(oldKeyExpiry.epochMilliseconds).toISOString();
  const message = `Will fail one day: oldKeyExpiry is an instant (${until}), and rotateAfter asks for rotations after it. Give oldKeyExpiry a duration, such as "24h".`;
  return [{ severity: "warning", message }];
}

function endOfOldKey(key: string, oldKeyExpiry: OldKeyExpiry | undefined): { text: string; isAtOnce: boolean } {
  switch (oldKeyExpiry?.kind) {
    case undefined:
      return { isAtOnce: true, text: `${key} dies at once, because oldKeyExpiry is not set.` };
    case "immediate":
      return { isAtOnce: true, text: `${key} dies at once.` };
    case "unknown":
      return { isAtOnce: false, text: "When the current key dies is not known yet." };
    case "duration":
      return { isAtOnce: false, text: `${key} keeps working for ${formatDuration(oldKeyExpiry.milliseconds)}.` };
    case "instant": {
      const until = new Date(oldKeyExpiry.epochMilliseconds).toISOString();
      return { isAtOnce: false, text: `${key} keeps working until ${until}.` };
    }
  }
}

/**
 * Warns when the key before the current one is still in its grace. LaunchDarkly does not say whether another reset
 * leaves it its time: whoever rotates by schedule must know that it may die, and whoever stops a leak that it may not.
 */
function keyBefore(
  { oldKeyExpiresAt, triggers, now }: PreviousRotation,
  oldKeyExpiry: OldKeyExpiry | undefined,
): string[] {
  if (!(Date.parse(oldKeyExpiresAt ?? "") > now)) return [];
  if (oldKeyExpiry?.kind === "immediate") return [`The key before it may live on until ${String(oldKeyExpiresAt)}.`];
  const early = `The key before it may die early, before ${String(oldKeyExpiresAt)}.`;
  if (triggers.length === 0) return [early];
  return [early, `If ${triggers.join(" and ")} changes in every run, every run rotates.`];
}

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
