/** Decides which settings of the current record have to be changed. */
import { isDeepStrictEqual } from "node:util";

import type { KeyRecord, Settings } from "../../model/answers";
import type { ReplaceCredential, SettingChange } from "../../model/credential";
import type { OwnedInputs } from "../../model/inputs";
import { containsUnknown } from "../../model/json";
import { describe, type Mark, markIn, ownerOf, textOf } from "../../model/mark";
import type { OwnedState } from "../../model/ownedState";

/** What a credential's records have that can be changed. */
type Kind = Pick<ReplaceCredential, "settings" | "exclusive">;

/** How marks name the resource. What its own one says of the organization stays, where the host does not know it. */
export function ownerIn(
  { nonce, settings }: Pick<OwnedState, "nonce" | "settings">,
  { owner }: Pick<OwnedInputs, "owner">,
): string {
  const mark = markIn(textIn(settings) ?? null);
  return ownerOf(owner, mark?.nonce === nonce ? mark.owner : undefined);
}

/** What the record is to be, the mark in its description. */
export function wantedSettings(
  state: Pick<OwnedState, "nonce" | "settings">,
  inputs: Pick<OwnedInputs, "owner" | "settings">,
  made: Pick<Mark, "number" | "attempt">,
): Settings {
  // A description that the program does not give is left to whoever writes it.
  const text = textIn(inputs.settings) ?? textOf(textIn(state.settings) ?? null);
  const description = describe(text, { owner: ownerIn(state, inputs), nonce: state.nonce, ...made });
  return { ...inputs.settings, description };
}

/** What differs from what the stack asked for last: an edit of the program, or drift that a refresh has seen. */
export function settingChanges(
  kind: Kind,
  state: OwnedState,
  inputs: Pick<OwnedInputs, "owner" | "settings">,
): SettingChange[] {
  const { nonce, settings, rotationCount: number } = state;
  const mark = markIn(textIn(settings) ?? null);
  const wanted = wantedSettings(state, inputs, { number, attempt: mark?.attempt });
  // Another resource has taken the record over since: the mark is its own.
  const isForeign = mark !== undefined && mark.nonce !== nonce;
  const changed = lackingSettings(kind, settings, wanted).filter(
    ({ setting }) => !(isForeign && setting === "description"),
  );
  const exclusive = changed.find(({ setting }) => kind.exclusive.includes(setting));
  if (exclusive === undefined) return changed;
  // Another one of them takes the place of the one before.
  const others = kind.exclusive.filter((setting) => setting !== exclusive.setting && settings[setting] !== undefined);
  return [...changed, ...others.map((setting) => ({ kind: "remove", setting }) as const)];
}

/** What a record lacks of what it is to be. @param is its settings, as the state or LaunchDarkly has them */
export function lackingSettings(
  { settings }: Pick<Kind, "settings">,
  is: Settings | KeyRecord,
  wanted: Settings,
): SettingChange[] {
  return settings.flatMap((setting): SettingChange[] => {
    const value = wanted[setting];
    return value === undefined || isDeepStrictEqual(value, is[setting]) ? [] : [{ kind: "set", setting, value }];
  });
}

/** The inputs without the settings that Pulumi does not know yet: nobody can tell whether they change. */
export function withoutUnknown<Given extends Pick<OwnedInputs, "settings">>(
  inputs: Given,
  unknown: ReadonlySet<string>,
): Given & Pick<OwnedInputs, "settings"> {
  const settings = { ...inputs.settings };
  for (const setting of unknown) Reflect.deleteProperty(settings, setting);
  return { ...inputs, settings };
}

/** The state once the changes are made. @param record what LaunchDarkly showed then, if that was readable */
export function withSettings(
  kind: Kind,
  state: OwnedState,
  changes: readonly SettingChange[],
  record: KeyRecord | undefined,
): OwnedState {
  const settings = { ...state.settings };
  for (const change of changes) {
    if (change.kind === "set") Object.assign(settings, { [change.setting]: change.value });
    else Reflect.deleteProperty(settings, change.setting);
  }
  return { ...state, settings, shown: record === undefined ? settings : shownSettings(kind, record) };
}

/** The settings as LaunchDarkly shows them; an empty list is none. */
export function shownSettings({ settings }: Pick<Kind, "settings">, record: KeyRecord): Settings {
  const shown = settings
    .map((setting) => [setting, record[setting]] as const)
    .filter(([, value]) => value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0));
  return Object.fromEntries(shown);
}

/** A setting that is another one than it was; undefined stands for none. */
export interface Difference {
  readonly setting: string;
  readonly was: unknown;
  readonly is: unknown;
}

/**
 * What becomes of a record's settings when it is taken over, besides the mark in its description, and what Pulumi does
 * not know yet.
 */
export function takeOverDifferences(
  kind: Kind,
  record: KeyRecord,
  { settings }: Pick<OwnedInputs, "settings">,
): Difference[] {
  const shown: Settings = { ...shownSettings(kind, record), description: textOf(record.description) };
  const given = kind.settings.filter((setting) => {
    const value = settings[setting];
    return value !== undefined && !containsUnknown(value) && !isDeepStrictEqual(value, shown[setting]);
  });
  const isOther = given.some((setting) => kind.exclusive.includes(setting));
  const taken = kind.exclusive.filter((one) => isOther && settings[one] === undefined && shown[one] !== undefined);
  return [...given, ...taken].map((setting) => ({ setting, was: shown[setting], is: settings[setting] }));
}

/** The settings that somebody else has changed since. */
export function foreignChanges(kind: Kind, { shown }: Pick<OwnedState, "shown">, record: KeyRecord): Difference[] {
  const now = shownSettings(kind, record);
  return kind.settings
    .filter((setting) => !isDeepStrictEqual(shown[setting], now[setting]))
    .map((setting) => ({
      setting,
      was: shown[setting],
      is: now[setting],
    }));
}

/** The description among settings. */
export function textIn({ description }: Settings): string | undefined {
  return typeof description === "string" ? description : undefined;
}
