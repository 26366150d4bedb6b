/** LaunchDarkly's caller-identity endpoint: proves that a key works, and says which token it belongs to. */
import { z } from "zod";

import { explainReply } from "./explainReply";
import type { ApiRequest, Reply } from "./transport";

/** Only what is used. Source: LaunchDarkly's OpenAPI description, schema CallerIdentityRep. */
const callerIdentitySchema = z.object({ tokenId: z.string().optional().catch(undefined) });

export type CallerIdentity = z.infer<typeof callerIdentitySchema>;

export function callerIdentityRequest(key: string): ApiRequest {
  return { method: "GET", path: "/api/v2/caller-identity", key };
}

/** @throws {LaunchDarklyError} if the key does not work, or it can't be told */
export function processCallerIdentity(call: ApiRequest, reply: Reply): CallerIdentity {
  if (reply.kind === "answer" && reply.status === 200) {
    const parsed = callerIdentitySchema.safeParse(reply.body);
    if (parsed.success) return parsed.data;
  }
  throw explainReply("find out whose key it is", reply, call);
}
