/** Carries out a reset until its outcome is known, or can't be: executes the steps that decisions/resetStep decides. */
import { LaunchDarklyError } from "../../client/errors";
import { retrying, type Try } from "../../client/retrying";
import { expiryProblem, resetExpiry } from "../../decisions/ends";
import { type Before, type LookUp, type ResetStep, resetStep, type SentReset } from "../../decisions/resetStep";
import { describeAnotherReset } from "../../messages/rotationOutcome";
import { UserError } from "../../messages/words";
import type { Found, ResetReply } from "../../model/answers";
import type { OldKeyExpiry } from "../../model/duration";
import type { State } from "../../model/state";
import type { Session } from "../../run/session";
import { sendBlocker } from "../selfRotation";
import type { Context } from "./look";

/** The most resets that are repeated because the answer was lost and the old key is dead. */
const LOST_RESETS = 3;

/** An attempt that was taken for not processed because nothing had changed. */
export interface DoubtfulReset extends SentReset {
  /** Whether it may yet be carried out. */
  readonly mayBeLate: boolean;
}

export type ResetOutcome =
  | ({
      readonly kind: "reset";
      readonly expiry: number | undefined;
      /** One that was sent before, if any. */
      readonly doubtful: DoubtfulReset | undefined;
    } & Omit<Extract<ResetReply, { kind: "reset" }>, "kind">)
  /** Nothing changed, unless an attempt that was taken for not processed is carried out yet. */
  | { readonly kind: "failed"; readonly error: Error; readonly doubtful: DoubtfulReset | undefined }
  /** Carried out, but the new key is lost; the old one still works until then, or is dead. */
  | {
      readonly kind: "lost";
      readonly sent: SentReset;
      readonly until?: number;
      readonly found: Found;
      /** Why another reset failed, if one was tried. */
      readonly error?: Error;
    }
  /** Perhaps carried out. */
  | { readonly kind: "in doubt"; readonly sent: SentReset; readonly error: Error };

export interface ResetOrder {
  readonly state: State;
  readonly oldKeyExpiry: OldKeyExpiry | undefined;
  /** Whether anybody holds the key that is current before the reset. */
  readonly isHeld: boolean;
  /** When the rotation began, by `elapsed`: its patience counts from then. */
  readonly startedAt: number;
}

/** The outcome of a rotation's attempts so far. */
interface Attempts {
  /** The credential before the next attempt. */
  before: Before;
  /** Resets that were carried out, and whose key nobody has. */
  readonly lost: { readonly sent: SentReset; readonly found: Found }[];
  doubtful: DoubtfulReset | undefined;
}

export function resetKey(context: Context, work: ResetOrder): Promise<ResetOutcome> {
  const attempts: Attempts = { before: work.state, lost: [], doubtful: undefined };
  return retrying<ResetOutcome>(context.session.host, work.startedAt, async () => {
    for (;;) {
      const next = await attempt(context, work, attempts);
      if (next !== "at once") return next;
    }
  });
}

/** One reset, and what follows from what came back. */
async function attempt(context: Context, work: ResetOrder, attempts: Attempts): Promise<Try<ResetOutcome> | "at once"> {
  const { session } = context;
  const isHeld = work.isHeld && attempts.lost.length === 0;
  const done = (result: ResetOutcome) => ({ kind: "done", result }) as const;
  const sentReset = await sendReset(context, work).catch((error: unknown) => {
    if (error instanceof UserError) return error;
    throw error;
  });
  if (sentReset instanceof UserError) return done(failed(attempts, sentReset));
  const { sent, reply } = sentReset;
  const step = await stepAfter(context, work, { before: attempts.before, isHeld }, sent, reply);
  switch (step.kind) {
    case "keep":
      return done({ ...step.reset, kind: "reset", expiry: sent.expiry, doubtful: attempts.doubtful });
    case "fail":
      return done(failed(attempts, step.error));
    case "stop":
      return done({ kind: "lost", sent, until: step.until, found: step.found });
    case "giveUp":
      if (attempts.lost.length > 0) return done(failed(attempts, step.error));
      return done({ kind: "in doubt", sent, error: step.error });
    case "resetAgain":
      attempts.lost.push({ sent, found: step.found });
      if (attempts.lost.length === LOST_RESETS) return done({ kind: "lost", sent, found: step.found });
      attempts.before = step.found;
      await session.host.log("warning", describeAnotherReset(isHeld));
      return "at once";
    case "retry": {
      if (reply.kind === "unknown") {
        const mayBeLate = reply.mayBeLate || attempts.doubtful?.mayBeLate === true;
        attempts.doubtful = { ...sent, mayBeLate };
      }
      const isRateLimited = step.error instanceof LaunchDarklyError && step.error.code === "rateLimited";
      return { kind: "again", isRateLimited, otherwise: () => failed(attempts, step.error) };
    }
  }
}

/** The outcome of a failure. It does not undo what was carried out before. */
function failed({ lost, doubtful }: Attempts, error: Error): ResetOutcome {
  const last = lost.at(-1);
  return last === undefined ? { kind: "failed", error, doubtful } : { kind: "lost", ...last, error };
}

/**
 * Sends one reset, when its turn comes.
 *
 * @throws {UserError} if it must not be sent any more
 */
async function sendReset({ credential, session }: Context, { state, oldKeyExpiry }: ResetOrder) {
  const { client } = session;
  const turn = await client.turn();
  try {
    const expiry = await permittedExpiry(session, oldKeyExpiry, client.now());
    const sent: SentReset = { expiry, sentAt: client.now() };
    return { sent, reply: await client.reset(turn, credential, state.identity, expiry) };
  } finally {
    turn.end();
  }
}

/**
 * The last check before a reset is sent. The reset may have waited for a long time.
 *
 * @throws {UserError} if it must not be sent any more
 */
async function permittedExpiry(
  { host }: Session,
  oldKeyExpiry: OldKeyExpiry | undefined,
  now: number,
): Promise<number | undefined> {
  const error = await sendBlocker(host, "the reset");
  if (error !== undefined) throw error;
  const localNow = host.clock();
  const problem = expiryProblem(oldKeyExpiry, Math.max(now, localNow));
  if (problem !== undefined) throw new UserError(`oldKeyExpiry ${problem}.`);
  return resetExpiry(oldKeyExpiry, now, localNow);
}

/** Says what follows a reset, and looks if that is needed to know. */
async function stepAfter(
  { credential, session: { client } }: Context,
  { state, startedAt }: ResetOrder,
  { before, isHeld }: { readonly before: Before; readonly isHeld: boolean },
  sent: SentReset,
  reply: ResetReply,
): Promise<Exclude<ResetStep, { kind: "lookUp" }>> {
  const step = resetStep(before, sent, reply, undefined, isHeld, client.now());
  if (step.kind !== "lookUp") return step;
  const lookUp: LookUp = await client.look(credential, state.identity, startedAt).then(
    (found) => ({ kind: "found", found }),
    (error: unknown) => ({ kind: "failed", error: error as Error }),
  );
  const next = resetStep(before, sent, reply, lookUp, isHeld, client.now());
  if (next.kind === "lookUp") throw new Error("a look-up asks for no other one");
  return next;
}
