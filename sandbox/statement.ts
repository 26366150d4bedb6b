/** A statement of a role or of a policy. Source: LaunchDarkly's OpenAPI description, schema StatementPost. */
import { z } from "zod";

const names = z.array(z.string()).optional();

export const statementSchema = z
  .object({
    effect: z.enum(["allow", "deny"]),
    actions: names,
    notActions: names,
    resources: names,
    notResources: names,
  })
  .refine(({ actions, notActions }) => !(actions?.length && notActions?.length), "actions or notActions")
  .refine(({ resources, notResources }) => !(resources?.length && notResources?.length), "resources or notResources");

export type Statement = z.infer<typeof statementSchema>;
