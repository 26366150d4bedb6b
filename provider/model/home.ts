/** Where a credential lives: which LaunchDarkly, and which account there. */
import { z } from "zod";

export const homeSchema = z.object({
  /** Scheme and host, as in `https://app.launchdarkly.com`. */
  host: z.string(),
  /** LaunchDarkly's id of the account; null while nobody has said it. */
  accountId: z.string().nullable(),
});

export type Home = z.infer<typeof homeSchema>;

/** What no key looks like, since it is kept and shown as it is. */
export const accountId = z.string().regex(/^\w{1,64}$/);
