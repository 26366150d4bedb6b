/** What a run says of an owned record: what was done, or what became of it instead and what to do. */
import type { KeyRecord } from "../../model/record";
import type { OwnedState, Previous } from "../../model/ownedState";
import { markIn } from "../../model/mark";
import type { OldKeyExpiry } from "../../model/oldKeyExpiry";
import { printable } from "../../model/printable";
import { sentence } from "../sentence";
import { listed, previousBeside, previousName, recordName } from "./naming";

export function describeCreated(state: OwnedState): string {
  const { lastRotationReason, lastFour } = state;
  return `Created: ${String(lastRotationReason)}. The new key ends in ${String(lastFour)}.`;
}

export function describeTakenOver(state: OwnedState): string {
  return `Taken over: the key ending in ${String(state.lastFour)}. No other token was created.`;
}

/** LaunchDarkly made no record. @param previous those that the stack could let go */
export function describeLimit(why: string, previous: readonly Previous[]): string {
  const advice =
    previous.length === 0
      ? "Delete a token that nobody uses, or ask LaunchDarkly for more."
      : `This stack could let go of ${listed(previous.map(previousName))}: set oldKeyExpiry to "immediate", run pulumi up with frozen set to true, and then rotate.`;
  return `Not created: ${why} Nothing was changed. ${advice}`;
}

/** A record may have been made that the state does not have. */
export function describeOpenMark(why: string): string {
  return `Not created: ${why} A token that is not in the state may be left at LaunchDarkly. The current key is as it was. Run pulumi up again: it looks for that token, deletes it if nobody can have its key, and makes another one.`;
}

/** A key came, and nothing that says whose it is. */
export function describeUnidentified(): string {
  return "LaunchDarkly's answer has a key, but does not show which token it belongs to, and the key does not show it either.";
}

/** The answer had shown another record than the one that was made. */
export function describeCorrectedRecord(answered: string, currentId: string): string {
  return `Corrected: LaunchDarkly's answer had named another token (${printable(answered)}), but the new key belongs to ${printable(currentId)}, which bears this resource's mark.`;
}

/** The key in the answer is another record's, which is not the resource's. @param why a part of a sentence */
export function describeAnothersKey(why: string): string {
  return `Created, but not verified: ${why}. The token before it works on. Run pulumi up again: it makes another token.`;
}

/** Something unforeseen happened once the record was there. */
export function describeBrokenOff({ lastFour }: OwnedState, why: string): string {
  return `Created, but the run broke off: the new key (ending in ${String(lastFour)}) is saved. ${sentence(why)}. Run pulumi up again: it goes on with this key.`;
}

/** Nothing came about. */
export function describeNotCreated(why: string): string {
  return `Not created: ${why} Nothing was changed.`;
}

export function describeDeletedOrphan(record: KeyRecord): string {
  return `Deleted: access token ${recordName(record)}. A request of this stack had made it, and nobody has its key.`;
}

/** Records with the mark of the resource become previous records. */
export function describeAdopted(records: readonly KeyRecord[], oldKeyExpiry: OldKeyExpiry): string {
  return `Found: ${listed(records.map(recordName))}. ${WHY_NOT_IN_STATE} ${fateOfAdopted(records, oldKeyExpiry, "is kept")}`;
}

export const WHY_NOT_IN_STATE =
  "The mark is this resource's, but its state did not have it: a run was killed, or an older state was restored. Somebody may use it.";

/** @param kept such as `is kept` */
export function fateOfAdopted(records: readonly KeyRecord[], oldKeyExpiry: OldKeyExpiry, kept: string): string {
  const it = records.length === 1 ? "It" : "Each";
  if (oldKeyExpiry.kind === "immediate") return `${it} ${kept} as a previous token, and ends with a later pulumi up.`;
  return `${it} ${kept} as a previous token: it works until its grace ends, which begins when a newer key works.`;
}

/** Records with the nonce of the resource, and another owner. */
export function describeForeign(records: readonly KeyRecord[]): string {
  return `Left alone: ${listed(records.map(recordName))}. The mark has this resource's number, but names another stack or resource: this one was renamed, or its state was copied. Delete at LaunchDarkly what nobody needs.`;
}

/** Records of resources of the same name. */
export function describeNamesakes(records: readonly KeyRecord[]): string {
  return `Left alone: ${listed(records.map(recordName))}. The mark has this resource's name, but this state does not have it. If this run replaces the resource, the old one's deletion gives its tokens their grace. Otherwise somebody may use it: delete at LaunchDarkly what nobody needs.`;
}

/** The same, when the resource goes. */
export function describeLeftBehind(records: readonly KeyRecord[]): string {
  return `Left alone: ${listed(records.map(recordName))}. The mark has this resource's name, but this state does not have it: somebody may use it. Delete at LaunchDarkly what nobody needs.`;
}

/** Records that the state has, and that bear another's mark now, or none. */
export function describeTakenAway(records: readonly KeyRecord[]): string {
  const marks = records.map((record) => {
    const mark = markIn(record.description);
    return `${recordName(record)}, which ${mark === undefined ? "has no mark any more" : `bears the mark of ${printable(mark.owner)}`}`;
  });
  return `Left alone: ${listed(marks)}. It is not this resource's any more.`;
}

/** The old records of a resource that was replaced. @param end in epoch milliseconds; undefined if it could not be set */
export function describeHandedOn(record: Pick<Previous, "id" | "lastFour">, end: number | undefined): string {
  const fate = end === undefined ? "works on" : `works until ${new Date(end).toISOString()}`;
  return `Handed on: ${previousName(record)} ${fate}. The resource that takes the place of this one has it as a previous token.`;
}

/** The key is in the state, but is not proven. */
export function describeUnprovenKey(state: OwnedState, why: string): string {
  return `Created, but not verified: the new key (ending in ${String(state.lastFour)}) is saved, but it did not pass. ${sentence(why)} The token before it works on. Run pulumi up again: it verifies the key without another token.`;
}

export function describeLostRecord(): string {
  return "Deleted outside Pulumi: the token is gone from LaunchDarkly. Run pulumi up again: it makes another one.";
}

export function describeSettingsFailure(why: string): string {
  return `Not changed: ${why} Run pulumi up again: it changes the token, and leaves its key.`;
}

export function describeSettings(names: readonly string[]): string {
  return `Changed: ${names.join(", ")}. The key is the same.`;
}

export function describeEnd(record: Previous, end: number): string {
  return `Retired: the previous token ${previousName(record)} works until ${new Date(end).toISOString()}.`;
}

/** LaunchDarkly has made another end of the one that was asked for. */
export function describeOtherEnd(record: Previous, end: number, asked: number): string {
  const [shown, wanted] = [end, asked].map((instant) => new Date(instant).toISOString());
  const verdict = end < asked ? "Ends early" : "Ends late";
  const advice =
    end < asked
      ? "Give what uses the key the current one before that."
      : `To end it earlier, set oldKeyExpiry to "immediate", and run pulumi up.`;
  return `${verdict}: the previous token ${previousName(record)} works until ${shown}, by what LaunchDarkly shows, though ${wanted} was asked for. ${advice}`;
}

/** LaunchDarkly knows no expiry. */
export function describeEndByDeletion(record: Previous, end: number, why: string): string {
  return `No expiry: LaunchDarkly gave ${previousBeside(record, why)} none. ${why} The first pulumi up after ${new Date(end).toISOString()} deletes it.`;
}

export function describeEnded(record: Previous): string {
  return `Deleted: the previous token ${previousName(record)}. Its key is dead.`;
}

export function describeAbsent(record: Previous): string {
  return `Gone: the previous token ${previousName(record)} is not at LaunchDarkly any more.`;
}

export function describePendingEnd(record: Previous): string {
  return `Still works: the previous token ${previousName(record)}. The next pulumi up deletes it, also if something that uses the key fails in this run. In that case, first set oldKeyExpiry to a duration such as "24h".`;
}

export function describeRetirementFailure(record: Previous, why: string): string {
  return `Still works: ${previousBeside(record, why)}, because its end could not be set. ${why} Run pulumi up again: it sets the end, and makes no other token.`;
}

export function describeOwnKey(record: Previous): string {
  return `Not ended: the stack authenticates with the previous token ${previousName(record)}. Put the current key into launchdarkly:accessToken, and run pulumi up again.`;
}

/** At a refresh: records whose key nobody can have. */
export function describeLost(records: readonly KeyRecord[]): string {
  return `Lost: a request of this stack has made ${listed(records.map(recordName))}, whose key nobody has. The next pulumi up deletes it.`;
}

/** At a refresh: other records with the mark of the resource. */
export function describeFound(records: readonly KeyRecord[]): string {
  return `Found: ${listed(records.map(recordName))}. ${WHY_NOT_IN_STATE} The next pulumi up keeps it as a previous token, with a grace.`;
}

/** At a refresh: one of them is newer than the current record. */
export function describeNewer(record: KeyRecord): string {
  return `Out of date: this resource has made ${recordName(record)} after its current token, and this state does not have the key. Restore the later state if there is one (pulumi stack history, pulumi stack import). Otherwise the next pulumi up makes another token, and both keep working for their grace.`;
}

/** @param records all that were deleted, the current one last */
export function describeDestroyed(records: readonly Pick<Previous, "id" | "lastFour">[]): string {
  return records.length === 0
    ? "Nothing to delete: the resource has no tokens at LaunchDarkly any more."
    : `Deleted at LaunchDarkly: ${listed(records.map(previousName))}.`;
}

/** @param isAgain whether the same run may do better */
export function describeNotDestroyed(why: string, isAgain = true): string {
  const end = isAgain
    ? "Run it again: what is deleted already is no obstacle."
    : "What is deleted already is no obstacle.";
  return `Not destroyed: a token of the stack may be left. ${why} ${end}`;
}

/** A key may have been made under the identifier that the stack has chosen. */
export function describeOpenIdentifier(why: string): string {
  return `Not created: ${why} The key may have been made all the same. The current key is as it was. Run pulumi up again: it finds that key, or makes it.`;
}

/** The identifier of the next key is another's. */
export function describeTakenIdentifier(id: string): string {
  return `The identifier ${printable(id)} is taken in this environment, by a key that is not this resource's. It is left alone. Give keyPrefix another value.`;
}

/** @param id of a key that was made, and that LaunchDarkly does not show whole */
export function describeHiddenKey(id: string): string {
  return `LaunchDarkly hides the key ${printable(id)}: the role of the key of launchdarkly:accessToken must allow viewing it, such as by the action viewSdkKey.`;
}
