/** What people are told of a rotation by another record, where that differs from one by a reset. */
import { announceCreation, announceFrozenRecord, cannotRotate, pilingUp } from "../../messages/replace/announcement";
import { describeBrokenOff, describeUnprovenKey } from "../../messages/replace/outcome";
import { describeOwnImmediateEnd, describeOwnLockOut } from "../../messages/replace/selfRotation";
import type { ReplaceCredential } from "../../model/credential";
import type { OwnedInputs } from "../../model/ownedInputs";
import type { OwnedState } from "../../model/ownedState";
import type { Words } from "../strategy";

export function replaceWords({ initial, wording: { it } }: ReplaceCredential): Words<OwnedState, OwnedInputs> {
  const given = initial.key === undefined ? initial.id : `${initial.key} and ${initial.id}`;
  return {
    undone: "Not replaced",
    impossible: "Can't rotate",
    impossibleFirst: "Can't create",
    anew: "create another token",
    announceCreation,
    frozen: `frozen must not be true when the resource is created: there is no token yet. Give ${given}, or leave frozen out for the first pulumi up`,
    overlapping: pilingUp,
    cannotRotate,
    announceFrozen: announceFrozenRecord,
    brokenOff: describeBrokenOff,
    unproven: describeUnprovenKey,
    lockOut: describeOwnLockOut(),
    deathAtOnce: describeOwnImmediateEnd(),
    takeOver: {
      idInput: initial.id,
      it,
      otherwise: `Give ${initial.key ?? initial.id} the key that is current, or leave it out with ${initial.id}: then a new token is made.`,
    },
  };
}
