/** create, update and delete. */
import { reconcile, rotate } from "../rotation/reconcile";
import { resumeRepeatedCall } from "../rotation/repeatedCall";
import type { Strategy } from "../rotation/strategy";
import { noteHeld, takeOver } from "../rotation/takeOver";
import type { Asked, Kept } from "../rotation/work";
import { sessionAt } from "../run/home";
import { sessionFor } from "../run/run";
import type { Session } from "../run/session";
import { givenTo, readState, unreadable } from "./check";
import type { CallContext, ChangeRequest, CreateRequest, Gone, Outcome, StateRequest } from "./lifecycle";

/** The first rotation by this stack, or the take-over of the key that is in use. */
export async function create<State extends Kept, Given extends Asked, Learnt>(
  strategy: Strategy<State, Given, Learnt>,
  context: CallContext,
  request: CreateRequest,
): Promise<Outcome> {
  const inputs = strategy.inputs.parse(givenTo(strategy, request));
  const session = sessionFor(context.session(), { urn: request.urn, name: strategy.newName(inputs) });
  strategy.noteTry?.(session, inputs);
  const state = await resumeRepeatedCall(strategy, session, {
    name: strategy.nameOf(inputs),
    given: undefined,
    work: (left, isRepeat) =>
      left === undefined
        ? begin(strategy, session, inputs)
        : reconcile(strategy, sessionAt(session, left.home), { inputs, state: left, isRepeat }),
  });
  strategy.noteState?.(session, inputs, state, true);
  if (strategy.takesOver(inputs)) noteHeld(strategy, session.progress, state);
  const { id, outputs } = strategy.saved(state);
  return { kind: "done", id, outputs };
}

async function begin<State extends Kept, Given extends Asked, Learnt>(
  strategy: Strategy<State, Given, Learnt>,
  session: Session,
  inputs: Given,
): Promise<State> {
  if (strategy.takesOver(inputs)) return takeOver(strategy, session, inputs);
  const prepared = await strategy.begin(session, inputs);
  const reasons = strategy.reasons(prepared.state, inputs, session.host.clock());
  return rotate(strategy, session, { ...prepared, inputs, reasons });
}

/** Rotates if that is due, or does what is left to do. */
export async function update<State extends Kept, Given extends Asked, Learnt>(
  strategy: Strategy<State, Given, Learnt>,
  context: CallContext,
  request: ChangeRequest,
): Promise<Outcome> {
  const inputs = strategy.inputs.parse(givenTo(strategy, request));
  const given = readState(strategy, request.olds);
  const session = sessionFor(context.session(), { urn: request.urn, name: strategy.nameOfState(given) });
  const state = await resumeRepeatedCall(strategy, session, {
    name: strategy.nameOf(inputs, given),
    given,
    work: (left = given, isRepeat) =>
      reconcile(strategy, sessionAt(session, left.home), { inputs, state: left, isRepeat }),
  });
  strategy.noteState?.(session, inputs, state);
  const { id, outputs } = strategy.saved(state);
  return { kind: "done", id, outputs };
}

/** @throws {UserError} if something may be left that the stack owns */
export async function deleteResource<State extends Kept, Given extends Asked>(
  strategy: Strategy<State, Given, unknown>,
  { run, session }: CallContext,
  { id, stage, urn, olds }: StateRequest,
): Promise<Gone> {
  const state = strategy.readState(olds);
  if ("problems" in state && strategy.owns) throw unreadable(strategy, state.problems);
  await strategy.delete({ state: "problems" in state ? undefined : state, run, session, id, stage, urn });
  return { kind: "gone" };
}
