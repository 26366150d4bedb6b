/** Finds the row of a resource whose credential is reset in place. */
import { idOf, subject } from "../messages/naming";
import type { Credential } from "../model/credential";
import type { Properties } from "../model/properties";
import type { Identity, State } from "../model/state";
import { containsUnknown } from "../model/unknownValue";
import { dueName, type Progress } from "../run/progress";
import type { Row } from "../run/rows";

/**
 * In check: remembers whose row it is, for the calls that are not told.
 *
 * @param olds the inputs of the last run; empty for a new resource
 * @param news the inputs of the program
 */
export function noteRow(
  credential: Credential,
  { rows, formerRows }: Progress,
  olds: Properties,
  news: Properties,
  urn: string,
): void {
  rows.set(nameIn(credential, news), urn);
  if (Object.keys(olds).length > 0) formerRows.set(nameIn(credential, olds), urn);
}

/** The name of the credential that inputs give. */
export function nameIn(credential: Credential, inputs: Properties): string {
  return dueName(credential, Object.fromEntries(credential.identity.map((input) => [input, String(inputs[input])])));
}

/** The row of a new resource. */
export function newRow(credential: Credential, { rows }: Progress, identity: Identity): Row {
  return { urn: rows.get(dueName(credential, identity)), name: newName(credential, identity) };
}

export function newName({ wording: { noun } }: Credential, identity: Identity): string {
  return containsUnknown(identity) ? `${noun} of an id that is not known yet` : `${noun} ${idOf(identity)}`;
}

/** The row of a resource that the state has. */
export function rowOf(credential: Credential, { formerRows }: Progress, state: State): Row {
  return { urn: formerRows.get(dueName(credential, state.identity)), name: subject(credential.wording, state) };
}
