/** What work on a credential that the stack owns needs besides its state. */
import { type Records, recordsOf } from "../../client/records";
import type { Fixed } from "../../model/answers";
import type { ReplaceCredential } from "../../model/credential";
import type { OwnedInputs } from "../../model/inputs";
import { savedOwned } from "../../model/outputs";
import type { OwnedState } from "../../model/ownedState";
import type { Session } from "../../run/session";
import { SavedFailure, type Work } from "../work";

export interface Context {
  readonly credential: ReplaceCredential;
  readonly session: Session;
  readonly records: Records;
}

export type OwnedWork = Work<OwnedState, OwnedInputs>;

/** @param fixed what can't be changed of the records */
export function contextOf(credential: ReplaceCredential, session: Session, fixed: Fixed): Context {
  return { credential, session, records: recordsOf(session.client, credential, fixed) };
}

/** A failure after which Pulumi keeps the state as it is by now. */
export function failureOf(
  { credential }: Pick<Context, "credential">,
  state: OwnedState,
  message: string,
): SavedFailure {
  return new SavedFailure(savedOwned(credential, state), message);
}

/** Whether a record is the access token that the run authenticated with when it began. */
export async function isConfigured(
  { credential, session }: Pick<Context, "credential" | "session">,
  id: string,
): Promise<boolean> {
  return credential.isAccessToken && (await session.admin()).tokenId === id;
}
