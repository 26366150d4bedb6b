/** The strategy of credentials that the stack owns: the next record is made and verified, and only then the one before ends. */
import { LaunchDarklyError } from "../../client/errors";
import { ONCE } from "../../client/limits";
import { retirementProblem } from "../../decisions/replace/retirements";
import { ownedRotationReasons } from "../../decisions/replace/rotationReason";
import { takeOverDifferences } from "../../decisions/replace/settings";
import { announceReplacedRecord, announceTakeOverChanges } from "../../messages/replace/announcement";
import { ownedName } from "../../messages/replace/naming";
import { describeHiddenKey, describeLostRecord, describeTakenOver } from "../../messages/replace/outcome";
import { cannotEnd } from "../../messages/replace/work";
import { adviseOnOwnRotation } from "../../messages/selfRotation";
import { UserError } from "../../messages/words";
import type { ReplaceCredential } from "../../model/credential";
import type { OwnedInputs } from "../../model/inputs";
import type { OwnedState } from "../../model/ownedState";
import { sessionAt } from "../../run/home";
import { sessionFor } from "../../run/run";
import { earlierNow, type Session } from "../../run/session";
import type { Strategy } from "../strategy";
import { seenForTakeOver } from "../takeOver";
import { begin, recordToTakeOver, takeOverSaid, withInherited } from "./begin";
import { type Collected, collectOrphans } from "./collectOrphans";
import { contextOf, failureOf } from "./context";
import { deleteResource } from "./delete";
import { replaceForm } from "./form";
import { corrected, issueByCreation } from "./issue";
import { refreshed, withChangedSettings } from "./look";
import { orphansSaid, placeTakenSaid, rotationSaid, workSaid } from "./preview";
import { noteOwner, noteState, noteTry } from "./replacement";
import { retire, retireReplaced } from "./retire";

type ReplaceStrategy = Strategy<OwnedState, OwnedInputs, Collected>;

export function replaceStrategy(credential: ReplaceCredential): ReplaceStrategy {
  const { wording } = credential;
  const of = (session: Session, { fixed: values }: Pick<OwnedState, "fixed">) => contextOf(credential, session, values);

  const strategy: ReplaceStrategy = {
    ...replaceForm(credential),
    reasons: (state, inputs, now) => ownedRotationReasons(wording, state, inputs, now),
    unmade: () => undefined,
    outdated: () => undefined,

    noteInputs({ progress }, inputs, isThere) {
      noteOwner(progress, credential.className, inputs, isThere);
    },
    noteTry({ progress }, inputs) {
      noteTry(progress, inputs);
    },
    noteState({ progress }, inputs, state, isNew) {
      noteState(progress, inputs, state, isNew);
    },
    announceReplacement: (state, { oldKeyExpiry }, changed) => [
      announceReplacedRecord(wording, changed, state, oldKeyExpiry),
    ],
    announceRotation: (session, due) => rotationSaid(credential, () => of(session(), due.state), due),
    leftToDo: (session, work) => workSaid(credential, () => of(session(), work.state), work),
    async foresee(session, inputs, { state }) {
      const context = of(session, state ?? inputs);
      return state === undefined ? placeTakenSaid(context, inputs) : orphansSaid(context, state, inputs, true);
    },
    foreseeTakeOver: (session, given, { unknown }) =>
      takeOverSaid(session, given, unknown, async (inputs) => {
        const { found } = await seenForTakeOver(strategy, session, inputs, ONCE);
        return found.said;
      }),

    begin: (session, inputs) => begin(of(session, inputs), inputs),
    async settle(session, work) {
      const { inputs } = work;
      const isDue = (state: OwnedState) =>
        !inputs.frozen && ownedRotationReasons(wording, state, inputs, session.host.clock()).length > 0;
      if (isDue(work.state)) return { state: work.state };
      const context = of(session, work.state);
      const problem = retirementProblem(work.state, inputs.oldKeyExpiry, earlierNow(session));
      if (problem !== undefined) throw new UserError(cannotEnd(wording, `oldKeyExpiry ${problem}`));
      // First, because it may be what stops a leak.
      const { state: retired, failures } = await retire(context, work.state, inputs);
      if (failures.length > 0) throw failureOf(context, retired, failures.join("\n"));
      const settled = retired.openMark
        ? await collectOrphans(context, { ...work, state: retired }, false)
        : { state: retired, learnt: undefined };
      if (isDue(settled.state)) return settled;
      return { ...settled, state: await withChangedSettings(context, settled.state, inputs) };
    },
    async issue(session, work) {
      const context = of(session, work.state);
      const issued = await issueByCreation(context, work);
      return { ...issued, state: await withInherited(context, issued.state, work.inputs, issued.learnt) };
    },
    async conclude(session, { inputs, state: verified, learnt }, _before, rotated) {
      const context = of(session, verified);
      if (rotated === undefined) return retireReplaced(context, verified, inputs, learnt?.records);
      // The end of an older one is not worth failing for, now that there is a new key: the next run tries again.
      const { state: retired, failures } = await retire(context, verified, inputs, learnt?.records);
      for (const failure of failures) await session.host.log("warning", failure);
      const state = await retireReplaced(context, retired, inputs, learnt?.records);
      if (rotated.configuredKey !== "another token's")
        await session.host.log("warning", adviseOnOwnRotation(credential, state));
      return state;
    },
    async afterFailedVerification(session, work, problem) {
      const { state } = work;
      const context = of(session, state);
      if (problem !== "refused") return corrected(context, work, problem);
      const isGone = state.currentId !== null && (await context.records.isAbsent(state.currentId));
      if (isGone) throw failureOf(context, { ...state, isGone: true }, describeLostRecord(wording));
      return undefined;
    },

    async takeOver(session, inputs, since) {
      const context = of(session, inputs);
      const { record, problem, state } = await recordToTakeOver(context, inputs, since);
      if (record.key === null && credential.isReadable) {
        if (problem !== undefined) throw new UserError(`Not taken over: ${problem}`);
        throw new LaunchDarklyError("forbidden", describeHiddenKey(record.id));
      }
      const change = announceTakeOverChanges(takeOverDifferences(credential, record, inputs));
      return {
        key: record.key,
        lastFour: record.lastFour,
        problem,
        said: change === undefined ? [] : [change],
        state: (key, accountId) => ({ ...state(key), home: { ...session.home(), accountId } }),
        async finish(taken) {
          await session.host.log("info", describeTakenOver(wording, taken));
          noteState(session.progress, inputs, taken, true);
          return withChangedSettings(context, taken, inputs);
        },
      };
    },
    look: (session, state, own) => refreshed(of(session, state), state, own),
    async delete(removal) {
      const { state } = removal;
      if (state === undefined) return;
      // The messages have the ids of the records, too.
      const row = { urn: removal.urn, name: ownedName(wording, { ...state, currentId: null }) };
      const session = sessionAt(sessionFor(removal.session(), row), state.home);
      await deleteResource(of(session, state), state, removal);
    },
  };
  return strategy;
}
