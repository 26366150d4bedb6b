/** The keys of a credential: the current one, and the old ones that it replaced. */
import { randomUUID } from "node:crypto";

import { z } from "zod";

const keySchema = z.object({
  value: z.string(),
  /** Epoch milliseconds from which on the key is refused; null for the current key. */
  expiresAt: z.number().nullable(),
});

/** The current key, and the old ones, newest first. */
export const keysSchema = z.tuple([keySchema], keySchema);

export type Key = z.infer<typeof keySchema>;
export type Keys = z.infer<typeof keysSchema>;

/** How a key starts: it tells an API key, an SDK key, a mobile key and a Relay Proxy key apart. */
export type KeyPrefix = "api" | "sdk" | "mob" | "rel";

/** The endings of the last keys, oldest first: people, and tests, tell keys apart by them. */
const endings = new Set<string>();
const REMEMBERED = 1_000;

/** A key that does not end as one of the last keys does, which of thousands of keys two would. */
export function newKey(prefix: KeyPrefix): Key {
  let value: string;
  do value = `${prefix}-${randomUUID()}`;
  while (endings.has(endingOf(value)));
  endings.add(endingOf(value));
  const [oldest = ""] = endings;
  if (endings.size > REMEMBERED) endings.delete(oldest);
  return { value, expiresAt: null };
}

function endingOf(key: string): string {
  return key.slice(-4);
}

export interface Replacement {
  readonly prefix: KeyPrefix;
  /** When the key that was current dies, in epoch milliseconds. */
  readonly expiry: number;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Whether keys that are older die at once; otherwise they die when they would have died anyway. */
  readonly endsOlderGrace: boolean;
}

export function replaceKey(keys: Keys, { prefix, expiry, now, endsOlderGrace }: Replacement): Keys {
  const [current, ...older] = keys;
  const ended = older.map((key) => (isAlive(key, now) ? { ...key, expiresAt: now } : key));
  return [newKey(prefix), { ...current, expiresAt: expiry }, ...(endsOlderGrace ? ended : older)];
}

export function isAlive(key: Key, now: number): boolean {
  return key.expiresAt === null || key.expiresAt > now;
}

/** Whether a value is one of these keys, and alive. */
export function accepts(keys: readonly Key[], value: string, now: number): boolean {
  return keys.some((key) => key.value === value && isAlive(key, now));
}

/** What people tell keys apart by. */
export function lastFour(keys: Keys): string {
  return endingOf(keys[0].value);
}
