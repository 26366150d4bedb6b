/** LaunchDarkly's access token endpoints: what each answer means. Source: LaunchDarkly's OpenAPI description. */
import { type AccessToken, accessTokenSchema } from "../model/accessToken";
import type { ResetReply } from "../model/resetReply";
import { explainReply } from "./explainReply";
import type { ApiRequest, Reply } from "./transport";

/** A key is longer than the four characters that LaunchDarkly shows of it elsewhere. */
const CHARACTERS_SHOWN = 4;

export function getAccessTokenRequest(key: string, tokenId: string): ApiRequest {
  return { method: "GET", path: `/api/v2/tokens/${encodeURIComponent(tokenId)}`, key };
}

/**
 * Reads the answer to a GET of a token.
 *
 * @throws {LaunchDarklyError} if it holds no token
 */
export function processAccessToken(call: ApiRequest, tokenId: string, reply: Reply): AccessToken {
  if (reply.kind === "answer" && reply.status === 200) {
    const token = readToken(reply.body);
    if (token?.lastFour) return token;
  }
  throw explainReply(`read access token ${tokenId}`, reply, call);
}

/**
 * @param expiry when the old key dies, in epoch milliseconds; omitted, LaunchDarkly ends it at once
 */
export function resetAccessTokenRequest(key: string, tokenId: string, expiry: number | undefined): ApiRequest {
  return {
    method: "POST",
    path: `/api/v2/tokens/${encodeURIComponent(tokenId)}/reset`,
    query: expiry === undefined ? undefined : { expiry: String(expiry) },
    key,
  };
}

/**
 * Reads the answer to a reset. A whole key is never thrown away, whatever else in the answer is odd.
 *
 * @param now epoch milliseconds of LaunchDarkly's clock
 */
export function processReset(call: ApiRequest, tokenId: string, reply: Reply, now: number): ResetReply {
  const error = explainReply(`reset access token ${tokenId}`, reply, call);
  if (reply.kind === "unsent") return { kind: "notProcessed", error };
  if (reply.kind === "lost") return { kind: "unknown", error, mayBeLate: true };
  const { status, body } = reply;
  if (status >= 200 && status < 300) {
    const key = wholeKey(body);
    const token = readToken(body);
    return key === undefined || token === undefined
      ? { kind: "unknown", error, mayBeLate: false }
      : { kind: "reset", key, token, at: now };
  }
  // 409 is a conflict with another change that was under way.
  if (status === 429 || status === 409) return { kind: "notProcessed", error };
  // But for a plain 500, it may be a gateway that answers for a server which is still at work.
  const mayBeLate = status !== 500;
  if (status >= 500 || status === 408) return { kind: "unknown", error, mayBeLate };
  return { kind: "refused", error };
}

function wholeKey(body: unknown): string | undefined {
  const { token } = accessTokenSchema.catch(NOTHING_SAID).parse(body);
  const key = token?.trim() ?? "";
  return key.length > CHARACTERS_SHOWN ? key : undefined;
}

function readToken(body: unknown): AccessToken | undefined {
  const parsed = accessTokenSchema.safeParse(body);
  if (!parsed.success) return undefined;
  const { token, ...said } = parsed.data;
  return { ...said, lastFour: token?.trim().slice(-CHARACTERS_SHOWN) ?? null };
}

const NOTHING_SAID = accessTokenSchema.parse({});
