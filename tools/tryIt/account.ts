/** The account that is tried: requests to it, the throw-away tokens that were made there, and how they go. */
import { recordsOf } from "../../provider/client/records";
import { rotatingAccessToken } from "../../provider/credentials/rotatingAccessToken/credential";
import { answerDate } from "../../provider/client/serverClock";
import type { Operation } from "../../provider/client/errors";
import { printable, redact } from "../../provider/model/redact";
import type { Answer, Transport } from "../../provider/client/transport";
import type { Json } from "../../provider/model/json";
import { withSettingNames } from "../../provider/model/settingNames";

export interface Request {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Json;
  /** @default the key of the person who tries */
  readonly key?: string;
  /** @default the version that this package is written for */
  readonly apiVersion?: string;
}

/** One of several keys of an environment. */
export interface ThrowawayKey {
  readonly id: string;
  /** @default "sdk" */
  readonly kind?: "sdk" | "mobile";
  /** Epoch milliseconds. @default none */
  readonly expiry?: number;
}

export interface Account {
  /** The name of all throw-away tokens of this run. */
  readonly name: string;
  /** Sends a request once. @throws if no answer comes, or the run was interrupted */
  send(request: Request): Promise<Answer>;
  /** Makes a throw-away token, which goes with `removeAll` whatever happens. @param by the key that asks for it */
  create(settings: Readonly<Record<string, Json>>, by?: string): Promise<Answer>;
  /** Makes a throw-away SDK or mobile key, which goes in the same way. @param path where the environment's keys are */
  createKey(path: string, key: ThrowawayKey, by?: string): Promise<Answer>;
  /** Epoch milliseconds by LaunchDarkly's clock, or by this machine's before any answer. */
  now(): number;
  /** Takes every key out of a text. */
  clean(text: string): string;
  /** Deletes all throw-away tokens, also after an interrupt. @returns what could not be deleted, in words */
  removeAll(): Promise<string[]>;
}

export interface AccountOptions {
  readonly transport: Transport;
  readonly key: string;
  readonly name: string;
  /** Epoch milliseconds of this machine. */
  readonly clock: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly interrupted: AbortSignal;
}

const TOKENS = "/api/v2/tokens";
const ATTEMPTS = 5;

export function openAccount({ transport, key, name, clock, wait, interrupted }: AccountOptions): Account {
  /** All keys that were seen. */
  const keys = new Set([key]);
  const ids = new Set<string>();
  /** The paths of the keys of an environment that were asked for. */
  const environmentKeys = new Set<string>();
  let ahead = 0;
  let hasTriedToCreate = false;

  const clean = (text: string) => withSettingNames(redact(printable(text), [...keys]), "launchdarkly");

  async function request({ key: by = key, ...rest }: Request): Promise<Answer> {
    const reply = await transport({ ...rest, key: by });
    if (reply.kind !== "answer") throw new Error(`${rest.method} ${rest.path} got no answer: ${clean(reply.reason)}`);
    const date = Date.parse(answerDate(reply.headers) ?? "");
    // Headers tell whole seconds.
    if (Math.abs(date - clock()) > 2_000) ahead = date - clock();
    const { token, value } = Object(reply.body) as { token?: unknown; value?: unknown };
    // The whole key; elsewhere its last four characters.
    for (const shown of [token, value]) if (typeof shown === "string" && shown.length > 4) keys.add(shown);
    return reply;
  }

  async function listed(): Promise<string[]> {
    const read = async ({ method, path, query }: Operation) => ({
      reply: await transport({ method, path, query, key }),
      key,
    });
    const records = await recordsOf(
      { sendIdempotent: read, elapsed: () => performance.now() },
      rotatingAccessToken,
      {},
    ).list();
    return records.filter((token) => token["name"] === name).map(({ id }) => id);
  }

  /** @returns whether it is gone */
  async function remove(path: string, apiVersion?: string): Promise<boolean> {
    const answer = await request({ method: "DELETE", path, ...(apiVersion !== undefined && { apiVersion }) });
    return answer.status < 300 || answer.status === 404;
  }

  /** @returns those that are left, in words */
  async function removeEnvironmentKeys(): Promise<string[]> {
    const left: string[] = [];
    for (const path of environmentKeys) {
      const isGone = await persist(() => remove(path, "beta"), Boolean).catch(() => false);
      if (!isGone) left.push(`key ${path.slice(path.lastIndexOf("/") + 1)}`);
    }
    return left;
  }

  /** Tries until it works, a few times. */
  async function persist<Result>(work: () => Promise<Result>, isDone: (result: Result) => boolean): Promise<Result> {
    for (let attempt = 1; ; attempt++) {
      try {
        const result = await work();
        if (isDone(result) || attempt === ATTEMPTS) return result;
      } catch (error) {
        if (attempt === ATTEMPTS) throw error;
      }
      await wait(1000 * 2 ** attempt);
    }
  }

  return {
    name,
    clean,
    now: () => clock() + ahead,
    async send(asked) {
      interrupted.throwIfAborted();
      return request(asked);
    },
    async createKey(path, { id, kind = "sdk", expiry }, by = key) {
      interrupted.throwIfAborted();
      environmentKeys.add(`${path}/${encodeURIComponent(id)}`);
      const body = { key: id, name, kind, ...(expiry !== undefined && { expiry }) };
      return request({ method: "POST", path, body, key: by, apiVersion: "beta" });
    },
    async create(settings, by = key) {
      interrupted.throwIfAborted();
      hasTriedToCreate = true;
      const answer = await request({ method: "POST", path: TOKENS, body: { ...settings, name }, key: by });
      const { _id: id } = Object(answer.body) as { _id?: unknown };
      if (typeof id === "string") ids.add(id);
      return answer;
    },
    async removeAll() {
      if (!hasTriedToCreate) return [];
      const left = await removeEnvironmentKeys();
      // One whose answer was lost has no id here, but its name.
      const found = await persist(listed, () => true).catch((error: unknown) => {
        left.push(`perhaps a token named "${name}" (${clean(String(error))})`);
        return [];
      });
      for (const id of new Set([...ids, ...found])) {
        const isGone = await persist(() => remove(`${TOKENS}/${id}`), Boolean).catch(() => false);
        if (isGone) ids.delete(id);
        else left.push(`token ${id}, named "${name}"`);
      }
      return left;
    },
  };
}
