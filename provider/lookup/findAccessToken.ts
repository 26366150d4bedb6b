/** A function for programs: finds an access token by its name. */
import * as pulumi from "@pulumi/pulumi";

import { isMocked, programError, unknownSettings } from "../hosts/dynamic/programHints";
import { withSettingNames } from "../model/settingNames";
import { tokenByName } from "./tokenByName";

/** The arguments of {@link findAccessToken}. */
export interface FindAccessTokenArgs {
  /** The token's whole name at LaunchDarkly, letter for letter. */
  readonly name: string;
}

/** What {@link findAccessToken} finds. */
export interface FoundAccessToken {
  /** The token's id: what `tokenId` of an `AccessTokenRotation` takes. */
  readonly id: string;
  /** The token's name, as it was asked for. */
  readonly name: string;
  /** The base role; null if it has none, as with custom roles. */
  readonly role: string | null;
  /** The ids of the custom roles; empty with a base role. */
  readonly customRoleIds: string[];
  /** Null if LaunchDarkly does not say. */
  readonly serviceToken: boolean | null;
  /** The API version that the token's requests use if they name none; null if LaunchDarkly does not say. */
  readonly defaultApiVersion: number | null;
}

/**
 * Finds the access token of a name, so that nobody has to dig its id out of a URL. It reads the same configuration as
 * the resource, and lists the tokens once per run of the program, also in a preview.
 *
 * @throws {pulumi.RunError} if there is no such token, or several, or LaunchDarkly does not say
 * @example
 * const { id } = await findAccessToken({ name: "ci" });
 *
 * @see https://launchdarkly.com/docs/api/access-tokens/get-tokens
 */
export async function findAccessToken({ name }: FindAccessTokenArgs): Promise<FoundAccessToken> {
  if (isMocked()) return mocked(name);
  const answer = await listed();
  if ("problem" in answer) throw programError(answer.problem);
  const found = tokenByName(answer.tokens, name);
  if ("problem" in found) throw programError(withSettingNames(found.problem, "launchdarkly"));
  const { id, role, customRoleIds, serviceToken, defaultApiVersion } = found;
  return { id, name, role, customRoleIds: customRoleIds ?? [], serviceToken, defaultApiVersion };
}

/** The arguments of {@link findAccessTokenOutput}. */
export interface FindAccessTokenOutputArgs {
  /** The token's whole name at LaunchDarkly, letter for letter. */
  readonly name: pulumi.Input<string>;
}

/**
 * The same as {@link findAccessToken}, as an output: a property of what is found can be an input as it is.
 *
 * @example
 * new AccessTokenRotation("ci", { tokenId: findAccessTokenOutput({ name: "ci" }).id });
 */
export function findAccessTokenOutput({ name }: FindAccessTokenOutputArgs): pulumi.Output<FoundAccessToken> {
  return pulumi.output(name).apply((known) => findAccessToken({ name: known }));
}

/** What the mocks of a unit test are asked for. */
const MOCKED_CALL = "launchdarkly:index:findAccessToken";

async function mocked(name: string): Promise<FoundAccessToken> {
  const found = (await pulumi.runtime.invoke(MOCKED_CALL, { name })) as Partial<FoundAccessToken> | undefined;
  if (typeof found?.id === "string") {
    const { id, role = null, customRoleIds = [], serviceToken = null, defaultApiVersion = null } = found;
    return { id, name, role, customRoleIds, serviceToken, defaultApiVersion };
  }
  throw programError(
    `findAccessToken makes no request under setMocks. Let the mocks answer it: call: ({ token, inputs }) => (token === "${MOCKED_CALL}" ? { id: "61095542756dba551110ae21" } : inputs)`,
  );
}

/** The account's tokens, or why they can't be told. */
function listed() {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- programs that only have resources load no client
  const { listedTokens } = require("./listedTokens") as typeof import("./listedTokens");
  return listedTokens({
    run: pulumi.runtime.getMonitor(),
    config: (key) => pulumi.runtime.getConfig(key.includes(":") ? key : `${pulumi.getProject()}:${key}`),
    others: unknownSettings(),
    log: (severity, message) => (severity === "warning" ? pulumi.log.warn(message) : pulumi.log.info(message)),
    isPreview: pulumi.runtime.isDryRun(),
  });
}
