/** Brings a credential to what the program asks for: rotates it if that is due, or finishes what was left undone. */
import type { Reason } from "../decisions/rotationReason";
import { describeBaseline } from "../messages/run";
import { printable, redact } from "../model/redact";
import { uninterrupted } from "../run/interrupts";
import type { Session } from "../run/session";
import { verify } from "./ownKey";
import { permitSelfRotation } from "./selfRotation";
import type { Strategy } from "./strategy";
import { type Asked, type Issued, type Kept, type Prepared, type RotationWork, SavedFailure } from "./work";

export interface Unreconciled<State, Given> {
  readonly inputs: Given;
  /** The state of the last run, or what this run has made of it so far. */
  readonly state: State;
  /** Whether this run has worked on it before, and failed: the call is repeated. */
  readonly isRepeat: boolean;
}

/**
 * Decides anew whether a rotation is due: Pulumi also calls update after a failed run, whatever diff said.
 *
 * @throws {UserError} if nothing changed
 * @throws {SavedFailure} if something is left to do
 */
export async function reconcile<State extends Kept, Given extends Asked, Learnt>(
  strategy: Strategy<State, Given, Learnt>,
  session: Session,
  { inputs, state: before, isRepeat }: Unreconciled<State, Given>,
): Promise<State> {
  const { host } = session;
  session.assertHome();
  const startedAt = host.elapsed();
  const settled = await strategy.settle(
    session,
    { inputs, state: { ...before, home: session.home() }, startedAt },
    isRepeat,
  );
  const { learnt } = settled;
  const state = { ...settled.state, home: session.home() };
  const reasons = strategy.reasons(state, inputs, host.clock());
  if (reasons.length > 0 && !inputs.frozen) return rotate(strategy, session, { inputs, state, reasons, learnt });
  const noted = state.baselinePending ? { ...state, triggers: inputs.triggers, baselinePending: false } : state;
  if (state.baselinePending) await host.log("info", describeBaseline());
  const verified = await verify(strategy, session, { inputs, state: noted, startedAt });
  return strategy.conclude(session, { inputs, state: verified, startedAt, learnt }, before, undefined);
}

export interface DueRotation<State, Given, Learnt> extends Prepared<State, Learnt> {
  readonly inputs: Given;
  readonly reasons: readonly Reason[];
}

/**
 * @returns the new state
 * @throws {UserError} if nothing changed
 * @throws {SavedFailure} if a key was made, or may have been, and the next run has to go on
 */
export async function rotate<State extends Kept, Given extends Asked, Learnt>(
  strategy: Strategy<State, Given, Learnt>,
  session: Session,
  due: DueRotation<State, Given, Learnt>,
): Promise<State> {
  const { progress, host } = session;
  const name = strategy.nameOf(due.inputs, due.state);
  progress.due.add(name);
  // An interrupt may end it: nothing is sent yet that changes anything.
  const configuredKey = await permitSelfRotation(strategy, session, due.state, due.inputs);
  return uninterrupted(async () => {
    const work = { ...due, state: { ...due.state, home: session.home() }, configuredKey, startedAt: host.elapsed() };
    const issued = await strategy.issue(session, work);
    progress.done.add(name);
    return withNewKey(strategy, session, { ...work, learnt: issued.learnt }, issued);
  });
}

/** What follows once there is a new key. Whatever fails, it is kept. */
async function withNewKey<State extends Kept, Given extends Asked, Learnt>(
  strategy: Strategy<State, Given, Learnt>,
  session: Session,
  work: RotationWork<State, Given, Learnt>,
  issued: Issued<State, Learnt>,
): Promise<State> {
  const { host } = session;
  let { state } = issued;
  try {
    // The engine takes the messages while LaunchDarkly is asked.
    const said = issued.said.map(({ severity, message }) => host.log(severity, message));
    state = await verify(strategy, session, { ...work, state });
    await Promise.all(said);
    const { configuredKey } = work;
    const { isAfterDoubt } = issued;
    state = await strategy.conclude(session, { ...work, state }, work.state, { configuredKey, isAfterDoubt });
    if (work.configuredKey !== "another token's" && state.key !== null) session.authenticateWith(state.key);
    return state;
  } catch (error) {
    if (error instanceof SavedFailure) throw error;
    throw new SavedFailure(strategy.saved(state), strategy.says.brokenOff(state, unforeseen(error)));
  }
}

/** What is said of an error that nobody foresaw, without a key that it may show. */
function unforeseen(error: unknown): string {
  const said = error instanceof Error ? error.message : typeof error;
  return redact(printable(said)).slice(0, 300).toWellFormed();
}
