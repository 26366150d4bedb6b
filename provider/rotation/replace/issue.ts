/** Makes the next record as a part of a rotation: what becomes of the state, whatever came back. */
import { withNewRecord, withPrevious } from "../../decisions/replace/nextState";
import { withPreviousRecords } from "../../decisions/replace/orphans";
import { hasEnded } from "../../decisions/replace/retirements";
import { expiryProblem } from "../../decisions/resetExpiry";
import { cannotRotate } from "../../messages/replace/announcement";
import { describeAdopted } from "../../messages/replace/orphans";
import {
  describeCreated,
  describeLimit,
  describeNotCreated,
  describeOpenIdentifier,
  describeOpenMark,
} from "../../messages/replace/outcome";
import { UserError } from "../../messages/userError";
import type { OwnedInputs } from "../../model/ownedInputs";
import type { OwnedState } from "../../model/ownedState";
import { earlierNow, laterNow } from "../clocks";
import { atHome } from "../home";
import type { Issued, RotationOrder } from "../strategy";
import { type Call, failureOf } from "./call";
import { type Collected, collectOrphans } from "./collectOrphans";
import { create } from "./create";
import { createNamed } from "./createNamed";
import { deleteOwned } from "./ownership";

/**
 * @throws {UserError} if nothing changed
 * @throws {SavedFailure} if a record was made, or may have been, and the next run has to go on
 */
export async function issueByCreation(
  call: Call,
  order: RotationOrder<OwnedState, OwnedInputs, Collected>,
): Promise<Issued<OwnedState, Collected>> {
  const { inputs, reason, startedAt } = order;
  const { credential, session } = call;
  const { state: before, learnt } = await prepared(call, order);
  const problem = expiryProblem(inputs.oldKeyExpiry, laterNow(session));
  if (problem !== undefined) throw new UserError(cannotRotate(`oldKeyExpiry ${problem}`, reason));

  const { identifier, isReadable, wording } = credential;
  const asked = { inputs, state: before, startedAt };
  const outcome =
    identifier === undefined
      ? await create(call, asked, learnt.nextNumber)
      : await createNamed(call, asked, identifier, learnt.nextNumber);
  const opened = (state: OwnedState): OwnedState => {
    const { open, held, hasNamesakes } = outcome;
    const found = withPreviousRecords(state, held, inputs.oldKeyExpiry);
    if (open === undefined && !hasNamesakes) return found;
    return { ...found, openMark: true, openAttempts: [...state.openAttempts, ...(open ?? [])] };
  };
  if (outcome.held.length > 0)
    await session.host.log("warning", describeAdopted(wording, outcome.held, inputs.oldKeyExpiry));
  if (outcome.kind === "failed") {
    const { error, isLimit, open } = outcome;
    const describeOpen = isReadable ? describeOpenIdentifier : describeOpenMark;
    if (open !== undefined) throw failureOf(call, opened(before), describeOpen(wording, error.message));
    throw new UserError(
      isLimit ? describeLimit(wording, error.message, before.previous) : describeNotCreated(error.message),
    );
  }
  const state = opened(withNewRecord(credential, before, outcome.made, inputs, reason));
  return {
    state,
    learnt,
    said: [{ severity: "info", message: describeCreated(wording, state, before.currentId === null) }],
    isAfterDoubt: false,
  };
}

/** Looks for records that the state does not know, and deletes those that are dead: they count for the account's limit. */
async function prepared(
  call: Call,
  order: RotationOrder<OwnedState, OwnedInputs, Collected>,
): Promise<{ readonly state: OwnedState; readonly learnt: Collected }> {
  const { session } = call;
  const { state: found, learnt } = await learntBefore(call, order);
  let state = atHome(found, session);
  for (const record of state.previous.filter((one) => hasEnded(one, earlierNow(session)))) {
    const isForgettable = await deleteOwned(call, state, record.id, learnt.records).then(
      () => true,
      () => false,
    );
    if (isForgettable) state = withPrevious(state, record.id, "gone");
  }
  return { state, learnt };
}

/** What is known of the account's records. A record that is identified by its number is found when it is made. */
async function learntBefore(
  call: Call,
  order: RotationOrder<OwnedState, OwnedInputs, Collected>,
): Promise<{ readonly state: OwnedState; readonly learnt: Collected }> {
  const { state, learnt } = order;
  if (learnt !== undefined) return { state, learnt };
  const isNamed = call.credential.identifier !== undefined;
  if (isNamed && !state.openMark) return { state, learnt: { records: [], nextNumber: state.rotationCount + 1 } };
  return collectOrphans(call, order, true);
}
