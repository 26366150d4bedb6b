/** What a preview says of an owned record: that another one will be made, and what becomes of the one before. */
import type { Orphans } from "../../decisions/replace/orphans";
import type { Retirement } from "../../decisions/replace/retirements";
import type { Difference } from "../../decisions/replace/settings";
import type { SettingChange } from "../../model/credential";
import type { KeyRecord } from "../../model/record";
import { formatAge, formatDuration } from "../../model/duration";
import type { OldKeyExpiry } from "../../model/oldKeyExpiry";
import type { OwnedInputs } from "../../model/ownedInputs";
import type { OwnedState, Previous } from "../../model/ownedState";
import { containsUnknown } from "../../model/unknownValue";
import type { Announcement, Overlap } from "../announcement";
import { differenceName, listed, newName, previousName, recordName } from "./naming";
import { describeForeign, fateOfAdopted, WHY_NOT_IN_STATE } from "./outcome";

export function announceCreation(inputs: Pick<OwnedInputs, "name" | "initial">): Announcement {
  const { initial } = inputs;
  const message =
    initial === undefined
      ? `Will create: ${newName(inputs)}. To take over one that exists, give initialToken and initialTokenId; after a rename, give aliases.`
      : `Will take over: access token ${containsUnknown(initial.id) ? "of an id that is not known yet" : initial.id}, with the key given as initialToken. It gets the settings that the program gives, and a mark in its description.`;
  return { severity: "info", message };
}

/** A record that is taken over has users, who may need what it may do now. Undefined if nothing changes. */
export function announceTakeOverChanges(differences: readonly Difference[]): Announcement | undefined {
  if (differences.length === 0) return undefined;
  const message = `Will change: ${differences.map(differenceName).join(", ")}. The key stays.`;
  return { severity: "warning", message };
}

/** A schedule by which previous records outlive the next rotation. */
export function pilingUp({ oldKeyExpiry, rotateAfter }: Overlap): Announcement {
  const count = Math.ceil(oldKeyExpiry / rotateAfter);
  const message = `Tokens pile up: rotateAfter (${formatDuration(rotateAfter)}) is shorter than oldKeyExpiry (${formatDuration(oldKeyExpiry)}). Up to ${count} previous tokens work at once, and the account may limit their number.`;
  return { severity: "warning", message };
}

/** Another kind of record has to be made, because LaunchDarkly can't change it. */
export function announceReplacedRecord(
  { lastFour, previous }: Pick<OwnedState, "lastFour" | "previous">,
  oldKeyExpiry: OldKeyExpiry,
): Announcement {
  const verdict = "Will replace: serviceToken changed. A new token is made.";
  const key = `The current key (ending in ${String(lastFour)})`;
  // Only the engine knows whether the option is set: a transformation or a parent may do that.
  const unless = "Under retainOnDelete no old key is ended.";
  if (oldKeyExpiry.kind === "immediate") {
    const others = previous.length === 0 ? "" : ` So do the previous tokens: ${listed(previous.map(previousName))}.`;
    const message = `${verdict} ${key} ends with this pulumi up, as its last step.${others} ${unless}`;
    return { severity: "warning", message };
  }
  return { severity: "warning", message: `${verdict} ${endOfCurrent(key, oldKeyExpiry)} ${unless}` };
}

/**
 * An end of the current record that somebody else has set, and that is not near. Undefined if there is none.
 *
 * @param now epoch milliseconds
 */
export function announceEnd(
  { foreignExpiry }: Pick<OwnedState, "foreignExpiry">,
  now: number,
): Announcement | undefined {
  if (foreignExpiry === null || foreignExpiry <= now) return undefined;
  const message = `Will expire: the current token, at ${new Date(foreignExpiry).toISOString()}, which somebody else has set. A pulumi up that comes near to that end makes another token.`;
  return { severity: "warning", message };
}

/** What a preview has found of records with the resource's mark that are not in its state. */
export function announceOrphans({ lost, held, foreign }: Orphans, oldKeyExpiry: OldKeyExpiry): Announcement[] {
  const warning = (message: string): Announcement => ({ severity: "warning", message });
  const names = (records: readonly KeyRecord[]) => listed(records.map(recordName));
  return [
    lost.length === 0
      ? []
      : [warning(`Will delete: ${names(lost)}. A request of this stack had made it, and nobody has its key.`)],
    held.length === 0
      ? []
      : [warning(`Will keep: ${names(held)}. ${WHY_NOT_IN_STATE} ${fateOfAdopted(held, oldKeyExpiry, "is kept")}`)],
    foreign.length === 0 ? [] : [warning(describeForeign(foreign))],
  ].flat();
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

export function announceRecord(due: DueRecord): Announcement {
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

export function cannotEnd(problem: string): string {
  return `Can't end the previous token: ${problem}.`;
}

/** A rotation that frozen holds back, in a preview or in the run itself. */
export function announceFrozenRecord(reason: string, isPreview: boolean): Announcement {
  const verdict = isPreview ? "Will not rotate" : "Not rotated";
  return { severity: "info", message: `${verdict}: frozen is true, though a rotation is due (${reason}).` };
}

/** The end of a previous record, and when it was used last: epoch milliseconds, 0 for never, null if not known. */
export type KnownRetirement = Retirement & { readonly lastUsed: number | null };

/**
 * What is to be done besides a rotation.
 *
 * @param now epoch milliseconds
 */
export function announceWork(
  state: OwnedState,
  changes: readonly SettingChange[],
  retirements: readonly KnownRetirement[],
  now: number,
): Announcement[] {
  const names = changes
    .map((change) => {
      const is = change.kind === "set" ? change.value : undefined;
      return differenceName({ setting: change.setting, was: state.settings[change.setting], is });
    })
    .join(", ");
  const info = (message: string): Announcement => ({ severity: "info", message });
  const told = [
    names === "" ? [] : [info(`Will change: ${names}. The key stays.`)],
    state.verificationPending && state.key !== null ? [info("Will verify: the key, without another token.")] : [],
    state.openMark
      ? [
          info(
            "Will look: LaunchDarkly may have tokens of this resource that its state does not. One whose key nobody can have is deleted. Any other is kept as a previous token.",
          ),
        ]
      : [],
    announceRetirements(retirements, now),
  ];
  return told.flat();
}

/**
 * What inputs may ask for that are not known yet.
 *
 * @param settings the names of those that may change the record
 * @param previous the records whose end is not known
 */
export function announcePossibleWork(settings: readonly string[], previous: readonly Previous[]): Announcement[] {
  const messages = [
    ...(settings.length === 0 ? [] : [`May change: ${settings.join(", ")}, not known yet. The key stays.`]),
    ...previous.map((record) => {
      return `May end: the previous token ${previousName(record)}. oldKeyExpiry is not known yet.`;
    }),
  ];
  return messages.map((message) => ({ severity: "info", message }));
}

/** The ends that previous records get, whether another record is made or not. @param now epoch milliseconds */
export function announceRetirements(retirements: readonly KnownRetirement[], now: number): Announcement[] {
  return retirements.map((retirement): Announcement => {
    const previous = `the previous token ${previousName(retirement.record)}`;
    const use = retirement.lastUsed === null ? "" : ` ${useSince(retirement, retirement.lastUsed, now)}`;
    return retirement.kind === "end"
      ? { severity: "warning", message: `Will delete: ${previous}. Its key ends at once.${use}` }
      : { severity: "info", message: `Will end: ${previous}, at ${new Date(retirement.at).toISOString()}.${use}` };
  });
}

function endOfCurrent(key: string, oldKeyExpiry: OldKeyExpiry): string {
  switch (oldKeyExpiry.kind) {
    case "immediate":
      return `${key} ends with the pulumi up after this one.`;
    case "unknown":
      return "When the current key ends is not known yet.";
    case "duration":
      return `${key} keeps working for ${formatDuration(oldKeyExpiry.milliseconds)}.`;
    case "instant":
      return `${key} keeps working until ${new Date(oldKeyExpiry.epochMilliseconds).toISOString()}.`;
  }
}

/** The verification counts as a use, too. So only a use after its successor was made counts. */
function useSince({ record: { retiredAt } }: Retirement, lastUsed: number, now: number): string {
  return lastUsed <= (retiredAt ?? 0)
    ? "LaunchDarkly shows no use since it was replaced."
    : usedSentence(lastUsed, now);
}

function usedSentence(lastUsed: number, now: number): string {
  return lastUsed === 0
    ? "LaunchDarkly shows no use of it."
    : `Last used ${formatAge(Math.max(1, now - lastUsed))} ago.`;
}
