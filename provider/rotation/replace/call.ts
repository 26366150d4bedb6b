/** What work on a credential that the stack owns needs besides its state. */
import { type Records, recordsOf } from "../../client/records";
import {
  announceCreation,
  announceHeldBack,
  cannotRotate,
  initialInputs,
  pilingUp,
} from "../../messages/replace/announcement";
import { describeBrokenOff, describeUnprovenKey } from "../../messages/replace/outcome";
import { describeOwnImmediateEnd, describeOwnLockOut } from "../../messages/selfRotation";
import type { Fixed } from "../../model/answers";
import type { ReplaceCredential } from "../../model/credential";
import type { OwnedInputs } from "../../model/inputs";
import { savedOwned } from "../../model/outputs";
import type { OwnedState } from "../../model/ownedState";
import type { Session } from "../../run/session";
import type { Words } from "../strategy";
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

export function replaceWords(credential: ReplaceCredential): Words<OwnedState, OwnedInputs> {
  const { initial, wording } = credential;
  const { it, short } = wording;
  return {
    it,
    undone: "Not rotated",
    impossible: "Can't rotate",
    impossibleFirst: "Can't create",
    anew: `create another ${short}`,
    announceCreation: (inputs) => announceCreation(credential, inputs),
    frozen: `frozen must not be true when the resource is created: there is no ${short} yet. Give ${initialInputs(initial)}, or leave frozen out for the first pulumi up`,
    overlapping: (overlap) => pilingUp(wording, overlap),
    cannotRotate,
    announceFrozen: announceHeldBack,
    brokenOff: describeBrokenOff,
    unproven: (state, why) => describeUnprovenKey(wording, state, why),
    lockOut: describeOwnLockOut(),
    deathAtOnce: describeOwnImmediateEnd(),
    takeOver: {
      idInput: initial.id,
      otherwise: `Give ${initial.key ?? initial.id} the key that is current, or leave it out with ${initial.id}: then a new ${short} is created.`,
    },
  };
}
