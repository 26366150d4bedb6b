/** The inputs of an AccessTokenRotation, as Pulumi hands them to the provider. */
import { z } from "zod";

import { flag, grace, inputsOf, keyInput, rotationInputs } from "../../model/inputs";
import { LOOKS_LIKE_A_KEY } from "../../model/keyPrefix";
import { UNKNOWN_VALUE } from "../../model/unknownValue";

const ID_EXAMPLE = '"61095542756dba551110ae21"';

export const tokenId = z
  .string({ error: `is required: the id of the access token to rotate, a string such as ${ID_EXAMPLE}` })
  .superRefine((value, context) => {
    if (value === UNKNOWN_VALUE) return;
    if (LOOKS_LIKE_A_KEY.test(value)) {
      context.addIssue("must be the id of the access token, not a key; LaunchDarkly shows the id in the token's URL");
    } else if (!/^\w{1,64}$/.test(value)) {
      context.addIssue(`must be the id of an access token: letters and digits only, such as ${ID_EXAMPLE}`);
    }
  });

const initialToken = keyInput(
  "api-",
  "is a key of another kind; it must be the key of the access token (api-…)",
  "to reset the token, leave it out",
);

export const accessTokenInputs = inputsOf(
  {
    tokenId,
    ...rotationInputs,
    ...grace,
    initialToken: initialToken.optional(),
    verify: flag(true),
    allowSelfRotation: flag(false),
  },
  ({ tokenId: id, initialToken: initialKey, ...rest }) => ({ ...rest, identity: { tokenId: id }, initialKey }),
);
