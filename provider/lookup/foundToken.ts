/** findAccessToken as a function of the plugin: the account's tokens are listed once in a run. */
import type { Client } from "../client/client";
import { LaunchDarklyError } from "../client/errors";
import { ONCE } from "../client/limits";
import { recordsOf } from "../client/records";
import { rotatingAccessToken } from "../credentials/rotatingAccessToken/credential";
import type { TokenRecord } from "../credentials/tokens/token";
import { UserError } from "../messages/words";
import type { Properties } from "../model/json";
import { withSettingNames } from "../model/settingNames";
import { advise, CHECK_CONFIGURATION, type Session } from "../run/session";
import { tokenByName } from "./tokenByName";

export type Tokens = readonly TokenRecord[];

/** How often a preview asks, at once, while the answer fails to come. */
const TRIES_IN_PREVIEW = 3;

/**
 * A preview waits for no rate limit. But it can't go on without the tokens, so one answer that does not come is not the last
 * word.
 *
 * @throws {LaunchDarklyError} if LaunchDarkly does not list them
 */
export async function tokensOf(client: Client, isPreview: boolean): Promise<Tokens> {
  const records = recordsOf(client, rotatingAccessToken, {});
  for (let tries = 1; ; tries++) {
    try {
      // The port reads them so.
      return (await records.list(isPreview ? ONCE : undefined)) as unknown as Tokens;
    } catch (error) {
      const mayPass = error instanceof LaunchDarklyError && ["noAnswer", "unreachable"].includes(error.code);
      if (!isPreview || !mayPass || tries === TRIES_IN_PREVIEW) throw error;
    }
  }
}

/** By session: another run, or other settings, have another one. */
const listed = new WeakMap<Session, Promise<Tokens>>();

/** @throws {UserError} if there is no such token, or several, or LaunchDarkly does not say */
export async function foundToken(session: Session, inputs: Properties, isPreview: boolean): Promise<Properties> {
  const inWords = (text: string) => new UserError(withSettingNames(text, session.host.namespace));
  const { name } = inputs;
  if (typeof name !== "string") throw new UserError("name is required: the whole name of the access token.");
  const tokens = await list(session, isPreview).catch((error: unknown) => {
    throw error instanceof LaunchDarklyError ? inWords(error.message) : error;
  });
  const found = tokenByName(tokens, name);
  if ("problem" in found) throw inWords(found.problem);
  const { id, role, customRoleIds, serviceToken, defaultApiVersion } = found;
  return { id, name, role, customRoleIds: customRoleIds ?? [], serviceToken, defaultApiVersion };
}

function list(session: Session, isPreview: boolean): Promise<Tokens> {
  const known = listed.get(session) ?? tokensOf(session.client, isPreview).catch(advise(CHECK_CONFIGURATION));
  listed.set(session, known);
  known.catch(() => listed.delete(session));
  return known;
}
