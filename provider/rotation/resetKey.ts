/** Carries out a reset until its outcome is known, or can't be: executes the steps that rotation/resetStep decides. */
import { LaunchDarklyError } from "../client/launchDarklyError";
import { retryWait } from "../client/retryPolicy";
import type { Before } from "../decisions/lostReset";
import { expiryProblem, resetExpiry } from "../decisions/resetExpiry";
import { type LookUp, type ResetStep, resetStep, type SentReset } from "../decisions/resetStep";
import type { AccessToken } from "../model/accessToken";
import type { OldKeyExpiry } from "../model/oldKeyExpiry";
import type { ResetReply } from "../model/resetReply";
import { isInterrupted } from "../run/interrupts";
import type { Session } from "../run/session";
import { tokenName } from "../messages/tokenName";
import { UserError } from "../messages/userError";

/** As often, at the most, are resets repeated whose answer was lost and whose old key is dead. */
const LOST_RESETS = 3;

export type ResetOutcome =
  | ({
      readonly kind: "reset";
      /** Whether a reset before it was taken for not processed because the token was unchanged, and may still be. */
      readonly isAfterDoubt: boolean;
      /** Whether that one may yet be carried out. */
      readonly lateResetPossible: boolean;
    } & Pick<SentReset, "expiry"> &
      Omit<Extract<ResetReply, { kind: "reset" }>, "kind">)
  /** Nothing changed, unless an attempt that was taken for not processed is carried out yet. */
  | { readonly kind: "failed"; readonly error: Error; readonly lateResetPossible: boolean }
  /** Carried out, but the new key is lost; the old one still works until then, or is dead. */
  | {
      readonly kind: "lost";
      readonly sent: SentReset;
      readonly until?: number;
      readonly token: AccessToken;
      /** Why another reset failed, if one was tried. */
      readonly error?: Error;
    }
  /** Perhaps carried out. */
  | { readonly kind: "inDoubt"; readonly sent: SentReset; readonly error: Error };

export interface ResetOrder {
  readonly tokenId: string;
  readonly oldKeyExpiry: OldKeyExpiry | undefined;
  /** The token before the reset. */
  readonly before: Before & { readonly name: string | null };
  /** Whether anybody holds the key that is current before the reset. */
  readonly isHeld: boolean;
  /** When the rotation began, by `elapsed`: its patience counts from then. */
  readonly startedAt: number;
}

export async function resetToken(
  session: Session,
  { tokenId, oldKeyExpiry, before, isHeld, startedAt }: ResetOrder,
): Promise<ResetOutcome> {
  const { client, surroundings } = session;
  let known: Before = before;
  /** Resets that were carried out, and whose key nobody has. */
  const lost: { readonly sent: SentReset; readonly token: AccessToken }[] = [];
  let failures = 0;
  let isAfterDoubt = false;
  let lateResetPossible = false;
  const failed = (error: Error): ResetOutcome => {
    const last = lost.at(-1);
    return last === undefined ? { kind: "failed", error, lateResetPossible } : { kind: "lost", ...last, error };
  };
  for (let tries = 1; ; tries++) {
    const attempt = await client
      .resetAccessToken(tokenId, (now) => permittedExpiry(session, oldKeyExpiry, now))
      .catch((error: unknown) => (error instanceof UserError ? error : Promise.reject(error as Error)));
    if (attempt instanceof UserError) return failed(attempt);
    const { reply, ...sent } = attempt;
    const isKnownHeld = isHeld && lost.length === 0;
    const step = await stepAfter(session, { tokenId, before: known, isHeld: isKnownHeld, startedAt }, sent, reply);
    switch (step.kind) {
      case "keep":
        return { ...step.reset, kind: "reset", expiry: sent.expiry, isAfterDoubt, lateResetPossible };
      case "fail":
        return failed(step.error);
      case "stop":
        return { kind: "lost", sent, until: step.until, token: step.token };
      case "giveUp":
        return lost.length > 0 ? failed(step.error) : { kind: "inDoubt", sent, error: step.error };
      case "resetAgain":
        lost.push({ sent, token: step.token });
        if (lost.length === LOST_RESETS) return { kind: "lost", sent, token: step.token };
        known = step.token;
        await surroundings.log(
          "warning",
          `Access token ${tokenName(tokenId, before.name)}: LaunchDarkly carried the reset out, but its answer with the new key was lost. ${isKnownHeld ? "The old key is dead" : "Nobody holds the key before it"}, so the token is reset again at once.`,
        );
        break;
      case "retry": {
        isAfterDoubt ||= reply.kind === "unknown";
        lateResetPossible ||= reply.kind === "unknown" && reply.mayBeLate;
        if (!(step.error instanceof LaunchDarklyError) || step.error.code !== "rateLimited") failures++;
        const elapsedMs = surroundings.elapsed() - startedAt;
        const pause = retryWait({ tries, failures, elapsedMs }, surroundings.random());
        if (pause === undefined) return failed(step.error);
        await surroundings.wait(pause);
        break;
      }
    }
  }
}

/**
 * The last look before a reset leaves, which may have waited for long.
 *
 * @throws {UserError} if it must not be sent any more
 */
async function permittedExpiry(
  { surroundings }: Session,
  oldKeyExpiry: OldKeyExpiry | undefined,
  now: number,
): Promise<number | undefined> {
  if (isInterrupted()) throw new UserError("the run was interrupted before the reset.");
  // Nobody would save the key, and the run that came after this one may hold the current one.
  if (await surroundings.isEngineGone()) throw new UserError("the Pulumi run that asked for it is gone.");
  const problem = expiryProblem(oldKeyExpiry, now);
  if (problem !== undefined) throw new UserError(`oldKeyExpiry ${problem}`);
  return resetExpiry(oldKeyExpiry, now);
}

/** Says what follows a reset, and looks the token up if that is needed to know. */
async function stepAfter(
  { client }: Session,
  { tokenId, before, isHeld, startedAt }: Omit<ResetOrder, "oldKeyExpiry" | "before"> & { readonly before: Before },
  sent: SentReset,
  reply: ResetReply,
): Promise<Exclude<ResetStep, { kind: "lookUp" }>> {
  const step = resetStep(before, sent, reply, undefined, isHeld, client.now());
  if (step.kind !== "lookUp") return step;
  const lookUp: LookUp = await client.getAccessToken(tokenId, startedAt).then(
    (token) => ({ kind: "found", token }),
    (error: unknown) => ({ kind: "failed", error: error as Error }),
  );
  const next = resetStep(before, sent, reply, lookUp, isHeld, client.now());
  if (next.kind === "lookUp") throw new Error("a look-up asks for no other one");
  return next;
}
