/** Carries out a reset until its outcome is known, or can't be: executes the steps that rotation/resetStep decides. */
import { backoff } from "../client/backoff";
import type { Before } from "../rotation/lostReset";
import { expiryProblem, resetExpiry } from "../rotation/resetExpiry";
import { type LookUp, type ResetStep, resetStep, type SentReset } from "../rotation/resetStep";
import type { AccessToken } from "../schemas/accessToken";
import type { OldKeyExpiry } from "../schemas/oldKeyExpiry";
import type { ResetReply } from "../schemas/resetReply";
import type { Session } from "./session";
import { tokenName } from "./tokenName";
import { UserError } from "./userError";

/** A reset that was not processed is sent this often at the most. */
const ATTEMPTS = 5;
/** As often are resets repeated whose answer was lost and whose old key is dead. */
const LOST_RESETS = 3;

export type ResetOutcome =
  | ({ readonly kind: "reset" } & Pick<SentReset, "expiry"> & Omit<Extract<ResetReply, { kind: "reset" }>, "kind">)
  /** Nothing changed. */
  | { readonly kind: "failed"; readonly error: Error }
  /** Carried out, but the new key is lost; the old one still works until then, or is dead. */
  | { readonly kind: "lost"; readonly sent: SentReset; readonly until?: number; readonly token: AccessToken }
  /** Perhaps carried out. */
  | { readonly kind: "inDoubt"; readonly sent: SentReset; readonly error: Error };

export interface ResetOrder {
  readonly tokenId: string;
  readonly oldKeyExpiry: OldKeyExpiry | undefined;
  /** The token before the reset. */
  readonly before: Before & { readonly name: string | null };
}

export async function resetToken(
  session: Session,
  { tokenId, oldKeyExpiry, before }: ResetOrder,
): Promise<ResetOutcome> {
  const { client, surroundings } = session;
  let known: Before = before;
  let lost = 0;
  for (let attempt = 1; ; attempt++) {
    const sentAt = client.now();
    const problem = expiryProblem(oldKeyExpiry, sentAt);
    if (problem !== undefined) return { kind: "failed", error: new UserError(`oldKeyExpiry ${problem}`) };
    const sent: SentReset = { sentAt, expiry: resetExpiry(oldKeyExpiry, sentAt) };
    const step = await finalStep(session, tokenId, known, sent);
    switch (step.kind) {
      case "keep":
        return { ...step.reset, kind: "reset", expiry: sent.expiry };
      case "fail":
        return { kind: "failed", error: step.error };
      case "stop":
        return { kind: "lost", sent, until: step.until, token: step.token };
      case "giveUp":
        return { kind: "inDoubt", sent, error: step.error };
      case "resetAgain":
        if (++lost === LOST_RESETS) return { kind: "lost", sent, token: step.token };
        known = step.token;
        await surroundings.log(
          "warning",
          `Access token ${tokenName(tokenId, before.name)}: LaunchDarkly carried the reset out, but its answer with the new key was lost. The old key is dead, so the token is reset again at once.`,
        );
        break;
      case "retry":
        if (attempt >= ATTEMPTS) return { kind: "failed", error: step.error };
        await surroundings.wait((step.retryAfterMs ?? 0) + backoff(attempt, surroundings.random()));
        break;
    }
  }
}

/** Sends one reset, looks the token up if that is needed, and says what follows. */
async function finalStep(
  { client }: Session,
  tokenId: string,
  before: Before,
  sent: SentReset,
): Promise<Exclude<ResetStep, { kind: "lookUp" }>> {
  const reply = await client.resetAccessToken(tokenId, sent.expiry);
  let lookUp: LookUp | undefined;
  for (;;) {
    const step = resetStep(before, sent, reply, lookUp, client.now());
    if (step.kind !== "lookUp") return step;
    lookUp = await client.getAccessToken(tokenId).then(
      (token) => ({ kind: "found" as const, token }),
      (error: unknown) => ({ kind: "failed" as const, error: error as Error }),
    );
  }
}
