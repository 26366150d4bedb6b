/** What work on a credential that the stack owns needs besides its state. */
import { type Records, recordsOf } from "../../client/records";
import type { Fixed } from "../../model/answers";
import type { ReplaceCredential } from "../../model/credential";
import type { OwnedInputs } from "../../model/inputs";
import { savedOwned } from "../../model/outputs";
import type { OwnedState } from "../../model/ownedState";
import type { Session } from "../../run/session";
import { type Order, SavedFailure } from "../work";

export interface Call {
  readonly credential: ReplaceCredential;
  readonly session: Session;
  readonly records: Records;
}

export type OwnedOrder = Order<OwnedState, OwnedInputs>;

/** @param fixed what can't be changed of the records */
export function callOf(credential: ReplaceCredential, session: Session, fixed: Fixed): Call {
  return { credential, session, records: recordsOf(session.client, credential, fixed) };
}

/** A failure after which Pulumi keeps the state as it is by now. */
export function failureOf({ credential }: Pick<Call, "credential">, state: OwnedState, message: string): SavedFailure {
  return new SavedFailure(savedOwned(credential, state), message);
}

/** Whether a record is the access token that the run authenticated with when it began. */
export async function isConfigured(
  { credential, session }: Pick<Call, "credential" | "session">,
  id: string,
): Promise<boolean> {
  return credential.isAccessToken && (await session.admin()).tokenId === id;
}
