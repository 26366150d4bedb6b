/** An environment's keys, as LaunchDarkly shows them. Source: LaunchDarkly's OpenAPI description, schema Environment. */
import { z } from "zod";

import { type Found, lastFourOf, shownText, wellFormedText, wholeKey } from "../model/answers";
import type { ResetCredential } from "../model/credential";
import { UNKNOWN_VALUE } from "../model/json";
import { HOLDS_A_WHOLE_KEY } from "../model/redact";

/** Treat malformed fields as absent. */
const environmentSchema = z.object({
  apiKey: wellFormedText.nullable().catch(null),
  mobileKey: wellFormedText.nullable().catch(null),
  name: shownText.nullable().catch(null),
});

/** LaunchDarkly's keys of projects and environments. */
function keyOf(what: string, example: string) {
  return z
    .string({ error: `is required: the key of the ${what}, such as "${example}"` })
    .superRefine((value, context) => {
      if (value === UNKNOWN_VALUE) return;
      if (HOLDS_A_WHOLE_KEY.test(value)) {
        context.addIssue(`must be the key of the ${what}, such as "${example}", and not a secret key`);
        return;
      }
      if (/^[A-Za-z0-9][\w.-]{0,255}$/.test(value)) return;
      context.addIssue(`must be the key of the ${what}: letters, digits, ".", "_" and "-", such as "${example}"`);
    });
}

/** The inputs by which LaunchDarkly knows an environment. */
export const environmentIdentity = {
  projectKey: keyOf("project", "my-project"),
  environmentKey: keyOf("environment", "production"),
};

/**
 * What the port says of an environment's key, whichever of the two it is.
 *
 * @param field the key's name in LaunchDarkly's answers, and the last part of the path that resets it
 */
export function environmentKey(field: "apiKey" | "mobileKey") {
  const readFound = (body: unknown): Found | undefined => {
    const parsed = environmentSchema.safeParse(body);
    if (!parsed.success) return undefined;
    const { [field]: shown, name } = parsed.data;
    const key = wholeKey(shown) ?? null;
    return { key, lastFour: shown === null ? null : lastFourOf(shown), lastModified: null, details: { name } };
  };
  return {
    identity: ["projectKey", "environmentKey"],
    details: z.object({ name: z.string().nullable().default(null) }),
    toldDetails: {},
    paths: { look: environmentPath, reset: (identity) => `${environmentPath(identity)}/${field}` },
    readFound,
    readNewKey: (body) => readFound(body)?.key ?? undefined,
    isReadable: true,
  } satisfies Partial<ResetCredential>;
}

export const environmentPath: ResetCredential["paths"]["look"] = ({
  projectKey = "",
  environmentKey: environment = "",
}) => `/api/v2/projects/${encodeURIComponent(projectKey)}/environments/${encodeURIComponent(environment)}`;

export const missingEnvironment = {
  what: "environment",
  advice: "Check projectKey and environmentKey, and that the key's role may view the project.",
};
