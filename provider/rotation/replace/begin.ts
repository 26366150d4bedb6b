/** The first record of a new resource, and what a resource of its name has left that it takes the place of. */
import { LaunchDarklyError } from "../../client/errors";
import { takenOver, withPreviousRecords } from "../../decisions/replace/nextState";
import { hasSuccessor, namesakes } from "../../decisions/replace/orphans";
import { describeNamesakes } from "../../messages/replace/orphans";
import { describeNotCreated } from "../../messages/replace/outcome";
import type { Announcement } from "../../messages/announcement";
import { UserError } from "../../messages/words";
import type { KeyRecord } from "../../model/answers";
import type { OwnedInputs } from "../../model/inputs";
import { containsUnknown } from "../../model/json";
import { markIn, newNonce, ownerOf } from "../../model/mark";
import { newOwnedState, type OwnedState } from "../../model/ownedState";
import { printable } from "../../model/redact";
import { advise, CHECK_CONFIGURATION, type Session } from "../../run/session";
import { isAnswered } from "../foresee";
import { asNoChangeError, type Prepared } from "../work";
import { type Collected, isMadeAgain } from "./collectOrphans";
import type { Context } from "./context";
import { replaceWords } from "./form";
import { giveMark } from "./ownership";
import { awaitsRecords } from "./replacement";

/** Whether records of the resource may be there that the state does not have, and come from one that it takes the place of. */
function opened({ progress }: Session, { owner }: OwnedInputs, openMark: boolean) {
  return { openMark, isReplacement: openMark && progress.owners.get(owner)?.wasThere === true };
}

/** Changes nothing. @throws {UserError} if LaunchDarkly does not answer */
export async function begin(context: Context, inputs: OwnedInputs): Promise<Prepared<OwnedState, Collected>> {
  const { session } = context;
  const { owner } = inputs;
  // First, because its failure says most plainly that the key is wrong.
  await asNoChangeError(() => session.admin(), "Not created");
  const replaced = session.progress.owners.get(owner)?.replaced ?? new Set<string>();
  const records = await context.records.list().catch((error: unknown) => {
    throw error instanceof LaunchDarklyError ? new UserError(describeNotCreated(error.message)) : error;
  });
  const inherited = records.filter(({ description }) => replaced.has(markIn(description)?.nonce ?? ""));
  const isTakenUp = isMadeAgain(context, inputs);
  const named = namesakes(ownerOf(owner), replaced, records).filter((record) => !isTakenUp(record));
  if (named.length > 0) await session.host.log("warning", describeNamesakes(context.credential.wording, named));
  const nonce = newNonce(session.host.random);
  // What is replaced is deleted later: the run after that has it among the previous ones.
  const others = records.filter((record) => !inherited.includes(record));
  const isOpen = awaitsRecords(context, { owner, nonce }, others);
  const state = { ...newOwnedState(nonce, inputs.fixed), ...opened(session, inputs, isOpen) };
  return { state, learnt: { records, nextNumber: 1, inherited } };
}

/** Owns what a resource has left that was deleted before this one was made. Never fails: the new key is not saved yet. */
export async function withInherited(
  context: Context,
  state: OwnedState,
  inputs: OwnedInputs,
  learnt: Collected | undefined,
): Promise<OwnedState> {
  const { inherited = [] } = learnt ?? {};
  const mark = { owner: ownerOf(inputs.owner), nonce: state.nonce, number: 0 };
  try {
    for (const record of inherited) await giveMark(context, record, mark);
  } catch {
    // They have their end, and are named by then. One of them may bear the new mark already.
    await context.session.host.log("warning", describeNamesakes(context.credential.wording, inherited));
    return { ...state, openMark: true };
  }
  return withPreviousRecords(state, inherited, inputs.oldKeyExpiry);
}

export interface ToTakeOver {
  readonly record: KeyRecord;
  /** Why it is not to be taken over; undefined if nothing speaks against it. */
  readonly problem: string | undefined;
  /** The state that has it. */
  state(key: string): OwnedState;
}

/**
 * @param since as for a request of the client
 * @throws {LaunchDarklyError} if the record can't be seen
 * @throws {UserError} if LaunchDarkly does not show it
 */
export async function recordToTakeOver(context: Context, inputs: OwnedInputs, since?: number): Promise<ToTakeOver> {
  const { credential, records, session } = context;
  const id = inputs.initial?.id ?? "";
  const record = await records.look(id, since).catch(advise(CHECK_CONFIGURATION));
  if (record === undefined) throw new UserError(`Not taken over: LaunchDarkly does not show ${credential.wording.it}.`);
  const empty = newOwnedState(newNonce(session.host.random), inputs.fixed);
  return {
    record,
    problem: await takeOverProblem(context, inputs, record, since),
    state: (key) => ({
      ...takenOver(credential, empty, key, record, inputs, session.client.now()),
      // A resource that had it, and that this one takes the place of, hands its previous ones on.
      ...opened(session, inputs, markIn(record.description) !== undefined),
    }),
  };
}

async function takeOverProblem(
  { credential, records }: Context,
  { fixed }: OwnedInputs,
  record: KeyRecord,
  since: number | undefined,
): Promise<string | undefined> {
  const { otherwise } = replaceWords(credential).takeOver;
  const mark = markIn(record.description);
  // An end alone says nothing: somebody else may have given it to the current one.
  if (mark !== undefined && record.expiry !== null && hasSuccessor(mark, await records.list(since))) {
    return `${printable(mark.owner)} has replaced it, and it ends at ${new Date(record.expiry).toISOString()}. ${otherwise}`;
  }
  return credential.fixedProblem(fixed, record);
}

/**
 * What a preview says of a record that a new resource takes over.
 *
 * @param seen asks LaunchDarkly for it
 * @param unknown the names of the inputs that are not known yet
 * @throws {UserError} if the `up` would fail
 */
export async function takeOverSaid(
  session: Session,
  inputs: OwnedInputs,
  unknown: ReadonlySet<string>,
  seen: (inputs: OwnedInputs) => Promise<readonly Announcement[]>,
): Promise<readonly Announcement[]> {
  // Nobody can be asked about what is not known yet, or is in a place that is not.
  if (containsUnknown(inputs.initial) || containsUnknown(inputs.fixed)) return [];
  let said: readonly Announcement[] = [];
  await isAnswered(session, "Can't take over", ["unauthorized", "notFound", "forbidden"], async () => {
    // What is not known yet may turn out to be right.
    const fixed = Object.fromEntries(Object.entries(inputs.fixed).filter(([input]) => !unknown.has(input)));
    said = await seen({ ...inputs, fixed });
  });
  return said;
}
