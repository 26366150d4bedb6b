/** LaunchDarkly's caller-identity endpoint: proves that a key works, and says which token it belongs to. */
import { z } from "zod";

import { explainReply } from "./explainReply";
import type { Operation } from "./operation";
import type { Reply } from "./transport";

/** Only what is used. Source: LaunchDarkly's OpenAPI description, schema CallerIdentityRep. */
const callerIdentitySchema = z.object({ tokenId: z.string().optional().catch(undefined) });

export type CallerIdentity = z.infer<typeof callerIdentitySchema>;

export const callerIdentityOperation: Operation = {
  action: "find out whose key it is",
  method: "GET",
  path: "/api/v2/caller-identity",
};

/**
 * @param key the key it was asked with
 * @throws {LaunchDarklyError} if the key does not work, or it can't be told
 */
export function processCallerIdentity(reply: Reply, key: string): CallerIdentity {
  if (reply.kind === "answer" && reply.status === 200) {
    const parsed = callerIdentitySchema.safeParse(reply.body);
    if (parsed.success) return parsed.data;
  }
  throw explainReply(callerIdentityOperation, reply, key);
}
