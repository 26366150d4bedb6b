/** What a run says of an owned record: what was done, or what became of it instead and what to do. */
import type { RecordWording } from "../../model/credential";
import type { OwnedState, Previous } from "../../model/ownedState";
import { printable } from "../../model/redact";
import { SETTING } from "../../model/settingNames";
import { sentence } from "../words";
import { listed, previousBeside, previousName } from "./naming";

/** @param isFirst whether the resource begins with it, so that nobody may know yet what becomes of it */
export function describeCreated({ short }: RecordWording, state: OwnedState, isFirst: boolean): string {
  const { lastRotationReason, lastFour } = state;
  const protection = isFirst
    ? ` The option protect keeps a removal or a rename of the resource from deleting the ${short}.`
    : "";
  const verdict = isFirst ? "Created" : "Rotated";
  return `${verdict}: ${String(lastRotationReason)}. The new key ends in ${String(lastFour)}.${protection}`;
}

export function describeTakenOver({ short }: RecordWording, state: OwnedState): string {
  return `Taken over: the key ending in ${String(state.lastFour)}. No other ${short} was created. The ${short} is deleted with the resource from now on. The option protect prevents that.`;
}

/** LaunchDarkly made no record. @param previous those that the stack could let go */
export function describeLimit({ short }: RecordWording, why: string, previous: readonly Previous[]): string {
  const advice =
    previous.length === 0
      ? `Delete a ${short} that nobody uses, or ask LaunchDarkly for more.`
      : `This stack could let go of ${listed(previous.map(previousName))}: set oldKeyExpiry to "immediate", run pulumi up with frozen set to true, and then rotate.`;
  return `Not created: ${why} Nothing was changed. ${advice}`;
}

/** A record may have been made that the state does not have. */
export function describeOpenMark({ short, secret }: RecordWording, why: string): string {
  return `Not created: ${why} A ${short} that is not in the state may be left at LaunchDarkly. The current key is as it was. Run pulumi up again: it looks for that ${short}, deletes it if nobody can have its ${secret}, and creates another one.`;
}

/** A key came, and nothing that says whose it is. */
export function describeUnidentified({ short, secret }: RecordWording): string {
  return `LaunchDarkly's answer has a ${secret}, but does not show which ${short} it belongs to, and the ${secret} does not show it either.`;
}

/** The answer had shown another record than the one that was made. */
export function describeCorrectedRecord({ short, secret }: RecordWording, answered: string, currentId: string): string {
  return `Corrected: LaunchDarkly's answer had named another ${short} (${printable(answered)}), but the new ${secret} belongs to ${printable(currentId)}, which bears this resource's mark.`;
}

/** The key in the answer is another record's, which is not the resource's. @param why a part of a sentence */
export function describeAnothersKey({ short }: RecordWording, why: string): string {
  return `Created, but not verified: ${why}. The ${short} before it works on. Run pulumi up again: it creates another ${short}.`;
}

/** Something unforeseen happened once the record was there. */
export function describeBrokenOff({ lastFour }: OwnedState, why: string): string {
  return `Created, but the run broke off: the new key (ending in ${String(lastFour)}) is saved. ${sentence(why)}. Run pulumi up again: it goes on with this key.`;
}

/** Nothing came about. */
export function describeNotCreated(why: string): string {
  return `Not created: ${why} Nothing was changed.`;
}

/**
 * The old records of a resource that was replaced.
 *
 * @param end in epoch milliseconds; undefined if it could not be set, "open" if that waits for the new key
 */
export function describeHandedOn(
  { short }: RecordWording,
  record: Pick<Previous, "id" | "lastFour">,
  end: number | "open" | undefined,
  isInSight: boolean,
): string {
  if (end === "open") {
    return `Handed on: ${previousName(record)} works on. ${describeNoSuccessor({ short })} The pulumi up that has one gives this one its end.`;
  }
  const fate = end === undefined ? "works on" : `works until ${new Date(end).toISOString()}`;
  if (!isInSight) return `Replaced: ${previousName(record)} ${fate}. It is no ${short} of this stack any more.`;
  return `Handed on: ${previousName(record)} ${fate}. The resource that takes the place of this one has it as a previous ${short}.`;
}

/** Why nothing of a resource that is replaced is ended. */
export function describeNoSuccessor({ short }: Pick<RecordWording, "short">): string {
  return `The new resource has no ${short} yet that works.`;
}

/** The key is in the state, but is not verified. */
export function describeUnverifiedKey({ short }: RecordWording, state: OwnedState, why: string): string {
  return `Created, but not verified: the new key (ending in ${String(state.lastFour)}) is saved, but it did not pass. ${sentence(why)} The ${short} before it works on. Run pulumi up again: it verifies the key again, and creates no other ${short}.`;
}

export function describeLostRecord({ it }: RecordWording): string {
  return `Deleted outside Pulumi: ${it} is gone from LaunchDarkly. Run pulumi up again: it creates another one.`;
}

export function describeSettingsFailure({ it, secret }: RecordWording, why: string): string {
  return `Not changed: ${why} Run pulumi up again: it changes ${it}, and leaves its ${secret}.`;
}

export function describeSettings(names: readonly string[]): string {
  return `Changed: ${names.join(", ")}. The key is the same.`;
}

export function describeEnd({ short }: RecordWording, record: Previous, end: number): string {
  return `Retired: the previous ${short} ${previousName(record)} works until ${new Date(end).toISOString()}.`;
}

/** LaunchDarkly has made another end of the one that was asked for. */
export function describeOtherEnd({ short }: RecordWording, record: Previous, end: number, asked: number): string {
  const [shown, wanted] = [end, asked].map((instant) => new Date(instant).toISOString());
  const verdict = end < asked ? "Ends early" : "Ends late";
  const advice =
    end < asked
      ? "Give what uses the key the current one before that."
      : `To end it earlier, set oldKeyExpiry to "immediate", and run pulumi up.`;
  return `${verdict}: the previous ${short} ${previousName(record)} works until ${shown}, by what LaunchDarkly shows, though ${wanted} was asked for. ${advice}`;
}

/** Another end was asked for, and this one has come. @param end in epoch milliseconds */
export function describeStaysEnded({ short }: RecordWording, record: Previous, end: number): string {
  return `Ended: the previous ${short} ${previousName(record)}, at ${new Date(end).toISOString()} by LaunchDarkly's clock. It stays ended.`;
}

/** LaunchDarkly knows no expiry. */
export function describeEndByDeletion(wording: RecordWording, record: Previous, end: number, why: string): string {
  return `No expiry: LaunchDarkly gave ${previousBeside(wording, record, why)} none. ${why} The first pulumi up after ${new Date(end).toISOString()} deletes it.`;
}

export function describeEnded({ short, secret }: RecordWording, record: Previous): string {
  return `Deleted: the previous ${short} ${previousName(record)}. Its ${secret} is dead.`;
}

export function describeAbsent({ short }: RecordWording, record: Previous): string {
  return `Gone: the previous ${short} ${previousName(record)} is not at LaunchDarkly any more.`;
}

export function describePendingEnd({ short }: RecordWording, record: Previous): string {
  return `Still works: the previous ${short} ${previousName(record)}. The next pulumi up deletes it, also if something that uses the key fails in this run. In that case, first set oldKeyExpiry to a duration such as "24h".`;
}

export function describeRetirementFailure(wording: RecordWording, record: Previous, why: string): string {
  return `Still works: ${previousBeside(wording, record, why)}, because its end could not be set. ${why} Run pulumi up again: it sets the end, and creates no other ${wording.short}.`;
}

/** @param why a sentence: LaunchDarkly refuses another end @param end the one that stays, in epoch milliseconds */
export function withEndKept(why: string, end: number): string {
  return `${why} Its end is still ${new Date(end).toISOString()}.`;
}

export function describeOwnKey({ short }: RecordWording, record: Previous): string {
  return `Not ended: the stack authenticates with the previous ${short} ${previousName(record)}. Put the current key into ${SETTING.accessToken}, and run pulumi up again.`;
}

/** @param records all that were deleted, the current one last */
export function describeDestroyed(
  { short }: RecordWording,
  records: readonly Pick<Previous, "id" | "lastFour">[],
): string {
  return records.length === 0
    ? `Nothing to delete: the resource has no ${short}s at LaunchDarkly any more.`
    : `Deleted at LaunchDarkly: ${listed(records.map(previousName))}.`;
}

/** @param isAgain whether the same run may do better */
export function describeNotDestroyed({ short }: RecordWording, why: string, isAgain = true): string {
  const end = isAgain ? "Run it again: it skips what is deleted already." : "What is deleted already is skipped.";
  return `Not destroyed: a ${short} of the stack may be left. ${why} ${end}`;
}

/** A key may have been made under the identifier that the stack has chosen. */
export function describeOpenIdentifier({ short }: RecordWording, why: string): string {
  return `Not created: ${why} The ${short} may have been created all the same. The current key is as it was. Run pulumi up again: it finds that ${short}, or creates it.`;
}

/** The identifier of the next key is another's. */
export function describeTakenIdentifier(id: string): string {
  return `The identifier ${printable(id)} is taken in this environment, by a key that is not this resource's. It is left alone. Give keyPrefix another value.`;
}

/** @param id of a key that bears the mark of a resource of this name, and may be of another kind */
export function describeUnclearKey(id: string): string {
  return `LaunchDarkly does not say of which kind the key ${printable(id)} is, or whether it is a default key of the environment. So it is left alone.`;
}

/** @param id of a key that was made, and that LaunchDarkly does not show whole */
export function describeHiddenKey(id: string): string {
  return `LaunchDarkly hides the key ${printable(id)}: the role of the key of ${SETTING.accessToken} must allow viewing it, such as by the action viewSdkKey.`;
}
