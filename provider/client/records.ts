/** The records of a credential that the stack owns: lists them, looks at them, changes and deletes them. All may be sent twice. */
import type { Fixed, KeyRecord } from "../model/answers";
import type { ReplaceCredential, SettingChange } from "../model/credential";
import type { Json } from "../model/json";
import { printable } from "../model/redact";
import type { Client } from "./client";
import { explainReply, LaunchDarklyError } from "./errors";
import { recordList } from "./recordList";
import { processRecord, recordOperation } from "./recordRequests";

export type Reading = Pick<Client, "sendIdempotent" | "elapsed">;

export type Expired =
  /** LaunchDarkly shows this end; more than the precision of its clock from the one that was asked for is another one. */
  | { readonly kind: "set"; readonly end: number }
  /** LaunchDarkly knows no expiry of such records, or not of this one. */
  | { readonly kind: "unknown"; /** A sentence. */ readonly reason: string }
  /** LaunchDarkly refuses another one than the record has. */
  | { readonly kind: "refused"; /** A sentence. */ readonly reason: string; readonly end: number }
  | { readonly kind: "gone" };

export type Seen = Pick<KeyRecord, "id" | "expiry" | "version">;

export interface Records {
  /**
   * All that the key may see, each once. Whoever asks acts on what is not there, so half a list is none.
   *
   * @param since when the work began that this is a part of, by `elapsed`; by default now. Its patience counts from then,
   * and bounds the list too, unless it was used up before
   * @throws {LaunchDarklyError} if the list can't be told, or does not end
   */
  list(since?: number): Promise<KeyRecord[]>;
  /**
   * @param since when the work began that this is a part of, by `elapsed`
   * @returns undefined if the answer does not show it
   * @throws {LaunchDarklyError} `notFound` if there is no such record
   */
  look(id: string, since?: number): Promise<KeyRecord | undefined>;
  /**
   * @param action LaunchDarkly's name of what a role must allow; by default that of any change
   * @returns the record as it is then, if the answer shows it
   * @throws {LaunchDarklyError} if it was not changed
   */
  change(id: string, changes: readonly SettingChange[], action?: string): Promise<KeyRecord | undefined>;
  /**
   * Puts an expiry on a record. What LaunchDarkly shows then counts, and not that it agreed.
   *
   * @param seen the record as it was when that was decided
   * @param at epoch milliseconds
   * @throws {LaunchDarklyError} if it can't be told whether it was set, or somebody else has given it an end since
   */
  expire(seen: Seen, at: number): Promise<Expired>;
  /** @throws {LaunchDarklyError} unless the record is gone, now or before */
  delete(id: string): Promise<void>;
  /** Whether LaunchDarkly confirms that there is no such record. Asked before the state forgets one. */
  isAbsent(id: string): Promise<boolean>;
}

/** LaunchDarkly may keep an expiry less exactly than it was given. */
const SAME_END_MS = 60_000;

/** An answer that shows another record does not show the one that was asked for. */
function onlyOf(id: string, record: KeyRecord | undefined): KeyRecord | undefined {
  return record?.id === id ? record : undefined;
}

/** @param fixed what can't be changed of the records, which may say where they are */
export function recordsOf(client: Reading, credential: ReplaceCredential, fixed: Fixed): Records {
  const { actions } = credential;

  async function look(id: string, since?: number): Promise<KeyRecord | undefined> {
    const operation = recordOperation("read", credential, fixed, id, { method: "GET" });
    const { reply, key } = await client.sendIdempotent(operation, undefined, since);
    return onlyOf(id, processRecord(credential, operation, reply, key));
  }

  async function change(
    id: string,
    body: Json,
    permission: string | undefined,
    version: number | null = null,
  ): Promise<KeyRecord | undefined> {
    const condition = version === null ? {} : { query: { version: String(version) }, isConditional: true };
    const request = { method: "PATCH", body, permission, ...condition } as const;
    const operation = recordOperation("change", credential, fixed, id, request);
    const { reply, key } = await client.sendIdempotent(operation);
    return onlyOf(id, processRecord(credential, operation, reply, key));
  }

  /** Gives an end to a record that nobody else gives one, whatever else of it they change at the same time. */
  async function changeEnd({ id, expiry, version }: Seen, body: Json, at: number): Promise<KeyRecord | undefined> {
    for (let seen = version, tries = 1; ; tries++) {
      try {
        return await change(id, body, actions.expire, seen);
      } catch (error) {
        if (!(error instanceof LaunchDarklyError) || error.status !== 409 || seen === null) throw error;
        const now = await look(id);
        // It was carried out, and its answer lost: then it was sent twice.
        if (now?.expiry === at) return now;
        if (now?.expiry !== expiry || tries === CONFLICTS) throw conflict(credential, id);
        seen = now.version;
      }
    }
  }

  const isAbsent = (id: string) =>
    look(id).then(
      () => false,
      (error: unknown) => error instanceof LaunchDarklyError && error.code === "notFound",
    );

  return {
    list: (since) => recordList(client, credential, fixed, since),
    look,
    isAbsent,
    change: (id, changes, permission = actions.change) => change(id, credential.change(changes), permission),
    async delete(id) {
      const operation = recordOperation("delete", credential, fixed, id, {
        method: "DELETE",
        permission: actions.delete,
      });
      const { reply, key } = await client.sendIdempotent(operation);
      if (reply.kind === "answer" && reply.status >= 200 && reply.status < 300) return;
      const error = explainReply(operation, reply, key);
      if (error.code !== "notFound" || !(await isAbsent(id))) throw error;
    },
    async expire(seen, at) {
      const { id, expiry: end } = seen;
      let reason = "";
      for (const body of credential.expiry(at)) {
        try {
          const record = (await changeEnd(seen, body, at)) ?? (await look(id));
          if (record === undefined) {
            const message = `LaunchDarkly does not show ${credential.wording.noun} ${printable(id)} after the change.`;
            throw new LaunchDarklyError("noAnswer", message, 200);
          }
          if (record.expiry === null) return { kind: "unknown", reason: "LaunchDarkly shows none after the change." };
          return { kind: "set", end: Math.abs(record.expiry - at) < SAME_END_MS ? at : record.expiry };
        } catch (error) {
          if (!(error instanceof LaunchDarklyError)) throw error;
          if (error.code === "notFound" && (await isAbsent(id))) return { kind: "gone" };
          if (error.status !== 400 && error.status !== 422) throw error;
          reason = error.message;
        }
      }
      // A record that has an end can have one.
      return end === null ? { kind: "unknown", reason } : { kind: "refused", reason, end };
    },
  };
}

/** How often others may change a record between a look at it and its end. */
const CONFLICTS = 3;

function conflict({ wording: { noun } }: ReplaceCredential, id: string): LaunchDarklyError {
  const message = `Somebody else changed ${noun} ${printable(id)} at the same moment.`;
  return new LaunchDarklyError("refused", message, 409);
}
