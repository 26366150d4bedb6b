/** LaunchDarkly's caller-identity endpoint: shows that a key works, and says which token it belongs to. */
import { z } from "zod";

import { accountId } from "../model/state";
import { explainReply, type Operation } from "./errors";
import type { Reply } from "./transport";

/** Only what is used. Source: LaunchDarkly's OpenAPI description, schema CallerIdentityRep. */
const callerIdentitySchema = z.object({
  tokenId: z.string().optional().catch(undefined),
  accountId: accountId.optional().catch(undefined),
});

export type CallerIdentity = z.infer<typeof callerIdentitySchema>;

export const callerIdentityOperation: Operation = {
  action: "check the key",
  method: "GET",
  path: "/api/v2/caller-identity",
};

/** Asks for the token that the client authenticates with. */
export function callerRoleOperation(tokenId: string): Operation {
  return {
    action: "read the role of the key",
    method: "GET",
    path: `/api/v2/tokens/${encodeURIComponent(tokenId)}`,
  };
}

/**
 * Its base role; undefined if it has none, or LaunchDarkly does not say.
 *
 * @param operation what was asked
 * @param key the key it was asked with
 * @throws {LaunchDarklyError} if LaunchDarkly gave no answer of its own
 */
export function processCallerRole(operation: Operation, reply: Reply, key: string): string | undefined {
  if (reply.kind !== "answer" || reply.status === 429 || reply.status >= 500) throw explainReply(operation, reply, key);
  const body = reply.status === 200 ? reply.body : undefined;
  return z.object({ role: z.string() }).safeParse(body).data?.role;
}

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
