/**
 * Asks LaunchDarkly, in a preview, whether a rotation that is due can work, so that the preview is red where the `up`
 * would be. Read-only; and each thing once per run.
 */
import type { LaunchDarklyErrorCode } from "../client/launchDarklyError";
import { ONCE } from "../client/limits";
import type { Found } from "../model/found";
import type { Inputs } from "../model/inputs";
import type { State } from "../model/state";
import type { Call } from "./call";
import { firstState } from "./look";
import { isAnswered, unlessUncertain, warnOfRole } from "./previewQuestions";
import { permitSelfRotation } from "./selfRotation";

/** Nothing was seen yet. */
const NOTHING: Found = { key: null, keyEnding: null, lastModified: null, details: {} };

/** What a preview knows of what it asks for. */
export interface Foreseen<Kept> {
  /** What the last run left; undefined for a new resource. */
  readonly state?: Kept;
  /** The names of the inputs that are not known yet. */
  readonly unknown: ReadonlySet<string>;
  /** Whether the rotation comes whatever they are. */
  readonly isCertain: boolean;
}

/** @throws {UserError} if the `up` would fail */
export async function foresee(call: Call, inputs: Inputs, foreseen: Foreseen<State>): Promise<void> {
  await unlessUncertain(call.session, foreseen.isCertain, () => ask(call, inputs, foreseen));
}

async function ask(call: Call, inputs: Inputs, { state, unknown }: Foreseen<State>): Promise<void> {
  const { credential, session } = call;
  const known = state ?? firstState(call, inputs, NOTHING);
  const isTakeOver = state === undefined && (credential.isReadable || inputs.initialKey !== undefined);
  const verdict = isTakeOver ? "Can't take over" : "Can't reset";
  const mustSee: LaunchDarklyErrorCode[] = isTakeOver ? ["forbidden"] : [];
  if (!(await isAnswered(session, verdict, ["unauthorized"], () => session.admin(ONCE)))) return;
  if (!isTakeOver) {
    const isKnown = !unknown.has("allowSelfRotation");
    await unlessUncertain(session, isKnown, () => permitSelfRotation(call, known, inputs));
  }
  await isAnswered(session, verdict, ["notFound", ...mustSee], () =>
    session.client.look(credential, known.identity, ONCE),
  );
  if (!isTakeOver) await warnOfRole(session, verdict);
}
