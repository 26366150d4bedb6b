/**
 * delete: deletes all that the stack owns, the previous records included. If the resource is replaced, they keep working
 * for their grace, and are handed on to the one that takes its place.
 */
import { LaunchDarklyError } from "../../client/errors";
import { namesakes, orphansOf } from "../../decisions/replace/orphans";
import { describeForeign, describeLeftBehind, describeTakenAway } from "../../messages/replace/orphans";
import { describeDestroyed, describeNoSuccessor, describeNotDestroyed } from "../../messages/replace/outcome";
import { UserError } from "../../messages/words";
import type { KeyRecord } from "../../model/answers";
import { type Mark, ownerOf } from "../../model/mark";
import type { OwnedState } from "../../model/ownedState";
import { advised, CHECK_CONFIGURATION, CHECK_SETTINGS_OF_DESTROY, isRefusal } from "../../run/session";
import { refuseIfAlive } from "../ownKey";
import type { Deletion } from "../work";
import { ownersOf } from "./collectOrphans";
import { type Context, isConfigured } from "./context";
import { ownership } from "./ownership";
import { type HandedOn, handOn, type Heir, heirOf, idsInUse, isSamePlace, lacksKey } from "./replacement";

/** @throws {UserError} if a record may be left */
export async function deleteResource(
  context: Context,
  state: OwnedState,
  { stage, urn }: Pick<Deletion<OwnedState>, "stage" | "urn">,
): Promise<void> {
  const { credential, records, session } = context;
  // Elsewhere nothing is found, and the records would be forgotten.
  session.assertHome();
  const isOfProgram = stage !== "destroy";
  const advice = isOfProgram ? CHECK_CONFIGURATION : CHECK_SETTINGS_OF_DESTROY;
  try {
    // A run that was killed may have left a record that no state knows.
    const listed = await records.list();
    const owned = await ownedRecords(context, state, listed, advice);
    const heir = heirOf(context, state, ownersOf(state)[0], urn);
    if (heir === undefined) await deleteAll(context, state, listed, owned);
    else await replaced(context, state, owned, heir);
  } catch (error) {
    if (!(error instanceof LaunchDarklyError)) throw error;
    // The same settings would be refused again.
    const why = isOfProgram && error.code !== "unauthorized" ? error.message : advised(error, advice);
    throw new UserError(describeNotDestroyed(credential.wording, why, isOfProgram || !isRefusal(error)));
  }
}

interface OwnedRecords {
  /** Nobody can have their keys. */
  readonly lost: readonly KeyRecord[];
  /** Those with the mark of the resource that the state does not know. */
  readonly held: readonly KeyRecord[];
  /** Those that the current one has replaced, and the current one last. */
  readonly known: readonly KeyRecord[];
}

/** What bears the resource's mark. All else is named, and left alone. */
async function ownedRecords(
  context: Context,
  state: OwnedState,
  records: readonly KeyRecord[],
  advice: string,
): Promise<OwnedRecords> {
  const { credential, session } = context;
  const { progress, host } = session;
  const { currentId } = state;
  const isThere = records.some(({ id }) => id === currentId);
  // A key of another account finds nothing, and would leave all of them behind.
  if (!isThere) await session.assertAccount();
  if (currentId !== null && !isThere && (await context.records.isAbsent(currentId))) {
    await refuseIfAlive(session, credential.wording, state, credential.isAccessToken ? currentId : undefined, advice);
  }
  const { lost, held, foreign } = orphansOf(state, ownersOf(state), records);
  if (foreign.length > 0) await host.log("warning", describeForeign(foreign));
  const inUse = idsInUse(progress, state);
  const known: KeyRecord[] = [];
  const taken: KeyRecord[] = [];
  for (const id of [...state.previous.map((one) => one.id), ...(currentId === null ? [] : [currentId])]) {
    const owned = await ownership(context, state, id, records);
    if (owned.kind === "gone") continue;
    // Its mark may not be changed yet.
    (owned.kind === "own" && !inUse.has(id) ? known : taken).push(owned.record);
  }
  if (taken.length > 0) await host.log("warning", describeTakenAway(taken));
  return { lost, held, known };
}

/** The resource goes. */
async function deleteAll(
  context: Context,
  state: OwnedState,
  records: readonly KeyRecord[],
  { lost, held, known }: OwnedRecords,
): Promise<void> {
  const { credential, session } = context;
  const { host } = session;
  const [owner] = ownersOf(state);
  const left = owner === undefined ? [] : namesakes(owner, new Set([state.nonce]), records);
  if (left.length > 0) await host.log("warning", describeLeftBehind(left));
  const doomed = [...lost, ...held, ...known].map(({ id, lastFour }) => ({ id, lastFour }));
  for (const { id } of await withOwnLast(context, doomed)) await context.records.delete(id);
  await host.log("info", describeDestroyed(credential.wording, doomed));
}

/** Another one takes its place. */
async function replaced(
  context: Context,
  state: OwnedState,
  { lost, held, known }: OwnedRecords,
  { owner, known: heir }: Heir,
): Promise<void> {
  const { credential, session } = context;
  for (const { id } of lost) await context.records.delete(id);
  const isMade = heir.nonce !== undefined && heir.nonce !== state.nonce;
  const isInSight = heir.fixed === undefined || isSamePlace(heir.fixed, state.fixed);
  const isOpen = lacksKey(heir);
  // By its mark, the run that has a new key finds what it takes the place of. Otherwise this deletion has to come again.
  if (isOpen && !(isMade && isInSight)) throw new LaunchDarklyError("refused", describeNoSuccessor(credential.wording));
  const mark: Mark | undefined = isMade ? { owner: ownerOf(owner), nonce: String(heir.nonce), number: 0 } : undefined;
  if (!isMade) heir.replaced.add(state.nonce);
  const handedOn = [...held, ...known].map((record): HandedOn => {
    // The end of a previous record stands, and one that LaunchDarkly's clock has reached; the grace of the current one begins now.
    const isPrevious = state.previous.some(({ id, end }) => id === record.id && end !== null);
    const hasEnded = record.expiry !== null && record.expiry <= session.client.now();
    return { record, isInSight, end: isPrevious || hasEnded ? (record.expiry ?? undefined) : undefined };
  });
  for (const one of handedOn) await handOn(context, one, mark, isOpen ? undefined : heir.oldKeyExpiry);
}

/** The access token that the run authenticates with goes last: nothing can be deleted after it. */
async function withOwnLast<One extends { readonly id: string }>(context: Context, all: readonly One[]) {
  const own = await Promise.all(all.map(({ id }) => isConfigured(context, id)));
  return [...all.filter((_, index) => !own[index]), ...all.filter((_, index) => own[index])];
}
