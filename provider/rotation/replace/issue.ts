/** Makes the next record as a part of a rotation: what becomes of the state, whatever came back. */
import { LaunchDarklyError } from "../../client/errors";
import { expiryProblem } from "../../decisions/ends";
import { withNewRecord, withPrevious, withPreviousRecords } from "../../decisions/replace/nextState";
import { hasEnded } from "../../decisions/replace/retirements";
import { shownSettings, textIn } from "../../decisions/replace/settings";
import { reasonText } from "../../decisions/rotationReason";
import { cannotRotate } from "../../messages/replace/announcement";
import { describeKept } from "../../messages/replace/orphans";
import {
  describeAnothersKey,
  describeCorrectedRecord,
  describeCreated,
  describeLimit,
  describeNotCreated,
  describeOpenIdentifier,
  describeOpenMark,
  describeUnverifiedKey,
} from "../../messages/replace/outcome";
import { UserError } from "../../messages/words";
import type { KeyRecord } from "../../model/answers";
import type { OwnedInputs } from "../../model/inputs";
import { markIn } from "../../model/mark";
import type { OwnedState } from "../../model/ownedState";
import { earlierNow, laterNow } from "../../run/session";
import type { AnothersKey, Issued, RotationWork } from "../work";
import { type Collected, collectOrphans } from "./collectOrphans";
import { type Context, failureOf, type OwnedWork } from "./context";
import { create, markedRecord } from "./create";
import { createNamed } from "./createNamed";
import { deleteOwned } from "./ownership";

/**
 * @throws {UserError} if nothing changed
 * @throws {SavedFailure} if a record was made, or may have been, and the next run has to go on
 */
export async function issueByCreation(
  context: Context,
  work: RotationWork<OwnedState, OwnedInputs, Collected>,
): Promise<Issued<OwnedState, Collected>> {
  const { inputs, reasons, startedAt } = work;
  const { credential, session } = context;
  const { state: before, learnt } = await prepared(context, work);
  const problem = expiryProblem(inputs.oldKeyExpiry, laterNow(session));
  if (problem !== undefined) throw new UserError(cannotRotate(`oldKeyExpiry ${problem}`, reasonText(reasons)));

  const { identifier, isReadable, wording } = credential;
  const asked = { inputs, state: before, startedAt };
  const outcome =
    identifier === undefined
      ? await create(context, asked, learnt.nextNumber)
      : await createNamed(context, asked, identifier, learnt.nextNumber);
  // The list may have shown one already whose identifier was then asked for.
  const known = new Set(before.previous.map(({ id }) => id));
  const held = outcome.held.filter(({ id }) => !known.has(id));
  const opened = (state: OwnedState): OwnedState => {
    const { open, hasNamesakes } = outcome;
    const found = withPreviousRecords(state, held, inputs.oldKeyExpiry);
    if (open !== undefined) session.progress.late.add(state.nonce);
    if (open === undefined && !hasNamesakes) return found;
    return { ...found, openMark: true, openAttempts: [...state.openAttempts, ...(open ?? [])] };
  };
  if (held.length > 0) await session.host.log("warning", describeKept(wording, held, inputs.oldKeyExpiry));
  if (outcome.kind === "failed") {
    const { error, isLimit, open } = outcome;
    const describeOpen = isReadable ? describeOpenIdentifier : describeOpenMark;
    if (open !== undefined) throw failureOf(context, opened(before), describeOpen(wording, error.message));
    throw new UserError(
      isLimit ? describeLimit(wording, error.message, before.previous) : describeNotCreated(error.message),
    );
  }
  const state = opened(withNewRecord(credential, before, outcome.made, inputs, reasonText(reasons)));
  return {
    state,
    learnt,
    said: [{ severity: "info", message: describeCreated(wording, state, before.currentId === null) }],
    isAfterDoubt: false,
  };
}

/** Looks for records that the state does not know, and deletes those that are dead: they count for the account's limit. */
async function prepared(
  context: Context,
  work: RotationWork<OwnedState, OwnedInputs, Collected>,
): Promise<{ readonly state: OwnedState; readonly learnt: Collected }> {
  const { session } = context;
  const { state: found, learnt } = await learntBefore(context, work);
  let state: OwnedState = { ...found, home: session.home() };
  for (const record of state.previous.filter((one) => hasEnded(one, earlierNow(session)))) {
    const isForgettable = await deleteOwned(context, state, record.id, learnt.records).then(
      () => true,
      () => false,
    );
    if (isForgettable) state = withPrevious(state, record.id, "gone");
  }
  return { state, learnt };
}

/**
 * Whether a record is found when it is made: by its number, under which a run that was killed may have made it. Not where the
 * numbers so far are behind another beginning: of another name of the resource, of another host's, or of another keyPrefix.
 */
function findsItsOwn(
  { credential: { identifier } }: Context,
  { state: { currentId, rotationCount }, inputs }: Pick<OwnedWork, "state" | "inputs">,
): boolean {
  if (identifier === undefined) return false;
  return rotationCount === 0 || currentId === null || currentId === identifier(inputs, rotationCount);
}

/** What is known of the account's records. */
async function learntBefore(
  context: Context,
  work: RotationWork<OwnedState, OwnedInputs, Collected>,
): Promise<{ readonly state: OwnedState; readonly learnt: Collected }> {
  const { state, learnt } = work;
  if (learnt !== undefined) return { state, learnt };
  if (findsItsOwn(context, work) && !state.openMark)
    return { state, learnt: { records: [], nextNumber: state.rotationCount + 1 } };
  return collectOrphans(context, work, true);
}

/**
 * @returns the state with the record that its key belongs to
 * @throws {SavedFailure} if that one is none of the resource's: then the next run makes another one
 */
export async function corrected(
  context: Context,
  { state, startedAt }: OwnedWork,
  error: AnothersKey,
): Promise<OwnedState> {
  const { credential, session } = context;
  const { tokenId: id } = error;
  const { attempt } = markIn(textIn(state.settings) ?? null) ?? {};
  let record: KeyRecord | undefined;
  try {
    record = await markedRecord(context, state, { id, number: state.rotationCount, attempt, startedAt });
  } catch (problem) {
    const isAnswered = problem instanceof LaunchDarklyError && problem.code === "notFound";
    if (!isAnswered)
      throw failureOf(context, state, describeUnverifiedKey(credential.wording, state, (problem as Error).message));
  }
  if (record === undefined) {
    // The record in the state is not what was made, or its key is lost. The one that was made is found by its mark.
    const openAttempts = [...state.openAttempts, ...(attempt === undefined ? [] : [attempt])];
    const open = { ...state, currentId: null, isGone: true, openMark: true, openAttempts };
    throw failureOf(context, open, describeAnothersKey(credential.wording, error.message));
  }
  await session.host.log("warning", describeCorrectedRecord(credential.wording, String(state.currentId), id));
  const { expiry: foreignExpiry } = record;
  const shown = shownSettings(credential, record);
  return { ...state, currentId: id, foreignExpiry, shown, verificationPending: false };
}
