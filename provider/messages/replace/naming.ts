/** How messages name an owned record, and those before it. */
import type { Difference } from "../../decisions/replace/settings";
import type { KeyRecord } from "../../model/answers";
import type { RecordWording, Wording } from "../../model/credential";
import type { OwnedInputs } from "../../model/inputs";
import { containsUnknown } from "../../model/json";
import { textOf } from "../../model/mark";
import type { OwnedState, Previous } from "../../model/ownedState";
import { printable } from "../../model/redact";

/** The record of a state: `access token "ci", 610955…`. */
export function ownedName(
  { noun }: Wording,
  { currentId, settings }: Pick<OwnedState, "currentId" | "settings">,
): string {
  const { name: given } = settings;
  const name = typeof given === "string" ? ` "${printable(given)}"` : "";
  const separator = name !== "" && currentId !== null ? "," : "";
  return `${noun}${name}${separator}${currentId === null ? "" : ` ${printable(currentId)}`}`;
}

/** A record that is not there yet. */
export function newName({ noun }: Wording, { name }: Pick<OwnedInputs, "name">): string {
  return containsUnknown(name) ? `${noun} of a name that is not known yet` : `${noun} "${printable(name)}"`;
}

/** A previous record, by its id and what people see of its key. */
export function previousName({ id, lastFour }: Pick<Previous, "id" | "lastFour">): string {
  const shown = printable(id);
  return lastFour === null ? shown : `${shown} (ending in ${printable(lastFour)})`;
}

/**
 * A previous record beside a reason that may have its id already: an id is said once.
 *
 * @returns `the previous token 610955… (ending in ab12)`, or without the id
 */
export function previousBeside(
  { short }: RecordWording,
  { id, lastFour }: Pick<Previous, "id" | "lastFour">,
  why: string,
): string {
  if (!why.includes(printable(id))) return `the previous ${short} ${previousName({ id, lastFour })}`;
  return lastFour === null ? `the previous ${short}` : `the previous ${short} (ending in ${printable(lastFour)})`;
}

export function recordName({ id, lastFour }: KeyRecord): string {
  return previousName({ id, lastFour });
}

/** `role writer → reader`. */
export function differenceName({ setting, was, is }: Difference): string {
  // After a rename, only the name of the resource in the mark is another one.
  if (setting === "description" && settingValue(setting, was) === settingValue(setting, is))
    return "mark in description";
  return `${setting} ${settingValue(setting, was)} → ${settingValue(setting, is)}`;
}

function settingValue(setting: string, value: unknown): string {
  if (value === undefined) return "none";
  if (typeof value !== "string") return printable(JSON.stringify(value));
  if (setting !== "description") return printable(value);
  const text = textOf(value);
  return text === "" ? "none" : printable(JSON.stringify(text));
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} and ${String(names.at(-1))}`;
}
