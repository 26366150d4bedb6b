/** The requests that make, change and delete an access token, and what their answers mean. */
import { z } from "zod";

import { accessTokenSchema, type TokenRecord, tokenRecordSchema } from "../model/accessToken";
import { wholeKey } from "../model/found";
import type { Json } from "../model/json";
import { printable } from "../model/printable";
import { withoutKeysIn } from "../model/redact";
import type { ResetReply } from "../model/resetReply";
import { bodyOfSuccess, withoutResult } from "./credentialRequests";
import { explainReply } from "./explainReply";
import type { Operation } from "./operation";
import type { Reply } from "./transport";

const PATH = "/api/v2/tokens";
const missing = { what: "token", advice: "Check launchdarkly:apiHost, and that the key is of the same account." };

export type CreateReply =
  /** The new token, with its key; without a record if the answer does not say which token it is. */
  | { readonly kind: "created"; readonly key: string; readonly record: TokenRecord | undefined; readonly at: number }
  /** LaunchDarkly made none. */
  | { readonly kind: "refused"; readonly error: Error; readonly isLimit: boolean }
  | { readonly kind: "notProcessed"; readonly error: Error; readonly isRateLimited: boolean }
  | Extract<ResetReply, { kind: "unknown" }>;

/** @param settings a body as LaunchDarkly's schema AccessTokenPost has it */
export function createOperation(name: string, settings: Readonly<Record<string, Json>>): Operation {
  const action = `create the access token "${printable(name)}"`;
  return { action, method: "POST", path: PATH, body: settings, permission: "createAccessToken" };
}

/**
 * Reads the key first: a whole one is never thrown away, whatever else in the answer is odd.
 *
 * @param key the key it was asked with
 * @param now epoch milliseconds of LaunchDarkly's clock
 */
export function processCreate(operation: Operation, reply: Reply, key: string, now: number): CreateReply {
  const body = bodyOfSuccess(reply);
  const newKey = wholeKey(accessTokenSchema.safeParse(body).data?.token);
  if (newKey !== undefined) {
    const shown = tokenRecordSchema.safeParse(body).data;
    const record = shown && withoutKeysIn(shown, [newKey, key]);
    return { kind: "created", key: newKey, record, at: now };
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

/** LaunchDarkly does not say how it refuses one token too many, but hardly without the word. */
function isLimit(reply: Reply): boolean {
  const said = z.object({ code: z.string().catch(""), message: z.string().catch("") });
  const { code, message } = said.catch({ code: "", message: "" }).parse(reply.kind === "answer" ? reply.body : {});
  return /limit|quota|too many|maximum/i.test(`${code} ${message}`);
}

export function lookTokenOperation(id: string): Operation {
  return { action: `read access token ${printable(id)}`, method: "GET", path: pathOf(id), missing };
}

/** A change of one member of a token: JSON Patch, RFC 6902. */
export interface PatchStep {
  readonly op: "add" | "replace" | "remove";
  readonly path: `/${string}`;
  readonly value?: Json;
}

/** @param permission LaunchDarkly's name of the action */
export function patchOperation(id: string, steps: readonly PatchStep[], permission: string): Operation {
  const body = steps.map(({ op, path, value }): Json => ({ op, path, ...(value !== undefined && { value }) }));
  return {
    action: `change access token ${printable(id)}`,
    method: "PATCH",
    path: pathOf(id),
    body,
    permission,
    missing,
  };
}

/**
 * Reads the answer to a look or a change.
 *
 * @param key the key it was asked with
 * @returns the token as it is shown; undefined if the answer does not show it
 * @throws {LaunchDarklyError} `notFound` if there is no such token
 */
export function processToken(operation: Operation, reply: Reply, key: string): TokenRecord | undefined {
  const isDone = reply.kind === "answer" && reply.status >= 200 && reply.status < 300;
  if (!isDone) throw explainReply(operation, reply, key);
  const record = tokenRecordSchema.safeParse(reply.body).data;
  return record && withoutKeysIn(record, [key]);
}

export function deleteOperation(id: string): Operation {
  const action = `delete access token ${printable(id)}`;
  return { action, method: "DELETE", path: pathOf(id), permission: "deleteAccessToken", missing };
}

/**
 * @param key the key it was asked with
 * @throws {LaunchDarklyError} unless the token is gone, now or before
 */
export function processDelete(operation: Operation, reply: Reply, key: string): "deleted" | "not there" {
  if (reply.kind === "answer" && reply.status >= 200 && reply.status < 300) return "deleted";
  const error = explainReply(operation, reply, key);
  if (error.code !== "notFound") throw error;
  return "not there";
}

function pathOf(id: string): string {
  return `${PATH}/${encodeURIComponent(id)}`;
}
