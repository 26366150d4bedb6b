/** The first record of a new resource, and what a resource of its name has left that it takes the place of. */
import { LaunchDarklyError } from "../../client/launchDarklyError";
import { namesakes, withPreviousRecords } from "../../decisions/replace/orphans";
import { describeNamesakes } from "../../messages/replace/orphans";
import { describeNotCreated } from "../../messages/replace/outcome";
import { UserError } from "../../messages/userError";
import { markIn, newNonce, ownerOf } from "../../model/mark";
import type { OwnedInputs } from "../../model/ownedInputs";
import { newOwnedState, type OwnedState } from "../../model/ownedState";
import { asNoChangeError } from "../asNoChangeError";
import type { Prepared } from "../strategy";
import type { Call } from "./call";
import type { Collected } from "./collectOrphans";
import { giveMark } from "./handOn";
import { awaitsRecords } from "./replacement";

/** Changes nothing. @throws {UserError} if LaunchDarkly does not answer */
export async function begin(call: Call, inputs: OwnedInputs): Promise<Prepared<OwnedState, Collected>> {
  const { session } = call;
  const { owner } = inputs;
  // First, because its failure says most plainly that the key is wrong.
  await asNoChangeError(() => session.admin(), "Not created");
  const replaced = session.progress.owners.get(owner)?.replaced ?? new Set<string>();
  // Where the stack chooses the identifiers, it finds what is there when it makes one.
  const mustList = call.credential.identifier === undefined || replaced.size > 0;
  const listed = mustList ? call.records.list() : Promise.resolve([]);
  const records = await listed.catch((error: unknown) => {
    throw error instanceof LaunchDarklyError ? new UserError(describeNotCreated(error.message)) : error;
  });
  const inherited = records.filter(({ description }) => replaced.has(markIn(description)?.nonce ?? ""));
  const named = namesakes(ownerOf(owner), replaced, records);
  if (named.length > 0) await session.host.log("warning", describeNamesakes(call.credential.wording, named));
  const nonce = newNonce(session.host.random);
  // What is replaced is deleted later: the run after that has it among the previous ones.
  const others = records.filter((record) => !inherited.includes(record));
  const openMark = awaitsRecords(session.progress, { owner, nonce }, others);
  const state = { ...newOwnedState(nonce, inputs.fixed), openMark };
  return { state, learnt: { records, nextNumber: 1, inherited } };
}

/** Owns what a resource has left that was deleted before this one was made. Never fails: the new key is not saved yet. */
export async function withInherited(
  call: Call,
  state: OwnedState,
  inputs: OwnedInputs,
  learnt: Collected | undefined,
): Promise<OwnedState> {
  const { inherited = [] } = learnt ?? {};
  const mark = { owner: ownerOf(inputs.owner), nonce: state.nonce, number: 0 };
  try {
    for (const record of inherited) await giveMark(call, record, mark);
  } catch {
    // They have their end, and are named by then. One of them may bear the new mark already.
    await call.session.host.log("warning", describeNamesakes(call.credential.wording, inherited));
    return { ...state, openMark: true };
  }
  return withPreviousRecords(state, inherited, inputs.oldKeyExpiry);
}
