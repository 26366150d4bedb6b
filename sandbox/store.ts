/** The access tokens of the sandbox: in memory, and in a file too if one is given. */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

import { z } from "zod";

import { type AccessToken, accessTokenSchema } from "./accessToken";
import { accepts } from "./key";

export interface Store {
  all(): AccessToken[];
  find(id: string): AccessToken | undefined;
  /** The token that a key belongs to, if the key is alive. */
  findByKey(key: string, now: number): AccessToken | undefined;
  save(token: AccessToken): void;
  delete(id: string): void;
}

/**
 * @param file where to keep the tokens; a store opened on the same file goes on with them
 */
export function createStore(file?: string): Store {
  const tokens = new Map(load(file).map((token) => [token.id, token]));

  function keep(): void {
    if (file === undefined) return;
    writeFileSync(`${file}.new`, JSON.stringify([...tokens.values()], undefined, 2), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }

  return {
    all: () => [...tokens.values()],
    find: (id) => tokens.get(id),
    findByKey: (key, now) => [...tokens.values()].find(({ keys }) => accepts(keys, key, now)),
    save(token) {
      tokens.set(token.id, token);
      keep();
    },
    delete(id) {
      tokens.delete(id);
      keep();
    },
  };
}

function load(file: string | undefined): AccessToken[] {
  if (file === undefined || !existsSync(file)) return [];
  return z.array(accessTokenSchema).parse(JSON.parse(readFileSync(file, "utf8")));
}
