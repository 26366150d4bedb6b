/** What a preview says of an owned record: that another one will be made, and what becomes of the one before. */
import type { FormerRecord } from "../../decisions/replace/orphans";
import type { Difference } from "../../decisions/replace/settings";
import type { KeyRecord } from "../../model/answers";
import type { RecordWording, ReplaceCredential } from "../../model/credential";
import { formatDuration, type OldKeyExpiry } from "../../model/duration";
import type { OwnedInputs } from "../../model/inputs";
import { containsUnknown } from "../../model/json";
import type { OwnedState } from "../../model/ownedState";
import { printable } from "../../model/redact";
import type { Announcement, Overlap } from "../announcement";
import { differenceName, listed, newName, previousName, recordName } from "./naming";
import { usedSentence } from "./work";

export function announceCreation(
  { initial: names, wording }: Pick<ReplaceCredential, "initial" | "wording">,
  inputs: Pick<OwnedInputs, "name" | "initial">,
): Announcement {
  const { initial } = inputs;
  const { noun } = wording;
  const key = names.key === undefined ? "" : `, with the key given as ${names.key}`;
  const message =
    initial === undefined
      ? `Will create: ${newName(wording, inputs)}. To take over one that exists, give ${initialInputs(names)}. After a rename, give aliases, or the old ${wording.short} is deleted.`
      : `Will take over: ${noun} ${containsUnknown(initial.id) ? "of an id that is not known yet" : initial.id}${key}. It gets the settings that the program gives, and a mark in its description.`;
  return { severity: "info", message };
}

/** Another resource of the stack has a record of the same name, and the program may have it no more. */
export function announceRename({ short }: RecordWording, { record, former }: FormerRecord): Announcement {
  const name = printable(former);
  const message = `Perhaps a rename: the resource "${name}" of this stack has a ${short} of the same name, ${recordName(record)}. If "${name}" is called otherwise now, give the option aliases: [{ name: "${name}" }], or this pulumi up deletes that ${short}. If the program still has "${name}", nothing is deleted.`;
  return { severity: "warning", message };
}

/**
 * A resource of the new one's name has a record: this run may replace it. Pulumi asks nothing of one that --replace or a taint
 * replaces.
 *
 * @param stays whether the new one makes the same record again, and so keeps it
 */
export function announceReplacedUnasked(
  { short }: RecordWording,
  record: KeyRecord,
  oldKeyExpiry: OldKeyExpiry,
  stays: boolean,
): Announcement {
  const fate = stays ? "its key stays, because the triggers are the same." : endOfReplaced(oldKeyExpiry);
  const message = `Perhaps a replacement: a resource of this name has the ${short} ${recordName(record)}. If this pulumi up replaces that resource, ${fate} Otherwise that ${short} is left alone.`;
  return { severity: "warning", message };
}

/** The inputs that take over a record, as people are told them. */
export function initialInputs({ key, id }: ReplaceCredential["initial"]): string {
  return key === undefined ? id : `${key} and ${id}`;
}

/** A record that is taken over has users, who may need what it may do now. Undefined if nothing changes. */
export function announceTakeOverChanges(differences: readonly Difference[]): Announcement | undefined {
  if (differences.length === 0) return undefined;
  const message = `Will change: ${differences.map(differenceName).join(", ")}. The key stays.`;
  return { severity: "warning", message };
}

/** A schedule by which previous records outlive the next rotation. */
export function pilingUp({ short, holder }: RecordWording, { oldKeyExpiry, rotateAfter }: Overlap): Announcement {
  const count = Math.ceil(oldKeyExpiry / rotateAfter);
  const message = `${capital(short)}s pile up: rotateAfter (${formatDuration(rotateAfter)}) is shorter than oldKeyExpiry (${formatDuration(oldKeyExpiry)}). Up to ${count} previous ${short}s work at once, and ${holder} may limit their number.`;
  return { severity: "warning", message };
}

/** Another kind of record has to be made, because LaunchDarkly can't change it. @param inputs the names of those that ask for it */
export function announceReplacedRecord(
  { short }: RecordWording,
  inputs: readonly string[],
  { lastFour, previous }: Pick<OwnedState, "lastFour" | "previous">,
  oldKeyExpiry: OldKeyExpiry,
): Announcement {
  const verdict = `Will replace: ${listed(inputs)} changed. A new ${short} is created.`;
  const key = `The current key (ending in ${String(lastFour)})`;
  // Only the engine knows whether an option is set: a transformation or a parent may do that.
  const unless = "Under retainOnDelete no old key is ended.";
  const isDead = oldKeyExpiry.kind === "immediate";
  const first = `Under deleteBeforeReplace the old key ${isDead ? "is dead" : "gets its end"} before there is a new one.`;
  if (isDead) {
    const others = previous.length === 0 ? "" : ` So do the previous ${short}s: ${listed(previous.map(previousName))}.`;
    const message = `${verdict} ${key} ends with this pulumi up, as its last step.${others} ${unless} ${first}`;
    return { severity: "warning", message };
  }
  return { severity: "warning", message: `${verdict} ${endOfCurrent(key, oldKeyExpiry)} ${unless} ${first}` };
}

/**
 * An end of the current record that somebody else has set, and that is not near. Undefined if there is none.
 *
 * @param now epoch milliseconds
 */
export function announceEnd(
  { short }: RecordWording,
  { foreignExpiry }: Pick<OwnedState, "foreignExpiry">,
  now: number,
): Announcement | undefined {
  if (foreignExpiry === null || foreignExpiry <= now) return undefined;
  const message = `Will expire: the current ${short}, at ${new Date(foreignExpiry).toISOString()}, which somebody else has set. A pulumi up shortly before that creates another ${short}.`;
  return { severity: "warning", message };
}

export interface DueRecord {
  readonly state: OwnedState;
  readonly reason: string;
  /** False where an input that is not known yet decides. */
  readonly isCertain?: boolean;
  readonly oldKeyExpiry: OldKeyExpiry;
  /** When the current record was last used, in epoch milliseconds; 0 for never, null if that is not known. */
  readonly lastUsed: number | null;
  /** Epoch milliseconds. */
  readonly now: number;
}

export function announceNextRecord(due: DueRecord): Announcement {
  const { state, reason, isCertain = true, oldKeyExpiry, lastUsed, now } = due;
  const verdict = `${isCertain ? "Will rotate" : "May rotate"}: ${reason}.`;
  const hasEnded = state.foreignExpiry !== null && state.foreignExpiry <= now;
  if (state.key === null || state.isGone || hasEnded) return { severity: "info", message: verdict };
  const end = endOfCurrent(`The current key (ending in ${String(state.lastFour)})`, oldKeyExpiry);
  const isAtOnce = oldKeyExpiry.kind === "immediate";
  const use = isAtOnce && lastUsed !== null ? ` ${usedSentence(lastUsed, now)}` : "";
  return { severity: isAtOnce ? "warning" : "info", message: `${verdict} ${end}${use}` };
}

/** The rotation can't be carried out as the program asks. @param reason why it is due */
export function cannotRotate(problem: string, reason: string): string {
  return `Can't rotate: ${problem}. A rotation is due: ${reason}.`;
}

/** A rotation that frozen holds back, in a preview or in the run itself. */
export function announceHeldBack(reason: string, isPreview: boolean): Announcement {
  const verdict = isPreview ? "Will not rotate" : "Not rotated";
  return { severity: "info", message: `${verdict}: frozen is true, though a rotation is due (${reason}).` };
}

function endOfReplaced(oldKeyExpiry: OldKeyExpiry): string {
  if (oldKeyExpiry.kind === "immediate") return "its key ends with this pulumi up, as its last step.";
  if (oldKeyExpiry.kind === "unknown") return "its key gets an end that is not known yet.";
  return endOfCurrent("its key", oldKeyExpiry);
}

function endOfCurrent(key: string, oldKeyExpiry: OldKeyExpiry): string {
  switch (oldKeyExpiry.kind) {
    case "immediate":
      return `${key} works until the pulumi up after this one.`;
    case "unknown":
      return "When the current key ends is not known yet.";
    case "duration":
      return `${key} keeps working for ${formatDuration(oldKeyExpiry.milliseconds)}.`;
    case "instant":
      return `${key} keeps working until ${new Date(oldKeyExpiry.epochMilliseconds).toISOString()}.`;
  }
}

function capital(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}
