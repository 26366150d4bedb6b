/** Decides which settings of the current token have to be changed. */
import { isDeepStrictEqual } from "node:util";

import type { TokenRecord } from "../../model/accessToken";
import { describe, type Mark, markIn, ownerOf, textOf } from "../../model/mark";
import type { OwnedInputs } from "../../model/ownedInputs";
import type { OwnedState, TokenSettings } from "../../model/ownedToken";
import { containsUnknown } from "../../model/unknownValue";

/** In the order in which people are told of them. */
export const SETTINGS = ["name", "description", "role", "customRoleIds", "inlineRole", "defaultApiVersion"] as const;

export type Setting = (typeof SETTINGS)[number];

/** The settings that say what a token may do: LaunchDarkly takes one of them. */
const ROLES: readonly Setting[] = ["role", "customRoleIds", "inlineRole"];

/** What the token is to be, the mark in its description. */
export function wantedSettings(
  { nonce, settings }: Pick<OwnedState, "nonce" | "settings">,
  inputs: Pick<OwnedInputs, "owner" | "settings">,
  made: Pick<Mark, "number" | "attempt">,
): TokenSettings {
  // A description that the program does not give is left to whoever writes it.
  const text = inputs.settings.description ?? textOf(settings.description ?? null);
  const description = describe(text, { owner: ownerOf(inputs.owner), nonce, ...made });
  return { ...inputs.settings, description };
}

export type SettingChange =
  | { readonly kind: "set"; readonly setting: Setting; readonly value: NonNullable<TokenSettings[Setting]> }
  | { readonly kind: "remove"; readonly setting: Setting };

/** What differs from what the stack asked for last: an edit of the program, or drift that a refresh has seen. */
export function settingChanges(state: OwnedState, inputs: Pick<OwnedInputs, "owner" | "settings">): SettingChange[] {
  const { nonce, settings, rotationCount: number } = state;
  const mark = markIn(settings.description ?? null);
  const wanted = wantedSettings(state, inputs, { number, attempt: mark?.attempt });
  // Another resource has taken the token over since: the mark is its own.
  const isForeign = mark !== undefined && mark.nonce !== nonce;
  const changed = SETTINGS.flatMap((setting): SettingChange[] => {
    const value = wanted[setting];
    if (value === undefined || isDeepStrictEqual(value, settings[setting])) return [];
    if (isForeign && setting === "description") return [];
    return [{ kind: "set", setting, value }];
  });
  const role = changed.find(({ setting }) => ROLES.includes(setting));
  if (role === undefined) return changed;
  // Another kind of role takes the place of the one before.
  const others = ROLES.filter((setting) => setting !== role.setting && settings[setting] !== undefined);
  return [...changed, ...others.map((setting) => ({ kind: "remove", setting }) as const)];
}

/** The inputs without the settings that Pulumi does not know yet: nobody can tell whether they change. */
export function withoutUnknown<Given extends Pick<OwnedInputs, "settings">>(
  inputs: Given,
  unknown: ReadonlySet<string>,
): Given & Pick<OwnedInputs, "settings"> {
  const settings = { ...inputs.settings };
  for (const setting of SETTINGS) if (unknown.has(setting)) Reflect.deleteProperty(settings, setting);
  return { ...inputs, settings };
}

/** The state once the changes are made. @param record what LaunchDarkly showed then, if that was readable */
export function withSettings(
  state: OwnedState,
  changes: readonly SettingChange[],
  record: TokenRecord | undefined,
): OwnedState {
  const settings = { ...state.settings };
  for (const change of changes) {
    if (change.kind === "set") Object.assign(settings, { [change.setting]: change.value });
    else Reflect.deleteProperty(settings, change.setting);
  }
  return { ...state, settings, shown: record === undefined ? settings : shownSettings(record) };
}

/** The settings as LaunchDarkly shows them; an empty list is none. */
export function shownSettings(record: TokenRecord): TokenSettings {
  const shown = SETTINGS.map((setting) => [setting, record[setting]] as const).filter(
    ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(shown);
}

/** A setting that is another one than it was; undefined stands for none. */
export interface Difference {
  readonly setting: Setting;
  readonly was: unknown;
  readonly is: unknown;
}

/**
 * What becomes of a token's settings when it is taken over, besides the mark in its description, and what Pulumi does
 * not know yet.
 */
export function takeOverDifferences(record: TokenRecord, { settings }: Pick<OwnedInputs, "settings">): Difference[] {
  const shown = { ...shownSettings(record), description: textOf(record.description) };
  const given = SETTINGS.filter((setting) => {
    const value = settings[setting];
    return value !== undefined && !containsUnknown(value) && !isDeepStrictEqual(value, shown[setting]);
  });
  const isOtherRole = given.some((setting) => ROLES.includes(setting));
  const taken = ROLES.filter((role) => isOtherRole && settings[role] === undefined && shown[role] !== undefined);
  return [...given, ...taken].map((setting) => ({ setting, was: shown[setting], is: settings[setting] }));
}

/** The settings that somebody else has changed since. */
export function foreignChanges({ shown }: Pick<OwnedState, "shown">, record: TokenRecord): Difference[] {
  const now = shownSettings(record);
  return SETTINGS.filter((setting) => !isDeepStrictEqual(shown[setting], now[setting])).map((setting) => ({
    setting,
    was: shown[setting],
    is: now[setting],
  }));
}
