/** Lists the account's access tokens. */
import type { Client } from "../client/client";
import { recordsOf } from "../client/records";
import { rotatingAccessToken } from "../credentials/rotatingAccessToken/credential";
import type { TokenRecord } from "../credentials/tokens/token";

export type Tokens = readonly TokenRecord[];

/** @throws {LaunchDarklyError} if LaunchDarkly does not list them */
export async function tokensOf(client: Client): Promise<Tokens> {
  // The port reads them so.
  return (await recordsOf(client, rotatingAccessToken, {}).list()) as unknown as Tokens;
}
