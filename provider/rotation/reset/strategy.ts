/** The strategy of credentials whose key LaunchDarkly replaces: one record, for ever, with another key after each reset. */
import type { LaunchDarklyErrorCode } from "../../client/errors";
import { ONCE } from "../../client/limits";
import { keyStatus } from "../../decisions/keyStatus";
import { endSeenState, takenOverState } from "../../decisions/nextState";
import { reasonText, rotationReasons, triggerChanges } from "../../decisions/rotationReason";
import { announceRotation } from "../../messages/announcement";
import { announceReplacement, describeDeletion, describeMoved, isOnlyCopy, leftAlone } from "../../messages/drift";
import {
  announceDoubtfulReset,
  announceForeignEnd,
  describeExpired,
  describeOutlasting,
} from "../../messages/foreignEnd";
import {
  anothers,
  describeTakeOver,
  describeUnverified,
  finishedWork,
  superseded,
  unfinishedWork,
} from "../../messages/rotationOutcome";
import { describeOutdatedKey } from "../../messages/selfRotation";
import { named, subject } from "../../messages/words";
import type { Found } from "../../model/answers";
import type { ResetCredential } from "../../model/credential";
import type { Inputs } from "../../model/inputs";
import { savedState } from "../../model/outputs";
import { printable } from "../../model/redact";
import type { State } from "../../model/state";
import { logFor } from "../../run/run";
import { advise, CHECK_CONFIGURATION, type Session } from "../../run/session";
import { isAnswered } from "../foresee";
import type { Strategy } from "../strategy";
import { isHeld } from "../takeOver";
import { asNoChangeError, SavedFailure } from "../work";
import { resetForm } from "./form";
import { issueByReset, settled } from "./issue";
import { firstState, otherKey, refreshed, stateAfterLook } from "./look";

/** Nothing was seen yet. */
const NOTHING: Found = { key: null, lastFour: null, lastModified: null, details: {} };

export function resetStrategy(credential: ResetCredential): Strategy<State, Inputs, undefined> {
  const { wording } = credential;
  const contextOf = (session: Session) => ({ credential, session });

  /** The state once LaunchDarkly shows another key; a key that can be read is in it by now, whoever made it. */
  function replaced(session: Session, state: State, current: Found): State {
    const seen = stateAfterLook(contextOf(session), { ...state, verificationPending: false }, current);
    if (current.key !== null) return seen;
    throw new SavedFailure(
      savedState(credential, seen),
      describeUnverified(state, superseded(wording, current.lastFour)),
    );
  }

  const strategy: Strategy<State, Inputs, undefined> = {
    ...resetForm(credential),
    reasons: rotationReasons,
    unmade: (session, inputs) => firstState(contextOf(session), inputs, NOTHING),
    outdated(state) {
      const hasCurrentKey = !["lost", "never held", "foreign"].includes(keyStatus(state).kind);
      return hasCurrentKey ? describeOutdatedKey(credential) : undefined;
    },

    announceReplacement(state) {
      const dropped = announceReplacement(credential, state);
      return dropped === undefined ? [] : [dropped];
    },
    announceRotation(_session, { state, inputs, reasons, isCertain, now }) {
      const { lastFour, oldKeyExpiresAt } = state;
      const triggers = triggerChanges(state.triggers, inputs.triggers).map(({ name }) => name);
      const previous = { oldKeyExpiresAt, triggers, now };
      const { noGrace } = credential;
      const { oldKeyExpiry } = inputs;
      const reason = reasonText(reasons);
      const doubt = reasons.some(({ code }) => code === "recordEnds") ? [announceDoubtfulReset(credential)] : [];
      const due = announceRotation({ reason, isCertain, lastFour, oldKeyExpiry, noGrace, previous });
      return Promise.resolve([due, ...doubt]);
    },
    leftToDo(_session, { state, now }) {
      const message = unfinishedWork(credential, state);
      const end = announceForeignEnd(credential, state, now);
      const ends = end === undefined ? [] : [end];
      if (message === undefined) return Promise.resolve({ said: ends, changes: false });
      return Promise.resolve({ said: [{ severity: "info", message }, ...ends], changes: true });
    },
    async foresee(session, inputs, { state }) {
      await lookOnce(session, (state ?? inputs).identity, "Can't reset", []);
      return [];
    },
    async foreseeTakeOver(session, { identity }) {
      const isSeen = await isAnswered(session, "Can't take over", ["unauthorized"], () => session.admin(ONCE));
      if (isSeen) await lookOnce(session, identity, "Can't take over", ["forbidden"]);
      return [];
    },

    async begin(session, inputs) {
      return asNoChangeError(async () => {
        // First, because its failure says most plainly that the key is wrong.
        await session.admin();
        return {
          state: firstState(contextOf(session), inputs, await session.client.look(credential, inputs.identity)),
        };
      }, "Not reset");
    },
    settle: async (session, work, isRepeat) => ({
      state: await settled(strategy, contextOf(session), work, isRepeat),
    }),
    issue: (session, work) => issueByReset(contextOf(session), work),
    async conclude(session, { state, inputs, startedAt }, before, rotated) {
      if (rotated === undefined) {
        const finished = finishedWork(before, state, inputs.verify);
        if (finished !== undefined) await session.host.log("info", finished);
        return state;
      }
      const current = rotated.isAfterDoubt ? await otherKey(contextOf(session), state, startedAt) : undefined;
      const seen = current === undefined ? state : replaced(session, state, current);
      const after = await withEndSeen(session, seen, before, startedAt);
      return after.lateResetPossible ? after : { ...after, openReset: null };
    },
    async afterFailedVerification(session, { state, startedAt }, problem) {
      if (problem !== "refused") {
        // The stack does not hold the token's key: the next run resets it.
        const refused = { ...state, verificationPending: false, keyRefused: true };
        const message = describeUnverified(state, anothers(wording, problem.message));
        throw new SavedFailure(savedState(credential, refused), message);
      }
      const current = await otherKey(contextOf(session), state, startedAt);
      if (current !== undefined) return replaced(session, state, current);
      const expired = describeExpired(credential, state, session.client.now());
      if (expired === undefined) return undefined;
      throw new SavedFailure(savedState(credential, state), describeUnverified(state, expired));
    },

    async takeOver(session, inputs, since) {
      const look = session.client.look(credential, inputs.identity, since);
      const found = await look.catch(advise(CHECK_CONFIGURATION));
      const { key, lastFour } = found;
      return {
        key,
        lastFour,
        said: [],
        state(taken, accountId) {
          const first = { ...firstState(contextOf(session), inputs, found), home: { ...session.home(), accountId } };
          return takenOverState(first, taken, session.client.now());
        },
        async finish(taken) {
          await session.host.log("info", describeTakeOver(taken));
          return taken;
        },
      };
    },
    look: (session, state, own) => refreshed(contextOf(session), state, own),
    /** Never fails: a state that can't be read must not keep a resource from going. */
    async delete({ state, run: { host, progress }, id, urn }) {
      if (state === undefined) {
        const { severity, message } = leftAlone();
        await host.log(severity, named(message, `${wording.noun} ${printable(id)}`));
        return;
      }
      const isMoved = isOnlyCopy(credential, state) && isHeld(strategy, progress, state);
      const { severity, message } = isMoved ? describeMoved(credential, state) : describeDeletion(credential, state);
      await logFor(host.log, { urn, name: subject(wording, state) })(severity, message);
    },
  };
  return strategy;

  /** The state after a reset, with a look whether it has lifted the end that somebody else has set. */
  async function withEndSeen(session: Session, state: State, before: State, startedAt: number): Promise<State> {
    if (state.foreignEnd === null) return state;
    const found = await session.client.look(credential, state.identity, startedAt).catch(() => undefined);
    const seen = found === undefined ? state : endSeenState(state, before, found);
    const outlasting = describeOutlasting(credential, seen, session.client.now());
    if (outlasting !== undefined) await session.host.log(outlasting.severity, outlasting.message);
    return seen;
  }

  async function lookOnce(
    session: Session,
    identity: State["identity"],
    verdict: "Can't reset" | "Can't take over",
    final: readonly LaunchDarklyErrorCode[],
  ): Promise<void> {
    await isAnswered(session, verdict, ["notFound", ...final], () => session.client.look(credential, identity, ONCE));
  }
}
