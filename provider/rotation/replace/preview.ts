/** What check and diff say of a credential that the stack owns, and what a preview asks LaunchDarkly for that. */
import { LaunchDarklyError } from "../../client/errors";
import { ONCE } from "../../client/limits";
import { dueRecord, formerRecords, namesakes, orphansOf } from "../../decisions/replace/orphans";
import { endingLate, hasEnded, retirementProblem, retirementsDue } from "../../decisions/replace/retirements";
import { settingChanges, withoutUnknown } from "../../decisions/replace/settings";
import { reasonText } from "../../decisions/rotationReason";
import { type Announcement, describeUnaskedUse } from "../../messages/announcement";
import {
  announceEnd,
  announceNextRecord,
  announceRename,
  announceReplacedUnasked,
} from "../../messages/replace/announcement";
import { announceOrphans } from "../../messages/replace/orphans";
import {
  announceLateEnd,
  announcePossibleWork,
  announceRetirements,
  announceWork,
  cannotEnd,
  type KnownRetirement,
} from "../../messages/replace/work";
import { UserError } from "../../messages/words";
import type { KeyRecord } from "../../model/answers";
import type { ReplaceCredential } from "../../model/credential";
import type { OwnedInputs } from "../../model/inputs";
import { containsUnknown } from "../../model/json";
import { ownerOf, placeOf } from "../../model/mark";
import type { OwnedState } from "../../model/ownedState";
import { announces } from "../../run/run";
import { isAnswered, warnUnforeseen } from "../foresee";
import type { Due, LeftToDo, Prospective } from "../work";
import { isMadeAgain, isMadeBy, ownersOf } from "./collectOrphans";
import type { Context } from "./context";
import { ownersOfClass } from "./replacement";

type Calling = () => Context;
type OwnedProspective = Prospective<OwnedState, OwnedInputs>;

/** Of a rotation that is due. @param call works with LaunchDarkly; throws if the settings are wrong */
export async function rotationSaid(
  { wording }: ReplaceCredential,
  context: Calling,
  due: Due<OwnedState, OwnedInputs>,
): Promise<readonly Announcement[]> {
  const { state, inputs, stage, reasons, isCertain, now } = due;
  const { oldKeyExpiry } = inputs;
  const { currentId } = state;
  const isAsked = oldKeyExpiry.kind === "immediate" && announces({ stage });
  const lastUsed = isAsked && currentId !== null ? await lastUse(context(), currentId, state.lastUsed) : state.lastUsed;
  return [
    announceNextRecord({ state, reason: reasonText(reasons), isCertain, oldKeyExpiry, lastUsed, now }),
    ...announceRetirements(wording, await knownRetirements(context, due), now),
  ];
}

/**
 * Of a run that rotates nothing.
 *
 * @throws {UserError} if the inputs ask for an end that has passed; not in a refresh
 */
export async function workSaid(
  credential: ReplaceCredential,
  context: Calling,
  prospective: OwnedProspective,
): Promise<LeftToDo> {
  const { wording } = credential;
  const { state, inputs, stage, unknown, now } = prospective;
  const problem = retirementProblem(state, inputs.oldKeyExpiry, now);
  if (problem !== undefined && stage !== "refresh") throw new UserError(cannotEnd(wording, `oldKeyExpiry ${problem}`));
  const isThere = state.currentId !== null && !state.isGone;
  const changes = isThere ? settingChanges(credential, state, withoutUnknown(inputs, unknown)) : [];
  const work = [
    ...announceWork(wording, state, changes, await knownRetirements(context, prospective), now),
    ...announcePossibleWork(
      wording,
      credential.settings.filter((setting) => unknown.has(setting)),
      unknown.has("oldKeyExpiry") ? state.previous.filter((one) => !hasEnded(one, now)) : [],
    ),
  ];
  const end = announceEnd(wording, state, now);
  const late = endingLate(state, inputs.oldKeyExpiry, now).map((record) => announceLateEnd(wording, record));
  const orphans = state.openMark && stage === "preview" ? await orphansSaid(context(), state, inputs, false) : [];
  return { said: [...work, ...(end === undefined ? [] : [end]), ...late, ...orphans], changes: work.length > 0 };
}

/** The ends that this run will give previous records. */
async function knownRetirements(
  context: Calling,
  { state, inputs, stage, now }: OwnedProspective,
): Promise<KnownRetirement[]> {
  const due = retirementsDue(state, inputs.oldKeyExpiry, now).map(async (retirement) => {
    const { id, lastUsed } = retirement.record;
    return { ...retirement, lastUsed: stage === "preview" ? await lastUse(context(), id, lastUsed) : lastUsed };
  });
  return Promise.all(due);
}

/**
 * When a record that will end was last used: epoch milliseconds, 0 for never, null if that can't be told.
 *
 * @param known what the state knows, as of the last refresh
 */
async function lastUse(
  { credential, records, session }: Context,
  id: string,
  known: number | null,
): Promise<number | null> {
  if (!credential.tellsUse) return known;
  try {
    const record = await records.look(id, ONCE);
    // Where LaunchDarkly says nothing, what was known as no use is nothing known.
    return record?.lastUsed ?? (known === 0 ? null : known);
  } catch (error) {
    if (!(error instanceof LaunchDarklyError)) throw error;
    // One that is gone has no user.
    if (error.code !== "notFound") await warnUnforeseen(session, error, describeUnaskedUse);
    return null;
  }
}

/**
 * Names the records with the resource's mark that its state does not have, and what becomes of them.
 *
 * @param isDue whether a rotation follows, which finds what it has made before
 */
export async function orphansSaid(
  context: Context,
  state: OwnedState,
  inputs: OwnedInputs,
  isDue: boolean,
): Promise<readonly Announcement[]> {
  const { credential, records, session } = context;
  let said: readonly Announcement[] = [];
  await isAnswered(session, "Can't rotate", [], async () => {
    const orphans = orphansOf(state, ownersOf(state, inputs), await records.list(ONCE));
    const due = isDue ? dueRecord(state, orphans.held, isMadeBy(context, state, inputs)) : undefined;
    const held = orphans.held.filter((record) => record !== due);
    said = announceOrphans(credential.wording, { ...orphans, held }, inputs.oldKeyExpiry);
  });
  return said;
}

/**
 * Of a resource that is new to the state. Pulumi calls nothing of one that has left the program before it deletes that, and
 * nothing of one that --replace or a taint replaces. So only the preview of the new one can tell.
 */
export async function placeTakenSaid(context: Context, inputs: OwnedInputs): Promise<readonly Announcement[]> {
  const { credential, session } = context;
  const { owner, name, fixed } = inputs;
  if (containsUnknown(name) || containsUnknown(fixed)) return [];
  const known = new Map(ownersOfClass(session.progress, credential.className));
  let said: readonly Announcement[] = [];
  await isAnswered(session, "Can't create", [], async () => {
    const listed = await listedOnce(context, fixed);
    const inProgram = new Set([owner, ...known.keys()].map((one) => ownerOf(one)));
    const former = formerRecords({ ...placeOf(owner), title: name, inProgram }, listed);
    // Of what an input replaces, diff has told.
    const told = new Set([known.get(owner)?.nonce ?? ""]);
    const stays = isMadeAgain(context, inputs);
    const replaced = namesakes(ownerOf(owner), told, listed).filter(({ expiry }) => expiry === null);
    said = [
      ...former.map((one) => announceRename(credential.wording, one)),
      ...replaced.map((record) =>
        announceReplacedUnasked(credential.wording, record, inputs.oldKeyExpiry, stays(record)),
      ),
    ];
  });
  return said;
}

/** Once a run, for all new resources of a place. */
function listedOnce(
  { credential, records, session: { progress } }: Context,
  fixed: OwnedInputs["fixed"],
): Promise<readonly KeyRecord[]> {
  const place = JSON.stringify([credential.className, credential.paths.list(fixed)]);
  const list = progress.lists.get(place) ?? records.list(ONCE);
  progress.lists.set(place, list);
  return list;
}
