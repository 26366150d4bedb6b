/** Brings a credential to what the program asks for: rotates it if that is due, or finishes what was left undone. */
import type { Session } from "../run/session";
import { assertHome, atHome } from "./home";
import { rotate } from "./rotate";
import type { Asked, Kept, Strategy } from "./strategy";
import { verify } from "./verify";

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
  assertHome(before, session);
  const startedAt = host.elapsed();
  const settled = await strategy.settle(session, { inputs, state: atHome(before, session), startedAt }, isRepeat);
  const { learnt } = settled;
  const state = atHome(settled.state, session);
  const reason = strategy.reason(state, inputs, host.clock());
  if (reason !== undefined && !inputs.frozen) return rotate(strategy, session, { inputs, state, reason, learnt });
  const noted = state.baselinePending ? { ...state, triggers: inputs.triggers, baselinePending: false } : state;
  const verified = await verify(strategy, session, { inputs, state: noted, startedAt });
  return strategy.finish(session, { inputs, state: verified, startedAt }, before, learnt);
}
