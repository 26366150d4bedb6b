/** Verifies a key by using it: that shows that it works, and whose it is. */
import type { CallerIdentity } from "../client/callerIdentity";
import type { Client } from "../client/client";
import { LaunchDarklyError } from "../client/errors";
import { retrying } from "../client/retrying";
import { describeHidden } from "../messages/drift";
import { UserError } from "../messages/words";
import type { Wording } from "../model/credential";
import type { Session } from "../run/session";
import type { Strategy } from "./strategy";
import { AnothersKey, type Asked, type Kept, type OwnReading, SavedFailure, type Work } from "./work";

/** Whether LaunchDarkly says for sure that it does not accept a key. */
export function isRefused(client: Client, key: string): Promise<boolean> {
  return client.getCallerIdentity(key).then(
    () => false,
    (error: unknown) => error instanceof LaunchDarklyError && error.code === "unauthorized",
  );
}

/** Asks with an access token's own key; undefined if the stack holds none, or it does not show that it is the token's. */
export async function ownReading(
  client: Client,
  key: string | null,
  tokenId: string | undefined,
): Promise<OwnReading | undefined> {
  if (key === null || tokenId === undefined) return undefined;
  const isOwn = await client.getCallerIdentity(key).then(
    (caller) => caller.tokenId === tokenId,
    () => false,
  );
  if (!isOwn) return undefined;
  return {
    key,
    sendIdempotent: (operation, _key, since) => client.sendIdempotent(operation, key, since),
    elapsed: () => client.elapsed(),
  };
}

/** What the own key may see; undefined if its role does not let it. */
export async function ifAllowed<Seen>(asked: Promise<Seen>): Promise<Seen | undefined> {
  return asked.catch((error: unknown) => {
    if (error instanceof LaunchDarklyError && ["forbidden", "notFound"].includes(error.code)) return undefined;
    throw error;
  });
}

/**
 * What the admin key can't see looks deleted. Its key would be lost with the resource, so the key is asked first.
 *
 * @param tokenId the access token whose key it is; undefined if it can't be asked
 * @param advice what to do then
 * @throws {UserError} if it is not refused
 */
export async function refuseIfAlive(
  { client }: Session,
  wording: Pick<Wording, "it">,
  { key }: Pick<Kept, "key">,
  tokenId: string | undefined,
  advice: string,
): Promise<void> {
  if (key === null || tokenId === undefined || (await isRefused(client, key))) return;
  throw new UserError(`${describeHidden(wording)} ${advice}`);
}

/**
 * Verifies the key of a state, if that has still to be done.
 *
 * @returns the state, with nothing left to verify
 * @throws {SavedFailure} if the key does not work, or is not the current one
 */
export async function verify<State extends Kept, Given extends Asked>(
  strategy: Strategy<State, Given, unknown>,
  session: Session,
  work: Work<State, Given>,
): Promise<State> {
  const { state, inputs, startedAt } = work;
  const { key } = state;
  const tokenId = strategy.verifiableAs(inputs, state);
  if (!state.verificationPending || !inputs.verify || key === null || tokenId === undefined) {
    return { ...state, verificationPending: false };
  }
  try {
    const owner = await ownerOfNewKey(session, key, startedAt);
    if (owner !== undefined && owner !== tokenId) throw new AnothersKey(owner);
    return { ...state, verificationPending: false };
  } catch (error) {
    const problem = verificationProblem(error);
    const explained = problem && (await strategy.afterFailedVerification(session, work, problem));
    if (explained !== undefined) return explained;
    throw new SavedFailure(strategy.saved(state), strategy.says.unverified(state, (error as Error).message));
  }
}

/** What LaunchDarkly has said of the key; undefined if it has said nothing. */
function verificationProblem(error: unknown): AnothersKey | "refused" | undefined {
  if (error instanceof AnothersKey) return error;
  return error instanceof LaunchDarklyError && error.code === "unauthorized" ? "refused" : undefined;
}

/**
 * A new key may take a moment to reach all of LaunchDarkly, so a refusal is retried.
 *
 * @param startedAt when the rotation began, by `elapsed`
 * @returns the id of its token; undefined if LaunchDarkly does not say
 * @throws {LaunchDarklyError} `unauthorized` if the key does not work, other codes if it can't be told
 */
export async function ownerOfNewKey(
  { client, host }: Session,
  key: string,
  startedAt: number,
): Promise<string | undefined> {
  const identity = await retrying<CallerIdentity>(host, startedAt, async () => {
    try {
      return { kind: "done", result: await client.getCallerIdentity(key, startedAt) };
    } catch (error) {
      if (!(error instanceof LaunchDarklyError) || error.code !== "unauthorized") throw error;
      return {
        kind: "again",
        isRateLimited: false,
        otherwise: () => {
          throw error;
        },
      };
    }
  });
  return identity.tokenId;
}
