/** What LaunchDarkly's description leaves open, asked of an account in turn. */
import type { Answer } from "../../provider/client/transport";
import type { Account } from "./account";
import type { Finding } from "./report";

/** What a question is asked with. */
export interface Trial {
  readonly account: Account;
  agree(question: string): Promise<boolean>;
  find(question: Finding["question"], answer: Finding["answer"]): void;
  wait(milliseconds: number): Promise<void>;
  /** `project/environment`, if one may be read. */
  readonly environment: string | undefined;
}

/** How long graces last here. */
const GRACE = 60_000;
/** How long after its end a key is asked for. */
const PATIENCE = 60_000;
const STEP = 5_000;

export const TOKENS = "/api/v2/tokens";
const IDENTITY = "/api/v2/caller-identity";

/** A token of this run, with its current key. */
interface Throwaway {
  readonly id: string;
  readonly key: string;
}

/** @returns whether there is anything to go on with */
export async function askWhoseKey({ account, find }: Trial): Promise<boolean> {
  const answer = await account.send({ method: "GET", path: IDENTITY });
  find("whose key is it: status", told(account, answer));
  const limits = Object.entries(answer.headers).filter(([name]) => /ratelimit|retry-after/.test(name));
  find("headers of rate limits", limits.map(([name, value]) => `${name}: ${String(value)}`).join(", ") || "none");
  if (answer.status !== 200) return false;
  const missing = await account.send({ method: "GET", path: `${TOKENS}/000000000000000000000000` });
  find("a token that is not there", told(account, missing));
  return true;
}

export async function askToken(trial: Trial): Promise<Throwaway | undefined> {
  const { account, agree, find } = trial;
  if (!(await agree(`Create a service token named "${account.name}" with the role reader?`))) return undefined;
  const created = await account.create({ role: "reader", serviceToken: true });
  find("create a token: status", told(account, created));
  const token = throwaway(created);
  if (token === undefined) return undefined;
  find("create a token: form of creationDate", typeof field(created, "creationDate"));
  const shown = await account.send({ method: "GET", path: `${TOKENS}/${token.id}` });
  const { token: ending } = Object(shown.body) as { token?: unknown };
  const isEnding = typeof ending === "string" && ending.length < token.key.length && token.key.endsWith(ending);
  find("is a token's key readable", ending === token.key ? "yes" : isEnding ? "its last characters" : "no");
  find("a new key works at once", await works(trial, token.key));
  return token;
}

export async function askReset(trial: Trial, token: Throwaway): Promise<void> {
  const { account, agree, find } = trial;
  if (!(await agree("Reset this token, with a grace of a minute, several times?"))) return;
  const reset = (expiry?: number) =>
    account.send({
      method: "POST",
      path: `${TOKENS}/${token.id}/reset`,
      ...(expiry !== undefined && { query: { expiry: String(expiry) } }),
    });
  const end = account.now() + GRACE;
  const first = await reset(end);
  find("reset with an expiry in milliseconds", told(account, first));
  const second = throwaway(first)?.key;
  if (second === undefined) return;
  find("the old key works in its grace", await works(trial, token.key));
  const again = await reset(account.now() + 2 * GRACE);
  const third = throwaway(again)?.key;
  find("a second reset within the grace", told(account, again));
  find("the oldest key after the second reset", await works(trial, token.key));
  find("the old key after its grace", await endOf(trial, token.key, end));
  const past = await reset(account.now() - GRACE);
  find("reset with an expiry that has passed", told(account, past));
  const last = throwaway(past)?.key ?? third;
  const atOnce = await reset();
  find("reset without an expiry", told(account, atOnce));
  if (last !== undefined) find("the old key after that", await endOf(trial, last, account.now()));
  const dead = await account.send({ method: "GET", path: IDENTITY, key: token.key });
  find("a request with a dead key", told(account, dead));
}

export async function askExpiry(trial: Trial): Promise<void> {
  const { account, agree, find } = trial;
  if (!(await agree("Create a second token that ends by itself, and change its end?"))) return;
  const expiry = account.now() + 2 * GRACE;
  const created = await account.create({ role: "reader", serviceToken: true, expiry });
  find("create a token with an expiry", told(account, created));
  const token = throwaway(created);
  if (token === undefined) return;
  const kept = field(created, "expiry");
  find(
    "the answer shows the expiry",
    kept === undefined ? "no" : `${typeof kept}, ${Number(kept) === expiry ? "as given" : "another one"}`,
  );
  const patch = async (question: string, op: string, value?: number) => {
    const body = [{ op, path: "/expiry", ...(value !== undefined && { value }) }];
    const answer = await account.send({ method: "PATCH", path: `${TOKENS}/${token.id}`, body });
    find(question, told(account, answer));
    return answer.status < 300;
  };
  await patch("patch: take the expiry away", "remove");
  await patch("patch: replace an expiry that may be absent", "replace", expiry);
  const end = account.now() + GRACE;
  if (await patch("patch: add an expiry", "add", end)) {
    find("the key after its expiry", await endOf(trial, token.key, end));
    const shown = await account.send({ method: "GET", path: `${TOKENS}/${token.id}` });
    find("is a token that has ended still there", told(account, shown));
  }
  if (await patch("patch: an expiry that has passed", "add", account.now() - GRACE)) {
    find("the key after that", await works(trial, token.key));
  }
  const past = await account.create({ role: "reader", serviceToken: true, expiry: account.now() - GRACE });
  find("create a token with an expiry that has passed", told(account, past));
}

/** Reads only. */
export async function askEnvironment({ account, find, environment }: Trial): Promise<void> {
  if (environment === undefined) return;
  const [project = "", key = ""] = environment.split("/").map(encodeURIComponent);
  const shown = await account.send({ method: "GET", path: `/api/v2/projects/${project}/environments/${key}` });
  find("read an environment", told(account, shown));
  for (const name of ["apiKey", "mobileKey"]) {
    const value = field(shown, name);
    const isWhole = typeof value === "string" && /^(?:sdk|mob)-[\w-]{20,}$/.test(value);
    find(`is its ${name} readable`, value === undefined ? "no" : isWhole ? "yes" : "masked");
  }
}

/** The status, and LaunchDarkly's own code for it. */
export function told(account: Account, answer: Answer): string {
  const code = answer.status < 300 ? undefined : field(answer, "code");
  return account.clean(typeof code === "string" ? `${answer.status} ${code}` : String(answer.status));
}

/** With LaunchDarkly's own words, which may name the action that a role lacks. */
export function inWords({ account }: Trial, answer: Answer): string {
  const words = answer.status < 300 ? undefined : field(answer, "message");
  return typeof words === "string" ? account.clean(`${told(account, answer)}: ${words}`) : told(account, answer);
}

export function field({ body }: Answer, name: string): unknown {
  return (Object(body) as Record<string, unknown>)[name];
}

export function throwaway(answer: Answer): Throwaway | undefined {
  const [id, key] = [field(answer, "_id"), field(answer, "token")];
  return answer.status < 300 && typeof id === "string" && typeof key === "string" ? { id, key } : undefined;
}

async function isAccepted({ account }: Trial, key: string): Promise<boolean> {
  return (await account.send({ method: "GET", path: IDENTITY, key })).status === 200;
}

async function works(trial: Trial, key: string): Promise<string> {
  return (await isAccepted(trial, key)) ? "works" : "is refused";
}

/** Waits until the key is refused. @param end when that should be, in epoch milliseconds */
async function endOf(trial: Trial, key: string, end: number): Promise<string> {
  const { account, wait } = trial;
  for (;;) {
    if (!(await isAccepted(trial, key))) {
      const late = Math.round((account.now() - end) / 1000);
      if (late >= 0) return `is refused ${late < STEP / 1000 ? "at once" : `${String(late)} s after its end`}`;
      return `is refused ${String(-late)} s before its end`;
    }
    if (account.now() > end + PATIENCE) return `still works ${String(PATIENCE / 1000)} s after its end`;
    await wait(STEP);
  }
}
