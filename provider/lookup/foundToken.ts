/** findAccessToken as a function of the plugin: the account's tokens are listed once in a run. */
import { LaunchDarklyError } from "../client/launchDarklyError";
import { UserError } from "../messages/userError";
import type { Properties } from "../model/properties";
import { withSettingNames } from "../model/settingNames";
import { advise, CHECK_CONFIGURATION } from "../run/keyAdvice";
import type { Session } from "../run/session";
import { type Tokens, tokensOf } from "./tokens";
import { tokenByName } from "./tokenByName";

/** By session: another run, or other settings, have another one. */
const listed = new WeakMap<Session, Promise<Tokens>>();

/** @throws {UserError} if there is no such token, or several, or LaunchDarkly does not say */
export async function foundToken(session: Session, inputs: Properties): Promise<Properties> {
  const inWords = (text: string) => new UserError(withSettingNames(text, session.host.namespace));
  const { name } = inputs;
  if (typeof name !== "string") throw new UserError("name is required: the whole name of the access token.");
  const tokens = await list(session).catch((error: unknown) => {
    throw error instanceof LaunchDarklyError ? inWords(error.message) : error;
  });
  const found = tokenByName(tokens, name);
  if ("problem" in found) throw inWords(found.problem);
  const { id, role, customRoleIds, serviceToken, defaultApiVersion } = found;
  return { id, name, role, customRoleIds: customRoleIds ?? [], serviceToken, defaultApiVersion };
}

function list(session: Session): Promise<Tokens> {
  const known = listed.get(session) ?? tokensOf(session.client).catch(advise(CHECK_CONFIGURATION));
  listed.set(session, known);
  known.catch(() => listed.delete(session));
  return known;
}
