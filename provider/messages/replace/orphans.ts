/** Says what was found of records that bear a resource's mark, and that its state does not have. */
import type { Orphans } from "../../decisions/replace/orphans";
import type { KeyRecord } from "../../model/answers";
import type { RecordWording } from "../../model/credential";
import type { OldKeyExpiry } from "../../model/duration";
import { markIn } from "../../model/mark";
import { printable } from "../../model/redact";
import type { Announcement } from "../announcement";
import { listed, recordName } from "./naming";

/** What a preview has found of records with the resource's mark that are not in its state. */
export function announceOrphans(
  wording: RecordWording,
  { lost, held, foreign }: Orphans,
  oldKeyExpiry: OldKeyExpiry,
): Announcement[] {
  const warning = (message: string): Announcement => ({ severity: "warning", message });
  const names = (records: readonly KeyRecord[]) => listed(records.map(recordName));
  return [
    lost.length === 0
      ? []
      : [
          warning(
            `Will delete: ${names(lost)}. This stack created it, but lost the answer with its ${wording.secret}.`,
          ),
        ],
    held.length === 0
      ? []
      : [warning(`Will keep: ${names(held)}. ${WHY_NOT_IN_STATE} ${fateOfKept(wording, held, oldKeyExpiry)}`)],
    foreign.length === 0 ? [] : [warning(describeForeign(foreign))],
  ].flat();
}

/**
 * The records with a mark of the resource that its state does not have, for a refresh to name.
 *
 * @param newer the one of `held` that was made after the current record
 * @param elsewhere first records of a resource of its name, which somebody may use
 */
export function describeOrphans(
  wording: RecordWording,
  { lost, held, foreign }: Orphans,
  newer: KeyRecord | undefined,
  elsewhere: readonly KeyRecord[],
): Announcement[] {
  const older = held.filter((record) => record !== newer);
  const messages = [
    ...(lost.length === 0 ? [] : [describeLost(wording, lost)]),
    ...(newer === undefined ? [] : [describeNewer(wording, newer)]),
    ...(older.length === 0 ? [] : [describeFound(wording, older)]),
    ...(foreign.length === 0 ? [] : [describeForeign(foreign)]),
    ...(elsewhere.length === 0 ? [] : [describeNamesakes(wording, elsewhere)]),
  ];
  return messages.map((message) => ({ severity: "warning", message }));
}

export function describeDeletedOrphan({ noun, secret }: RecordWording, record: KeyRecord): string {
  return `Deleted: ${noun} ${recordName(record)}. This stack created it, but lost the answer with its ${secret}.`;
}

/** Records with the mark of the resource become previous records. */
export function describeKept(
  wording: RecordWording,
  records: readonly KeyRecord[],
  oldKeyExpiry: OldKeyExpiry,
): string {
  return `Found: ${listed(records.map(recordName))}. ${WHY_NOT_IN_STATE} ${fateOfKept(wording, records, oldKeyExpiry)}`;
}

const WHY_NOT_IN_STATE =
  "The mark is this resource's, but its state did not have it: a run was killed, or an older state was restored. Somebody may use it.";

function fateOfKept({ short }: RecordWording, records: readonly KeyRecord[], oldKeyExpiry: OldKeyExpiry): string {
  const it = records.length === 1 ? "It" : "Each";
  if (oldKeyExpiry.kind === "immediate")
    return `${it} is kept as a previous ${short}, and ends with a later pulumi up.`;
  return `${it} is kept as a previous ${short}: it works until its grace ends, which begins when a newer key works.`;
}

/** Records with the nonce of the resource, and another owner. */
export function describeForeign(records: readonly KeyRecord[]): string {
  return `Left alone: ${listed(records.map(recordName))}. The mark has this resource's number, but names another stack or resource: this one was renamed, or its state was copied. Delete at LaunchDarkly what nobody needs.`;
}

/** Records of resources of the same name. */
export function describeNamesakes({ short }: RecordWording, records: readonly KeyRecord[]): string {
  return `Left alone: ${listed(records.map(recordName))}. The mark has this resource's name, but this state does not have it. If this run replaces the resource, the old one's deletion gives its ${short}s their grace. Otherwise somebody may use it: delete at LaunchDarkly what nobody needs.`;
}

/** The same, when the resource goes. */
export function describeLeftBehind(records: readonly KeyRecord[]): string {
  return `Left alone: ${listed(records.map(recordName))}. The mark has this resource's name, but this state does not have it: somebody may use it. Delete at LaunchDarkly what nobody needs.`;
}

/** Records that the state has, and that bear another's mark now, or none. */
export function describeTakenAway(records: readonly KeyRecord[]): string {
  const marks = records.map((record) => {
    const mark = markIn(record.description);
    if (record["isDefault"] === true) return `${recordName(record)}, which is a default key of the environment now`;
    return `${recordName(record)}, which ${mark === undefined ? "has no mark any more" : `bears the mark of ${printable(mark.owner)}`}`;
  });
  return `Left alone: ${listed(marks)}. It is not this resource's any more.`;
}

/** At a refresh: records whose key nobody can have. */
export function describeLost({ secret }: RecordWording, records: readonly KeyRecord[]): string {
  return `Lost: this stack created ${listed(records.map(recordName))}, but lost the answer with its ${secret}. The next pulumi up deletes it.`;
}

/** At a refresh: other records with the mark of the resource. */
export function describeFound({ short }: RecordWording, records: readonly KeyRecord[]): string {
  return `Found: ${listed(records.map(recordName))}. ${WHY_NOT_IN_STATE} The next pulumi up keeps it as a previous ${short}, with a grace.`;
}

/** At a refresh: one of them is newer than the current record. */
export function describeNewer({ short, secret }: RecordWording, record: KeyRecord): string {
  return `Out of date: this resource created ${recordName(record)} after its current ${short}, and this state does not have the ${secret}. Restore the later state if there is one (pulumi stack history, pulumi stack import). Otherwise the next pulumi up creates another ${short}, and both keep working for their grace.`;
}
