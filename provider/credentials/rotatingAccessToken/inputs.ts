/** The inputs of a RotatingAccessToken, as Pulumi hands them to the provider. */
import { z } from "zod";

import { flag, keyInput, plainText, rotationInputs } from "../../model/inputs";
import { jsonSchema } from "../../model/json";
import { oldKeyExpirySchema } from "../../model/oldKeyExpiry";
import type { OwnedInputs } from "../../model/ownedInputs";
import { isUnknownInput, UNKNOWN_VALUE } from "../../model/unknownValue";
import { tokenId } from "../accessToken/inputs";

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
const inlineRole = z.union([z.array(jsonSchema).min(1, STATEMENTS), unknownList], STATEMENTS);
const ANOTHER_KIND = "is a key of another kind; it must be the key of the access token (api-…)";
const initialToken = keyInput("api-", ANOTHER_KIND, "to make a new token, leave it out");
const defaultApiVersion = z.union([z.number().int(), unknown.transform(() => undefined)], {
  error: "must be a version of LaunchDarkly's API, such as 20240415",
});

const forms = z.strictObject({
  owner: z.string({ error: "is the resource's own: construct it with its class" }),
  name,
  description: description.optional(),
  role: role.optional(),
  customRoleIds: customRoleIds.optional(),
  inlineRole: inlineRole.optional(),
  serviceToken: flag(true),
  defaultApiVersion: defaultApiVersion.optional(),
  ...rotationInputs,
  oldKeyExpiry: oldKeyExpirySchema.default({ kind: "duration", milliseconds: 24 * 60 * 60 * 1000 }),
  verify: flag(true),
  allowSelfRotation: flag(false),
  initialToken: initialToken.optional(),
  initialTokenId: tokenId.optional(),
});

/** What people may write; the owner is the resource's own. */
export const rotatingAccessTokenInputNames = Object.keys(forms.shape).filter((input) => input !== "owner");

export const rotatingAccessTokenInputs = forms
  .superRefine((inputs, context) => {
    // One that is not known yet may turn out not to be given.
    const roles = (["role", "customRoleIds", "inlineRole"] as const).filter(
      (input) => inputs[input] !== undefined && !isUnknownInput(inputs[input]),
    );
    for (const input of roles.slice(1)) {
      context.addIssue({ code: "custom", path: [input], message: `must not be given beside ${String(roles[0])}` });
    }
    const [given, missing] = [inputs.initialToken, inputs.initialTokenId].map((value) => value !== undefined);
    if (given !== missing) {
      const [absent, other] = given ? ["initialTokenId", "initialToken"] : ["initialToken", "initialTokenId"];
      const message = `must be given with ${other}: both say which token to take over`;
      context.addIssue({ code: "custom", path: [absent], message });
    }
  })
  .transform(({ initialToken: token, initialTokenId, ...inputs }): OwnedInputs => {
    const { name, description, role, customRoleIds, inlineRole, defaultApiVersion, ...others } = inputs;
    const settings = { name, description, role, customRoleIds, inlineRole, defaultApiVersion };
    const initial =
      token === undefined || initialTokenId === undefined ? undefined : { token, tokenId: initialTokenId };
    return { ...others, settings, initial };
  });
