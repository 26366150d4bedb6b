/** What LaunchDarkly's description leaves open about roles, asked of an account in turn. */
import type { Keys, Made } from "./keys";
import { field, inWords, told, type Trial, throwaway, TOKENS } from "./questions";

/** A throw-away token that may do this, and nothing else. */
async function tokenFor(trial: Trial, actions: readonly string[], resources: readonly string[]) {
  const inlineRole = [{ effect: "allow", actions: [...actions], resources: [...resources] }];
  const created = await trial.account.create({ serviceToken: true, inlineRole });
  trial.find(`a token that may only ${actions.join(", ")}`, told(trial.account, created));
  return throwaway(created);
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

/** Which actions of a role several keys take, and what a reader sees of them. */
export async function askKeyRoles(trial: Trial, { path, resource, make }: Keys): Promise<void> {
  const { account, find } = trial;
  const seen = { sdk: await make({}), mobile: await make({ kind: "mobile" }) };
  const read = ({ id }: Made, key: string) =>
    account.send({ method: "GET", path: `${path}/${id}`, apiVersion: "beta", key });
  for (const actions of [["*"], ["viewSdkKey", "updateApiKey"], ["viewSdkKey"]]) {
    const token = await tokenFor(trial, actions, [resource]);
    if (token === undefined) continue;
    const made = await make({}, token.key);
    find("may it create an SDK key", inWords(trial, made.answer));
    if (seen.sdk.answer.status < 300) find("may it read one", told(account, await read(seen.sdk, token.key)));
  }
  const reader = throwaway(await account.create({ role: "reader", serviceToken: true }));
  if (reader === undefined) return;
  for (const [kind, what] of [
    ["sdk", "an SDK key"],
    ["mobile", "a mobile key"],
  ] as const) {
    const { answer } = seen[kind];
    if (answer.status >= 300) continue;
    const shown = await read(seen[kind], reader.key);
    const value = field(shown, "value");
    const isWhole = value !== undefined && value === field(answer, "value");
    const said = isWhole ? "the value" : value === undefined ? told(account, shown) : "masked";
    find(`what a reader sees of ${what}`, said);
  }
}
