/** The two requests that every credential has, look and reset: how each is asked, and what its answer means. */
import type { Found, ResetReply } from "../model/answers";
import type { ResetCredential } from "../model/credential";
import { keyLabel, withoutKeysIn } from "../model/redact";
import type { Identity } from "../model/state";
import { explainReply, LaunchDarklyError, type Operation } from "./errors";
import type { Answer, Reply } from "./transport";

export function lookOperation(credential: ResetCredential, identity: Identity): Operation {
  return { ...named("look", credential, identity), method: "GET", path: credential.paths.look(identity) };
}

/**
 * Reads the answer to a look.
 *
 * @param key the key it was asked with
 * @throws {LaunchDarklyError} if it does not show the credential; `forbidden` if it hides a key that can be read
 */
export function processLook(credential: ResetCredential, operation: Operation, reply: Reply, key: string): Found {
  const found = reply.kind === "answer" && reply.status === 200 ? credential.readFound(reply.body) : undefined;
  if (!found?.lastFour) throw explainReply(operation, reply, key);
  if (credential.isReadable && found.key === null) {
    const { look } = credential.actions;
    const permission = look === undefined ? "viewing it" : `the action ${look}`;
    throw new LaunchDarklyError(
      "forbidden",
      `LaunchDarkly hides ${credential.wording.it}: the role of the key ${keyLabel(key)} must allow ${permission}.`,
      200,
    );
  }
  return { ...found, details: withoutKeysIn(found.details, [key, found.key ?? ""]) };
}

/** @param expiry when the old key dies, in epoch milliseconds; omitted, LaunchDarkly ends it at once */
export function resetOperation(credential: ResetCredential, identity: Identity, expiry: number | undefined): Operation {
  return {
    ...named("reset", credential, identity),
    method: "POST",
    path: credential.paths.reset(identity),
    query: expiry === undefined ? undefined : { expiry: String(expiry) },
  };
}

/**
 * Reads the answer to a reset. A whole key is always kept, even if the rest of the answer is malformed.
 *
 * @param key the key it was asked with
 * @param now epoch milliseconds of LaunchDarkly's clock
 */
export function processReset(
  credential: ResetCredential,
  operation: Operation,
  reply: Reply,
  key: string,
  now: number,
): ResetReply {
  const body = bodyOfSuccess(reply);
  const newKey = credential.readNewKey(body);
  const found = credential.readFound(body);
  if (newKey !== undefined && found !== undefined) {
    const details = withoutKeysIn(found.details, [newKey, key]);
    return { kind: "reset", key: newKey, found: { ...found, details }, at: now };
  }
  const error = explainReply(operation, reply, key);
  if (credential.withoutReset === undefined || !isGone(reply, error)) return withoutResult(reply, error);
  const { status } = reply;
  const verdict = `LaunchDarkly does not offer the reset of ${credential.wording.noun}s any more (${status}).`;
  return { kind: "refused", error: new LaunchDarklyError("refused", `${verdict} ${credential.withoutReset}`, status) };
}

/** Whether the endpoint is gone: a 404 that is not about the credential, or an answer that says so. */
function isGone(reply: Reply, error: LaunchDarklyError): reply is Answer {
  if (reply.kind !== "answer") return false;
  return [405, 410, 501].includes(reply.status) || (reply.status === 404 && error.code !== "notFound");
}

/** What an answer says that LaunchDarkly has done what was asked; undefined if it says nothing of the kind. */
export function bodyOfSuccess(reply: Reply): unknown {
  return reply.kind === "answer" && reply.status >= 200 && reply.status < 300 ? reply.body : undefined;
}

/** What became of a request for a new key, where the answer holds none. */
export function withoutResult(reply: Reply, error: LaunchDarklyError): Exclude<ResetReply, { kind: "reset" }> {
  if (reply.kind === "unsent") return { kind: "notProcessed", error };
  if (reply.kind === "lost") return { kind: "unknown", error, mayBeLate: true };
  const { status } = reply;
  if (status >= 200 && status < 300) return { kind: "unknown", error, mayBeLate: false };
  // 409 is a conflict with another change that was under way.
  if (status === 429 || status === 409) return { kind: "notProcessed", error };
  // But for a plain 500, it may be a gateway that answers for a server which is still at work.
  const mayBeLate = status !== 500;
  if (status >= 500 || status === 408) return { kind: "unknown", error, mayBeLate };
  return { kind: "refused", error };
}

function named(verb: "look" | "reset", credential: ResetCredential, identity: Identity) {
  const { noun, missing } = credential.wording;
  return {
    action: `${verb === "look" ? "read" : verb} ${noun} ${Object.values(identity).join("/")}`,
    permission: credential.actions[verb],
    missing,
  };
}
