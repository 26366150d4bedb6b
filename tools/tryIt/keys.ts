/** What LaunchDarkly's description leaves open about several keys of an environment, asked of one in turn. */
import type { Answer } from "../../provider/client/transport";
import type { Json } from "../../provider/model/json";
import type { ThrowawayKey } from "./account";
import { field, inWords, told, type Trial } from "./questions";

/** A throw-away key as it was answered. */
export interface Made {
  readonly id: string;
  readonly answer: Answer;
}

/** The keys of the environment. */
export interface Keys {
  readonly path: string;
  /** How the identifiers of the run's keys begin. */
  readonly stem: string;
  /** What a role calls the environment. */
  readonly resource: string;
  /** Makes a throw-away key with an identifier of its own. @param by the key that asks for it */
  make(settings: Omit<ThrowawayKey, "id"> & { readonly id?: string }, by?: string): Promise<Made>;
}

const DAY = 86_400_000;
/** How long a key lives that is to expire. */
const SOON = 60_000;
const beta = { apiVersion: "beta" } as const;

/** What several keys of an environment can do. @returns undefined where there can't be several, or nobody agreed */
export async function askKeys(trial: Trial): Promise<Keys | undefined> {
  const { agree, find, environment } = trial;
  if (environment === undefined) return undefined;
  const question = `Create throw-away SDK and mobile keys in ${environment}, change their ends and delete them? Their identifiers stay taken. The default SDK key is given the name that it has.`;
  if (!(await agree(question))) return undefined;
  const keys = keysOf(trial, environment);
  const first = await keys.make({});
  find("create another SDK key", inWords(trial, first.answer));
  if (first.answer.status >= 300) return undefined;
  find("create another mobile key", inWords(trial, (await keys.make({ kind: "mobile" })).answer));
  await askEnds(trial, keys, first);
  await askIdentifiers(trial, keys);
  await askDefaults(trial, keys);
  return keys;
}

function keysOf({ account }: Trial, environment: string): Keys {
  const [project = "", key = ""] = environment.split("/");
  const path = `/api/v2/projects/${encodeURIComponent(project)}/environments/${encodeURIComponent(key)}/sdk-keys`;
  const stem = account.name.replace(/\W+/g, "-");
  let made = 0;
  return {
    path,
    stem,
    resource: `proj/${project}:env/${key}`,
    async make({ id = `${stem}-${String(++made)}`, ...rest }, by) {
      return { id, answer: await account.createKey(path, { id, ...rest }, by) };
    },
  };
}

async function askEnds(trial: Trial, keys: Keys, { id }: Made): Promise<void> {
  const { account, find, wait } = trial;
  const change = async (what: string, body: Json, of = id) => {
    const answer = await account.send({ method: "PATCH", path: `${keys.path}/${of}`, body, ...beta });
    find(what, told(account, answer));
  };
  await change("its expiry: a day ahead", { expiry: account.now() + DAY });
  await change("its expiry: earlier", { expiry: account.now() + DAY / 2 });
  await change("its expiry: in the past", { expiry: account.now() - DAY });
  await change("its expiry: 0", { expiry: 0 });
  await change("its expiry: 20 years ahead", { expiry: account.now() + 20 * 365 * DAY });
  await change("its views, by a patch", { viewKeys: ["try-it"] });
  const removed = await account.send({ method: "DELETE", path: `${keys.path}/${id}`, ...beta });
  find("delete it", told(account, removed));
  find("create one with the identifier of the deleted one", told(account, (await keys.make({ id })).answer));

  const brief = await keys.make({ expiry: account.now() + SOON });
  find("create one that ends in a minute", told(account, brief.answer));
  if (brief.answer.status >= 300) return;
  await wait(2 * SOON);
  await change("another expiry for one that has expired", { expiry: account.now() + DAY }, brief.id);
}

/** Which identifiers a key may have. */
async function askIdentifiers({ account, find }: Trial, { make, stem }: Keys): Promise<void> {
  for (const [what, id] of [
    ["with . and _", `${stem}._`],
    ["with capitals", `${stem}-ABC`],
    ["with a colon", `${stem}:1`],
    ["of 100 characters", stem.padEnd(100, "x")],
    ["of 256 characters", stem.padEnd(256, "x")],
    ["of 257 characters", stem.padEnd(257, "x")],
  ] as const) {
    find(`an identifier ${what}`, told(account, (await make({ id })).answer));
  }
}

/** The default keys: nothing of them is changed, and a deletion is not asked for. */
async function askDefaults(trial: Trial, { path }: Keys): Promise<void> {
  const { account, find } = trial;
  const listed = await account.send({ method: "GET", path, query: { limit: "50" }, ...beta });
  const items = field(listed, "items");
  const found = (Array.isArray(items) ? items : []).find(
    (item: unknown) => (Object(item) as { isDefault?: unknown }).isDefault === true,
  ) as { key?: unknown; kind?: unknown; name?: unknown } | undefined;
  find("are default keys among the others", found === undefined ? "no" : "yes");
  const { key: id, kind, name } = found ?? {};
  if (typeof id !== "string" || typeof name !== "string") return;
  const isPlain = id === kind || id === "default" || id === `default-${String(kind)}`;
  find("the identifier of a default key", isPlain ? id : `${String(id.length)} characters`);
  const shown = await account.send({ method: "GET", path: `${path}/${encodeURIComponent(id)}`, ...beta });
  find("read a default key by its identifier", told(account, shown));
  const same = { method: "PATCH", path: `${path}/${encodeURIComponent(id)}`, body: { name }, ...beta } as const;
  find("may a default key be changed", inWords(trial, await account.send(same)));
}
