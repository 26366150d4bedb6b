/** What speaks for and against the take-over of a record that exists, beside what holds for every credential. */
import { takenOver } from "../../decisions/replace/nextState";
import { hasSuccessor } from "../../decisions/replace/orphans";
import { UserError } from "../../messages/userError";
import { markIn, newNonce } from "../../model/mark";
import type { OwnedInputs } from "../../model/ownedInputs";
import { newOwnedState, type OwnedState } from "../../model/ownedState";
import { printable } from "../../model/printable";
import type { KeyRecord } from "../../model/record";
import { advise, CHECK_CONFIGURATION } from "../../run/keyAdvice";
import type { Call } from "./call";
import { replaceWords } from "./words";

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
export async function recordToTakeOver(call: Call, inputs: OwnedInputs, since?: number): Promise<ToTakeOver> {
  const { credential, records, session } = call;
  const id = inputs.initial?.id ?? "";
  const record = await records.look(id, since).catch(advise(CHECK_CONFIGURATION));
  if (record === undefined) throw new UserError(`Not taken over: LaunchDarkly does not show ${credential.wording.it}.`);
  const empty = newOwnedState(newNonce(session.host.random), inputs.fixed);
  return {
    record,
    problem: await takeOverProblem(call, inputs, record, since),
    state: (key) => ({
      ...takenOver(credential, empty, key, record, inputs, session.client.now()),
      // A resource that had it, and that this one takes the place of, hands its previous ones on.
      openMark: markIn(record.description) !== undefined,
    }),
  };
}

async function takeOverProblem(
  { credential, records }: Call,
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
