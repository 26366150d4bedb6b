/** What LaunchDarkly's description leaves open about roles and several keys, asked of an account in turn. */
import type { Answer } from "../../provider/client/transport";
import type { Json } from "../../provider/model/json";
import { field, told, type Trial, throwaway, TOKENS } from "./questions";

/** A throw-away token that may do this, and nothing else. */
async function tokenFor(trial: Trial, actions: readonly string[], resources: readonly string[]) {
  const inlineRole = [{ effect: "allow", actions: [...actions], resources: [...resources] }];
  const created = await trial.account.create({ serviceToken: true, inlineRole });
  trial.find(`a token that may only ${actions.join(", ")}`, told(trial.account, created));
  return throwaway(created);
}

/** With LaunchDarkly's own words, which may name the action that a role lacks. */
function inWords({ account }: Trial, answer: Answer): string {
  const words = answer.status < 300 ? undefined : field(answer, "message");
  return typeof words === "string" ? account.clean(`${told(account, answer)}: ${words}`) : told(account, answer);
}

/** Whether a token that may create tokens, or change their roles, can make itself more than it is. */
export async function askEscalation(trial: Trial): Promise<void> {
  const { account, agree, find } = trial;
  const question =
    "Create a token that may only create tokens and change their roles, and let it try to make an Admin token? What it makes is deleted at once.";
  if (!(await agree(question))) return;
  const maker = await tokenFor(trial, ["createAccessToken", "updateAccessTokenPolicy"], ["service-token/*"]);
  if (maker === undefined) return;
  const made = await account.create({ role: "admin", serviceToken: true }, maker.key);
  const admin = throwaway(made);
  find("may it create an Admin token", inWords(trial, made));
  if (admin !== undefined) find("the role of what it created", JSON.stringify(field(made, "role") ?? null));
  if (admin !== undefined) await account.send({ method: "DELETE", path: `${TOKENS}/${admin.id}` });
  const raised = await account.send({
    method: "PATCH",
    path: `${TOKENS}/${maker.id}`,
    key: maker.key,
    body: [{ op: "add", path: "/role", value: "admin" }],
  });
  find("may it give itself the role admin", inWords(trial, raised));
  await account.send({ method: "DELETE", path: `${TOKENS}/${maker.id}` });
}

/** The identifier of a throw-away key, by its number. */
const keyId = (trial: Trial, number: number) => `${trial.account.name.replace(/\W+/g, "-")}-${String(number)}`;

/** What several keys of an environment can do, and which actions of a role they take. */
export async function askSdkKeys(trial: Trial): Promise<void> {
  const { account, agree, find, environment } = trial;
  if (environment === undefined) return;
  const question = `Create throw-away SDK keys in ${environment}, change their ends and delete them? Their identifiers stay taken.`;
  if (!(await agree(question))) return;
  const [project = "", key = ""] = environment.split("/");
  const path = `/api/v2/projects/${encodeURIComponent(project)}/environments/${encodeURIComponent(key)}/sdk-keys`;
  const beta = { apiVersion: "beta" } as const;
  const make = (number: number, by?: string) => account.createKey(path, keyId(trial, number), by);
  const first = await make(1);
  find("create another SDK key", inWords(trial, first));
  if (first.status >= 300) return;
  const change = async (what: string, body: Json) => {
    const answer = await account.send({ method: "PATCH", path: `${path}/${keyId(trial, 1)}`, body, ...beta });
    find(what, told(account, answer));
  };
  await change("its expiry: a day ahead", { expiry: account.now() + DAY });
  await change("its expiry: earlier", { expiry: account.now() + DAY / 2 });
  await change("its expiry: in the past", { expiry: account.now() - DAY });
  await change("its expiry: 0", { expiry: 0 });
  await change("its expiry: 20 years ahead", { expiry: account.now() + 20 * 365 * DAY });
  const removed = await account.send({ method: "DELETE", path: `${path}/${keyId(trial, 1)}`, ...beta });
  find("delete it", told(account, removed));
  find("create one with the identifier of the deleted one", told(account, await make(1)));
  await askKeyRoles(trial, path, make);
}

const DAY = 86_400_000;

async function askKeyRoles(
  trial: Trial,
  path: string,
  make: (number: number, by?: string) => ReturnType<Trial["account"]["send"]>,
): Promise<void> {
  const { account, find, environment = "" } = trial;
  const [project = "", key = ""] = environment.split("/");
  const resources = [`proj/${project}:env/${key}`];
  const seen = await make(2);
  for (const [index, actions] of [["*"], ["viewSdkKey", "updateApiKey"], ["viewSdkKey"]].entries()) {
    const token = await tokenFor(trial, actions, resources);
    if (token === undefined) continue;
    find("may it create an SDK key", inWords(trial, await make(3 + index, token.key)));
    const request = { method: "GET", path: `${path}/${keyId(trial, 2)}`, apiVersion: "beta" } as const;
    if (seen.status < 300) find("may it read one", told(account, await account.send({ ...request, key: token.key })));
  }
  const reader = throwaway(await account.create({ role: "reader", serviceToken: true }));
  if (reader === undefined || seen.status >= 300) return;
  const request = { method: "GET", path: `${path}/${keyId(trial, 2)}`, apiVersion: "beta" } as const;
  const shown = await account.send({ ...request, key: reader.key });
  const value = field(shown, "value");
  const isWhole = value !== undefined && value === field(seen, "value");
  find(
    "what a reader sees of an SDK key",
    isWhole ? "the value" : value === undefined ? told(account, shown) : "masked",
  );
}
