/** Looks at access tokens, changes and deletes them: requests that may be sent twice. */
import type { TokenRecord } from "../model/accessToken";
import type { Client } from "./client";
import { explainReply } from "./explainReply";
import { LaunchDarklyError } from "./launchDarklyError";
import {
  deleteOperation,
  lookTokenOperation,
  type PatchStep,
  patchOperation,
  processDelete,
  processToken,
} from "./tokenRequests";

type Reading = Pick<Client, "read">;

/**
 * @param since when the work began that this is a part of, by `elapsed`
 * @throws {LaunchDarklyError} `notFound` if there is no such token
 */
export async function lookAtToken(client: Reading, id: string, since?: number): Promise<TokenRecord | undefined> {
  const operation = lookTokenOperation(id);
  const { reply, key } = await client.read(operation, undefined, since);
  return processToken(operation, reply, key);
}

/**
 * @returns the token as it is then, if the answer shows it
 * @throws {LaunchDarklyError} if it was not changed
 */
export async function patchToken(
  client: Reading,
  id: string,
  steps: readonly PatchStep[],
  permission: string,
): Promise<TokenRecord | undefined> {
  const operation = patchOperation(id, steps, permission);
  const { reply, key } = await client.read(operation);
  return processToken(operation, reply, key);
}

/** @throws {LaunchDarklyError} unless the token is gone, now or before */
export async function deleteToken(client: Reading, id: string): Promise<void> {
  const operation = deleteOperation(id);
  const { reply, key } = await client.read(operation);
  if (processDelete(operation, reply, key) === "not there" && !(await isAbsent(client, id))) {
    throw explainReply(operation, reply, key);
  }
}

/**
 * Whether LaunchDarkly confirms that there is no such token. Asked before the state forgets a token.
 */
export async function isAbsent(client: Reading, id: string): Promise<boolean> {
  return lookAtToken(client, id).then(
    () => false,
    (error: unknown) => error instanceof LaunchDarklyError && error.code === "notFound",
  );
}

export type Expired =
  /** LaunchDarkly shows this end; more than the precision of its clock from the one that was asked for is another one. */
  | { readonly kind: "set"; readonly end: number }
  /** LaunchDarkly knows no expiry of tokens, or not of this one. */
  | { readonly kind: "unknown"; /** A sentence. */ readonly reason: string }
  | { readonly kind: "gone" };

/** LaunchDarkly may keep an expiry less exactly than it was given. */
const SAME_END_MS = 60_000;

/**
 * Puts an expiry on a token. What LaunchDarkly shows then counts, and not that it agreed. RFC 6902's `add` covers a token
 * that has one already; a server that takes it at its word may want `replace`.
 *
 * @param at epoch milliseconds
 * @throws {LaunchDarklyError} if it can't be told whether it was set
 */
export async function expireToken(client: Reading, id: string, at: number): Promise<Expired> {
  let reason = "LaunchDarkly shows none after the change.";
  for (const op of ["add", "replace"] as const) {
    try {
      const steps = [{ op, path: "/expiry", value: at }] as const;
      const answered = await patchToken(client, id, steps, "updateAccessTokenExpiry");
      const record = answered?._id === id ? answered : await lookAtToken(client, id);
      if (record === undefined) {
        throw new LaunchDarklyError("noAnswer", `LaunchDarkly does not show access token ${id} after the change.`, 200);
      }
      if (record.expiry === null) return { kind: "unknown", reason };
      return { kind: "set", end: Math.abs(record.expiry - at) < SAME_END_MS ? at : record.expiry };
    } catch (error) {
      if (!(error instanceof LaunchDarklyError)) throw error;
      if (error.code === "notFound" && (await isAbsent(client, id))) return { kind: "gone" };
      if (error.status !== 400 && error.status !== 422) throw error;
      reason = error.message;
    }
  }
  return { kind: "unknown", reason };
}
