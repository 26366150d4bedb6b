/** What people are told of a rotation by another record, where that differs from one by a reset. */
import {
  announceCreation,
  announceHeldBack,
  cannotRotate,
  initialInputs,
  pilingUp,
} from "../../messages/replace/announcement";
import { describeBrokenOff, describeUnprovenKey } from "../../messages/replace/outcome";
import { describeOwnImmediateEnd, describeOwnLockOut } from "../../messages/selfRotation";
import type { ReplaceCredential } from "../../model/credential";
import type { OwnedInputs } from "../../model/ownedInputs";
import type { OwnedState } from "../../model/ownedState";
import type { Words } from "../strategy";

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
