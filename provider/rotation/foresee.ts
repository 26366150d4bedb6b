/**
 * Asks LaunchDarkly, in a preview, whether a rotation that is due can work, so that the preview is red where the `up`
 * would be. Read-only; and each thing once per run.
 */
import { PATIENCE_MS } from "../client/limits";
import { LaunchDarklyError, type LaunchDarklyErrorCode } from "../client/launchDarklyError";
import { subject } from "../messages/naming";
import { UserError } from "../messages/userError";
import type { Found } from "../model/found";
import type { Inputs } from "../model/inputs";
import type { State } from "../model/state";
import type { Call } from "./call";
import { firstState } from "./look";
import { permitSelfRotation } from "./selfRotation";

/** Nothing was seen yet. */
const NOTHING: Found = { key: null, keyEnding: null, lastModified: null, details: {} };

/**
 * @param state what the last run left; undefined for a new resource
 * @throws {UserError} if the `up` would fail
 */
export async function foresee(call: Call, inputs: Inputs, state?: State): Promise<void> {
  const { credential, session } = call;
  const known = state ?? firstState(call, inputs, NOTHING);
  const isTakeOver = state === undefined && (credential.isReadable || inputs.initialKey !== undefined);
  const verdict = `${subject(credential.wording, known)} can't be ${isTakeOver ? "taken over" : "reset"}:`;
  const mustSee: LaunchDarklyErrorCode[] = isTakeOver ? ["forbidden"] : [];
  if (!(await isAnswered(call, verdict, ["unauthorized"], () => session.admin(tryOnce(call))))) return;
  if (!isTakeOver) await permitSelfRotation(call, known, inputs);
  await isAnswered(call, verdict, ["notFound", ...mustSee], () =>
    session.client.look(credential, known.identity, tryOnce(call)),
  );
  if (!isTakeOver) await warnOfRole(call);
}

/** A preview does not wait for what is busy: the `up` will. */
function tryOnce({ session }: Call): number {
  return session.surroundings.elapsed() - PATIENCE_MS;
}

/**
 * @param final the refusals that the `up` will meet as well
 * @returns whether LaunchDarkly answered; if not, the run is warned of it once
 * @throws {UserError} for those
 */
async function isAnswered(
  call: Call,
  verdict: string,
  final: readonly LaunchDarklyErrorCode[],
  ask: () => Promise<unknown>,
): Promise<boolean> {
  try {
    await ask();
    return true;
  } catch (error) {
    if (!(error instanceof LaunchDarklyError)) throw error;
    if (final.includes(error.code)) throw new UserError(`${verdict} ${error.message}`);
    await warnOnce(call, `This preview can't tell whether the rotations will work: ${error.message}`);
    return false;
  }
}

async function warnOfRole(call: Call): Promise<void> {
  const role = await call.session.adminRole();
  if (role !== "reader") return;
  await warnOnce(
    call,
    "The key of launchdarkly:accessToken has the role reader, which can't reset anything. Use a key with the Admin role, or a custom role that allows it.",
  );
}

async function warnOnce({ session: { progress, surroundings } }: Call, message: string): Promise<void> {
  if (progress.warned.has(message)) return;
  progress.warned.add(message);
  await surroundings.log("warning", message);
}
