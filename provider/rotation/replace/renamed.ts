/** Finds, for the preview of a new resource, what a resource has left of which this one may be the new name. */
import { ONCE } from "../../client/limits";
import { type FormerRecord, formerRecords } from "../../decisions/replace/orphans";
import type { Announcement } from "../../messages/announcement";
import { announceRename } from "../../messages/replace/announcement";
import { ownerOf, placeOf } from "../../model/mark";
import type { OwnedInputs } from "../../model/ownedInputs";
import type { KeyRecord } from "../../model/record";
import { containsUnknown } from "../../model/unknownValue";
import { isAnswered } from "../previewQuestions";
import type { Call } from "./call";

/**
 * Pulumi calls nothing of a resource that has left the program before it deletes that. So only the preview of the new one can
 * tell.
 */
export async function renameSaid(call: Call, inputs: OwnedInputs): Promise<readonly Announcement[]> {
  const { credential, session } = call;
  const { owner, name, fixed } = inputs;
  if (containsUnknown(name) || containsUnknown(fixed)) return [];
  let found: readonly FormerRecord[] = [];
  await isAnswered(session, "Can't create", [], async () => {
    const inProgram = new Set([owner, ...session.progress.owners.keys()].map(ownerOf));
    found = formerRecords({ ...placeOf(owner), title: name, inProgram }, await listedOnce(call, fixed));
  });
  return found.map((former) => announceRename(credential.wording, former));
}

/** Once a run, for all new resources of a place. */
function listedOnce(
  { credential, records, session: { progress } }: Call,
  fixed: OwnedInputs["fixed"],
): Promise<readonly KeyRecord[]> {
  const place = JSON.stringify([credential.className, credential.paths.list(fixed)]);
  const list = progress.lists.get(place) ?? records.list(ONCE);
  progress.lists.set(place, list);
  return list;
}
