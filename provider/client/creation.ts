/** The request that makes a record, and what its answer means. Never sent twice without a look. */
import { z } from "zod";

import type { ReplaceCredential } from "../model/credential";
import { printable } from "../model/printable";
import type { Fixed, Settings } from "../model/record";
import type { CreateReply } from "../model/replies";
import { bodyOfSuccess, withoutResult } from "./credentialRequests";
import { explainReply } from "./explainReply";
import type { Operation } from "./operation";
import { besides, cleaned } from "./recordRequests";
import type { Reply } from "./transport";

/**
 * @param name what people call the record
 * @param id its identifier; undefined where LaunchDarkly chooses it
 */
export function createOperation(
  { actions, apiVersion, creation, otherwise, paths, wording: { noun, missingPlace } }: ReplaceCredential,
  name: string,
  settings: Settings,
  fixed: Fixed,
  id?: string,
): Operation {
  return {
    action: `create the ${noun} "${printable(name)}"`,
    method: "POST",
    path: paths.list(fixed),
    body: creation(settings, fixed, id),
    permission: actions.create,
    ...besides({ apiVersion, otherwise }),
    ...(missingPlace && { missing: missingPlace }),
  };
}

/**
 * Reads the key first: a whole one is never thrown away, whatever else in the answer is odd.
 *
 * @param key the key it was asked with
 * @param now epoch milliseconds of LaunchDarkly's clock
 */
export function processCreate(
  { readNewKey, readRecord }: Pick<ReplaceCredential, "readNewKey" | "readRecord">,
  operation: Operation,
  reply: Reply,
  key: string,
  now: number,
): CreateReply {
  const body = bodyOfSuccess(reply);
  const newKey = readNewKey(body);
  if (newKey !== undefined) {
    const shown = readRecord(body);
    return { kind: "created", key: newKey, record: shown && cleaned(shown, [newKey, key]), at: now };
  }
  const error = explainReply(operation, reply, key);
  const outcome = withoutResult(reply, error);
  switch (outcome.kind) {
    case "refused":
      return { ...outcome, isLimit: isLimit(reply) };
    case "notProcessed":
      return { ...outcome, isRateLimited: error.code === "rateLimited" };
    case "unknown":
      return outcome;
  }
}

/** LaunchDarkly does not say how it refuses one record too many, but hardly without the word. */
function isLimit(reply: Reply): boolean {
  const said = z.object({ code: z.string().catch(""), message: z.string().catch("") });
  const { code, message } = said.catch({ code: "", message: "" }).parse(reply.kind === "answer" ? reply.body : {});
  return /limit|quota|too many|maximum/i.test(`${code} ${message}`);
}
