/** The key of a Relay Proxy automatic configuration. Source: LaunchDarkly's OpenAPI description, schema RelayAutoConfigRep. */
import { z } from "zod";

import { epochMilliseconds, type Found, lastFourOf, shownText, wellFormedText, wholeKey } from "../../model/answers";
import type { ResetCredential } from "../../model/credential";
import { grace, inputsOf, keyInput, rotationInputs, withoutProof } from "../../model/inputs";
import { UNKNOWN_VALUE } from "../../model/json";
import { LOOKS_LIKE_A_KEY } from "../../model/redact";

/** Treat malformed fields as absent: none of them is worth losing a key for. */
const configurationSchema = z.object({
  /** The whole key. Only the answer to a reset has it. */
  fullKey: wellFormedText.nullable().catch(null),
  /** The last few characters of the key. */
  displayKey: wellFormedText.nullable().catch(null),
  name: shownText.nullable().catch(null),
  lastModified: epochMilliseconds.catch(null),
});

const ID_EXAMPLE = '"12ab3c45de678910abc12345"';

const configurationId = z
  .string({ error: `is required: the id of the Relay Proxy configuration, a string such as ${ID_EXAMPLE}` })
  .superRefine((value, context) => {
    if (value === UNKNOWN_VALUE) return;
    if (LOOKS_LIKE_A_KEY.test(value)) {
      context.addIssue("must be the id of the Relay Proxy configuration, not its key");
    } else if (!/^\w{1,64}$/.test(value)) {
      context.addIssue(`must be the id of a Relay Proxy configuration: letters and digits only, such as ${ID_EXAMPLE}`);
    }
  });

const initialKey = keyInput(
  "rel-",
  "is a key of another kind; it must be the key of the Relay Proxy configuration (rel-…)",
  "to reset the key, leave it out",
);

const path = (id = "") => `/api/v2/account/relay-auto-configs/${encodeURIComponent(id)}`;

function readFound(body: unknown): Found | undefined {
  const parsed = configurationSchema.safeParse(body);
  if (!parsed.success) return undefined;
  const { fullKey, displayKey, name, lastModified } = parsed.data;
  // A look never gives the whole key, even if the answer holds it.
  const shown = displayKey ?? fullKey;
  return { key: null, lastFour: shown === null ? null : lastFourOf(shown), lastModified, details: { name } };
}

export const relayProxyKey: ResetCredential = {
  strategy: "reset",
  className: "RelayProxyKeyRotation",
  wording: {
    noun: "key of Relay Proxy configuration",
    it: "the Relay Proxy key",
    missing: {
      what: "Relay Proxy configuration",
      advice: "Check configurationId, and that the key's role may view it.",
    },
  },
  identity: ["configurationId"],
  ...inputsOf(
    { configurationId, ...rotationInputs, ...grace, initialKey: initialKey.optional() },
    ({ configurationId: id, ...rest }) => ({ ...rest, ...withoutProof, identity: { configurationId: id } }),
  ),
  initialKey: "initialKey",
  outputs: { key: "fullKey", lastFour: "displayKey" },
  details: z.object({ name: z.string().nullable().default(null) }),
  toldDetails: {},
  paths: {
    look: ({ configurationId: id }) => path(id),
    reset: ({ configurationId: id }) => `${path(id)}/reset`,
  },
  actions: { reset: "resetRelayAutoConfiguration" },
  readFound,
  readNewKey: (body) => wholeKey(configurationSchema.safeParse(body).data?.fullKey),
  isReadable: false,
};
