/** What a run says of an owned token: what was done, or what became of it instead and what to do. */
import type { TokenRecord } from "../../model/accessToken";
import type { OwnedState, Previous } from "../../model/ownedToken";
import { listed, ownedSubject, previousName, recordName } from "./naming";

export function describeCreated(state: OwnedState): string {
  return `${ownedSubject(state)} was created: its key ends in ${String(state.tokenLastFour)}.`;
}

export function describeTakenOver(state: OwnedState): string {
  return `${ownedSubject(state)} was taken over with its key (ending in ${String(state.tokenLastFour)}). No other one was created.`;
}

/** LaunchDarkly made no token. @param previous those that the stack could let go */
export function describeLimit(subject: string, why: string, previous: readonly Previous[]): string {
  const advice =
    previous.length === 0
      ? "Delete a token that nobody uses, or ask LaunchDarkly for more."
      : `This stack could let go of ${listed(previous.map(previousName))}: set oldKeyExpiry to "immediate", run pulumi up with frozen set to true, and then rotate.`;
  return `${subject} was not created, and nothing was changed: ${why} ${advice}`;
}

/** A token may have been made whose key nobody has. */
export function describeOpenMark(subject: string, why: string): string {
  return `${subject} was not created: ${why} A token whose key nobody has may be left at LaunchDarkly. The current key is as it was. Run pulumi up again: it looks for that token, deletes it, and makes another one.`;
}

/** The account's tokens could not be listed. */
export function describeNotLooked(subject: string, why: string): string {
  return `${subject} was not created, and nothing was changed: ${why}`;
}

export function describeForgotten(record: TokenRecord): string {
  return `Access token ${recordName(record)} was deleted: a request of this stack had made it, and nobody has its key.`;
}

export function describeDoubtful(records: readonly TokenRecord[]): string {
  return `${listed(records.map(recordName))} at LaunchDarkly bear this resource's mark, but are not in its state, and somebody may use them. They are left alone. Delete them if nobody needs them.`;
}

/** The key is in the state, but is not proven. */
export function describeUnprovenToken(state: OwnedState, why: string): string {
  return `${ownedSubject(state)} was created and its key (ending in ${String(state.tokenLastFour)}) is saved, but the key could not be verified: ${why} The token before it works on. Run pulumi up again: it verifies the key without another token.`;
}

export function describeLostToken(state: OwnedState): string {
  return `${ownedSubject(state)} was deleted outside Pulumi. Run pulumi up again: it makes another one.`;
}

export function describeSettingsFailure(state: OwnedState, why: string): string {
  return `${ownedSubject(state)} could not be changed: ${why} Run pulumi up again: it changes the token, and leaves its key.`;
}

export function describeSettings(state: OwnedState, names: readonly string[]): string {
  return `${ownedSubject(state)} was changed: ${names.join(", ")}. Its key is the same.`;
}

export function describeEnd(token: Previous, end: number): string {
  return `The previous token ${previousName(token)} works until ${new Date(end).toISOString()}.`;
}

/** LaunchDarkly knows no expiry. */
export function describeEndByDeletion(token: Previous, end: number, why: string): string {
  return `The previous token ${previousName(token)} got no expiry: ${why} The first pulumi up after ${new Date(end).toISOString()} deletes it.`;
}

export function describeEnded(token: Previous): string {
  return `The previous token ${previousName(token)} was deleted: its key is dead.`;
}

export function describeAbsent(token: Previous): string {
  return `The previous token ${previousName(token)} is not at LaunchDarkly any more.`;
}

export function describePendingEnd(token: Previous): string {
  return `The previous token ${previousName(token)} still works. The next pulumi up deletes it.`;
}

export function describeRetirementFailure(token: Previous, why: string): string {
  return `The previous token ${previousName(token)} still works, because its end could not be set: ${why} Run pulumi up again: it sets the end, and makes no other token.`;
}

export function describeOwnKey(token: Previous): string {
  return `The previous token ${previousName(token)} is the one that this stack authenticates with: it was not ended. Put the current key into launchdarkly:accessToken, and run pulumi up again.`;
}
