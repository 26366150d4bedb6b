/** The settings of an access token that a program may give. */
import { closest, distance } from "fastest-levenshtein";
import { z } from "zod";

import type { Settings } from "../../model/answers";
import { plainText } from "../../model/inputs";
import { isUnknownInput, UNKNOWN_VALUE } from "../../model/json";
import { jsonSchema } from "../../model/jsonSchema";
import { HOLDS_A_WHOLE_KEY } from "../../model/redact";

const LONGEST_NAME = 256;

/** A value that Pulumi does not know yet, in a preview, counts as given. */
const unknown = z.literal(UNKNOWN_VALUE);
const unknownList = unknown.transform((value) => [value]);

const NAME = { error: `must be a name of 1 to ${LONGEST_NAME} characters` };
const name = plainText(
  z
    .string({ error: 'is required: the name of the access token, a string such as "ci deploys"' })
    .refine((value) => value.trim() !== "" && value.length <= LONGEST_NAME, NAME),
);
const description = plainText(z.string({ error: "must be a string" }));
const ROLE = 'must be a base role, such as "reader" or "writer"';
const role = plainText(z.string({ error: ROLE }).regex(/^[\w-]+$/, { error: ROLE }), `${ROLE}, and not a key`);
const ROLES = { error: "must be a list of ids of custom roles, with at least one" };
const roleId = plainText(z.string(ROLES).min(1, ROLES), "must be ids of custom roles, and not keys");
const customRoleIds = z.union([z.array(roleId).min(1, ROLES), unknownList], ROLES);
const STATEMENTS = { error: "must be a list of policy statements, with at least one" };
const statement = jsonSchema.refine((value) => !HOLDS_A_WHOLE_KEY.test(JSON.stringify(value)), {
  error: "must hold no key: it is kept in plain text",
});
const inlineRole = z.union([z.array(statement).min(1, STATEMENTS), unknownList], STATEMENTS);
const defaultApiVersion = z.union([z.number().int(), unknown.transform(() => undefined)], {
  error: "must be a version of LaunchDarkly's API, such as 20240415",
});

/** The forms of the settings. */
export const tokenSettings = {
  name,
  description: description.optional(),
  role: role.optional(),
  customRoleIds: customRoleIds.optional(),
  inlineRole: inlineRole.optional(),
  defaultApiVersion: defaultApiVersion.optional(),
};

/** How a state keeps them. */
export const storedTokenSettings = z.object({
  name: z.string().optional(),
  description: z.string().optional(),
  role: z.string().optional(),
  customRoleIds: z.array(z.string()).optional(),
  inlineRole: z.array(jsonSchema).optional(),
  defaultApiVersion: z.number().optional(),
});

/** The settings that say what a token may do: LaunchDarkly takes one of them. */
export const TOKEN_ROLES = ["role", "customRoleIds", "inlineRole"] as const;

/** The roles that are given beside another one. */
export function rolesTooMany(settings: Readonly<Record<string, unknown>>) {
  // One that is not known yet may turn out not to be given.
  const given = TOKEN_ROLES.filter((role) => settings[role] !== undefined && !isUnknownInput(settings[role]));
  return given.slice(1).map((input) => ({ input, message: `must not be given beside ${String(given[0])}` }));
}

/** LaunchDarkly's base roles. Source: https://launchdarkly.com/docs/home/account/roles */
const BASE_ROLES = ["reader", "writer", "admin", "owner", "no_access"];

/** Further off than this, a name is no slip of the pen. */
const MOST_SLIPS = 2;

/**
 * A role that is nearly one of LaunchDarkly's, when it is given and not at every run.
 *
 * @param before the inputs of the last run
 * @returns the role, and the one that it nearly is
 */
export function nearMissOfRole(
  before: Readonly<Record<string, unknown>>,
  { role }: Settings,
): { readonly role: string; readonly right: string } | undefined {
  if (typeof role !== "string" || role === before["role"] || BASE_ROLES.includes(role)) return undefined;
  const right = closest(role.toLowerCase(), BASE_ROLES);
  return distance(role.toLowerCase(), right) > MOST_SLIPS ? undefined : { role, right };
}
