/** diff: decides what this run does, and says why. */
import { expiryProblem } from "../decisions/ends";
import { type Prospect, prospect } from "../decisions/prospect";
import { futureBeginning, reasonText } from "../decisions/rotationReason";
import { type Announcement, announceUnknown, mayFail } from "../messages/announcement";
import { announceBaseline, unknownAge } from "../messages/run";
import { UserError } from "../messages/words";
import { unknownInputs } from "../model/json";
import { foresee } from "../rotation/foresee";
import type { Strategy } from "../rotation/strategy";
import { noteHeld } from "../rotation/takeOver";
import type { Asked, Kept, Prospective } from "../rotation/work";
import { sessionAt } from "../run/home";
import { announces, logFor } from "../run/run";
import { givenTo, readState } from "./check";
import type { CallContext, ChangeRequest, DiffOutcome } from "./lifecycle";

type Say = (said: readonly Announcement[]) => Promise<void>;

/**
 * Reports a change only for a rotation, a replacement, or work that is left to do: after a change Pulumi takes every
 * output for unknown, and whatever uses the key is previewed as changed.
 *
 * In a refresh it never fails for what the inputs ask for: they are those of the last run, and no edit of the program
 * would mend it.
 *
 * @throws {UserError} if the run can't do what the program asks
 */
export async function diff<State extends Kept, Given extends Asked>(
  strategy: Strategy<State, Given, unknown>,
  given: CallContext,
  request: ChangeRequest,
): Promise<DiffOutcome> {
  const { stage, urn, news } = request;
  const { run } = given;
  const { clock, log } = run.host;
  const isRefresh = stage === "refresh";
  const state = readState(strategy, request.olds);
  const asked = givenTo(strategy, request);
  // An older release may have taken what this one refuses.
  const inputs = isRefresh ? strategy.inputs.safeParse(asked).data : strategy.inputs.parse(asked);
  if (inputs === undefined) return nothing;
  strategy.noteState?.(run, inputs, state);
  // One that owns its credential may have taken over, in an earlier run, what another one leaves in this.
  if (strategy.owns) noteHeld(strategy, run.progress, state);
  const unknown = unknownInputs(news);
  const row = logFor(log, { urn, name: strategy.nameOfState(state) });
  const say: Say = async (said) => {
    if (announces({ stage })) for (const { severity, message } of said) await row(severity, message);
  };
  const { changed, open } = strategy.replacement(state, inputs, unknown);
  if (changed.length > 0 && !strategy.owns) {
    await say(strategy.announceReplacement(state, inputs, changed));
    return { kind: "done", changes: true, replaces: changed, changing: [] };
  }
  // A refresh works on other settings than the program's, and has been refused in read.
  const context: CallContext = { ...given, session: () => sessionAt(given.session(), state.home) };
  if (state.home !== null && !isRefresh) context.session().assertHome();
  if (changed.length > 0) {
    await say(strategy.announceReplacement(state, inputs, changed));
    return { kind: "done", changes: true, replaces: changed, changing: [] };
  }
  const now = clock();
  const prospective: Prospective<State, Given> = { state, inputs, stage, unknown, now };
  const due = prospect(unknown, state.triggers, inputs, (asked) => strategy.reasons(state, asked, now));
  if (open.length > 0) await say([announceUnknown(open)]);
  if (due !== undefined && !inputs.frozen) {
    if (!isRefresh) await announceDue(strategy, context, prospective, due, say);
    return { ...change, rotation: due, changing: strategy.changing(true) };
  }
  if (!isRefresh) {
    if (due !== undefined) {
      const { severity, message } = strategy.says.announceFrozen(reasonText(due.reasons), announces({ stage }));
      await row(severity, message);
    }
    const future = futureBeginning(state, inputs.rotateAfter, now);
    if (future !== undefined) await row("warning", unknownAge(future));
  }
  const { said, changes } = await strategy.leftToDo(() => context.session(), prospective);
  await say(said);
  // The inputs of a refresh are those of the last run: there is nothing new to note.
  const isImported = state.baselinePending && !isRefresh;
  if (isImported) await say([announceBaseline()]);
  if (open.length > 0) return { ...change, changing: strategy.changing(true) };
  return changes || isImported ? { ...change, changing: changes ? strategy.changing(false) : [] } : nothing;
}

const nothing: DiffOutcome = { kind: "done", changes: false, replaces: [], changing: [] };
const change = { kind: "done", changes: true, replaces: [] } as const;

/** @throws {UserError} if the rotation can't be carried out as the program asks */
async function announceDue<State extends Kept, Given extends Asked>(
  strategy: Strategy<State, Given, unknown>,
  context: CallContext,
  prospective: Prospective<State, Given>,
  due: Prospect,
  say: Say,
): Promise<void> {
  const { state, inputs, stage, unknown, now } = prospective;
  const problem = expiryProblem(inputs.oldKeyExpiry, now);
  if (problem !== undefined) {
    const message = strategy.says.cannotRotate(`oldKeyExpiry ${problem}`, reasonText(due.reasons));
    if (due.isCertain) throw new UserError(message);
    await say([mayFail(message)]);
  }
  context.run.progress.due.add(strategy.nameOf(inputs, state));
  if (problem === undefined)
    await say(await strategy.announceRotation(() => context.session(), { ...prospective, ...due }));
  if (stage !== "preview") return;
  await say(await foresee(strategy, context.session(), inputs, { state, unknown, isCertain: due.isCertain }));
}
