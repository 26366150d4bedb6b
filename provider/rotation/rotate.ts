/** One rotation: another key, the proof that it works, and the end of the one before. From the new key on nothing is lost. */
import { redact } from "../model/redact";
import { printable } from "../model/printable";
import { uninterrupted } from "../run/interrupts";
import type { Session } from "../run/session";
import { atHome } from "./home";
import { SavedFailure } from "./savedFailure";
import { permitSelfRotation } from "./selfRotation";
import type { Asked, Issued, Kept, Prepared, RotationOrder, Strategy } from "./strategy";
import { verify } from "./verify";

export interface DueRotation<State, Given, Learnt> extends Prepared<State, Learnt> {
  readonly inputs: Given;
  /** Why, in words. */
  readonly reason: string;
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
    const order = { ...due, state: atHome(due.state, session), configuredKey, startedAt: host.elapsed() };
    const issued = await strategy.issue(session, order);
    progress.done.add(name);
    return withNewKey(strategy, session, { ...order, learnt: issued.learnt }, issued);
  });
}

/** What follows once there is a new key. Whatever fails, it is kept. */
async function withNewKey<State extends Kept, Given extends Asked, Learnt>(
  strategy: Strategy<State, Given, Learnt>,
  session: Session,
  order: RotationOrder<State, Given, Learnt>,
  issued: Issued<State, Learnt>,
): Promise<State> {
  const { host } = session;
  let { state } = issued;
  try {
    // The engine takes the messages while LaunchDarkly is asked.
    const said = issued.said.map(({ severity, message }) => host.log(severity, message));
    state = await verify(strategy, session, { ...order, state });
    await Promise.all(said);
    state = await strategy.conclude(session, { ...order, state }, issued.isAfterDoubt);
    if (order.configuredKey !== "another token's" && state.key !== null) session.authenticateWith(state.key);
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
