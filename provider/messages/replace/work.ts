/** What a preview says of what is to be done besides a rotation: to settings, to an open mark, and to previous records. */
import type { Retirement } from "../../decisions/replace/retirements";
import type { RecordWording, SettingChange } from "../../model/credential";
import { formatAge } from "../../model/duration";
import type { OwnedState, Previous } from "../../model/ownedState";
import type { Announcement } from "../announcement";
import { differenceName, previousName } from "./naming";

/** The end of a previous record, and when it was used last: epoch milliseconds, 0 for never, null if not known. */
export type KnownRetirement = Retirement & { readonly lastUsed: number | null };

/**
 * What is to be done besides a rotation.
 *
 * @param now epoch milliseconds
 */
export function announceWork(
  wording: RecordWording,
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
  const { short, secret } = wording;
  const info = (message: string): Announcement => ({ severity: "info", message });
  const told = [
    names === "" ? [] : [info(`Will change: ${names}. The key stays.`)],
    state.verificationPending && state.key !== null
      ? [info(`Will verify: the key. No other ${short} is created.`)]
      : [],
    state.openMark
      ? [
          info(
            `Will look: LaunchDarkly may have ${short}s of this resource that its state does not. One whose ${secret} nobody can have is deleted. Any other is kept as a previous ${short}.`,
          ),
        ]
      : [],
    announceRetirements(wording, retirements, now),
  ];
  return told.flat();
}

/**
 * What inputs may ask for that are not known yet.
 *
 * @param settings the names of those that may change the record
 * @param previous the records whose end is not known
 */
export function announcePossibleWork(
  { short }: RecordWording,
  settings: readonly string[],
  previous: readonly Previous[],
): Announcement[] {
  const messages = [
    ...(settings.length === 0 ? [] : [`May change: ${settings.join(", ")}, not known yet. The key stays.`]),
    ...previous.map((record) => {
      return `May end: the previous ${short} ${previousName(record)}. oldKeyExpiry is not known yet.`;
    }),
  ];
  return messages.map((message) => ({ severity: "info", message }));
}

/** The ends that previous records get, whether another record is made or not. @param now epoch milliseconds */
export function announceRetirements(
  { short, secret }: RecordWording,
  retirements: readonly KnownRetirement[],
  now: number,
): Announcement[] {
  return retirements.map((retirement): Announcement => {
    const previous = `the previous ${short} ${previousName(retirement.record)}`;
    const use = retirement.lastUsed === null ? "" : ` ${useSince(retirement, retirement.lastUsed, now)}`;
    return retirement.kind === "end"
      ? { severity: "warning", message: `Will delete: ${previous}. Its ${secret} ends at once.${use}` }
      : { severity: "info", message: `Will end: ${previous}, at ${new Date(retirement.at).toISOString()}.${use}` };
  });
}

export function cannotEnd({ short }: RecordWording, problem: string): string {
  return `Can't end the previous ${short}: ${problem}.`;
}

/** The verification counts as a use, too. So only a use after its successor was made counts. */
function useSince({ record: { retiredAt } }: Retirement, lastUsed: number, now: number): string {
  return lastUsed <= (retiredAt ?? 0)
    ? "LaunchDarkly shows no use since it was replaced."
    : usedSentence(lastUsed, now);
}

/** @param lastUsed epoch milliseconds, 0 for never */
export function usedSentence(lastUsed: number, now: number): string {
  return lastUsed === 0
    ? "LaunchDarkly shows no use of it."
    : `Last used ${formatAge(Math.max(1, now - lastUsed))} ago.`;
}

/** A record whose grace began by a clock that was wrong. */
export function announceLateEnd({ short }: RecordWording, record: Previous): Announcement {
  const from = new Date(record.retiredAt ?? 0).toISOString();
  return {
    severity: "warning",
    message: `Ends late: the grace of the previous ${short} ${previousName(record)} begins at ${from}, which is in the future. Check this machine's clock. If it is right, a run had a fast one: set oldKeyExpiry to an instant, or to "immediate".`,
  };
}
