/** delete: the resource goes. What the stack owns goes with it; all else is left as it is. */
import type { Asked, Kept, Strategy } from "../rotation/strategy";
import { unreadable } from "./inputs";
import type { Context, Gone, StateRequest } from "./lifecycle";

/** @throws {UserError} if something may be left that the stack owns */
export async function remove<State extends Kept, Given extends Asked>(
  strategy: Strategy<State, Given, unknown>,
  { run, session }: Context,
  { id, stage, urn, olds }: StateRequest,
): Promise<Gone> {
  const state = strategy.readState(olds);
  if ("problems" in state && strategy.owns) throw unreadable(strategy, state.problems);
  await strategy.remove({ state: "problems" in state ? undefined : state, run, session, id, stage, urn });
  return { kind: "gone" };
}
