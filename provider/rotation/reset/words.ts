/** What people are told of a rotation by a reset, where that differs from one by another record. */
import { FIRST_ROTATION } from "../../decisions/rotationReason";
import { announceAdoption, announceFrozen, announceRotation, cannotReset, cutShort } from "../../messages/announcement";
import { describeBrokenReset, describeUnproven, notVerified } from "../../messages/rotationOutcome";
import { describeDeathAtOnce, describeLockOut } from "../../messages/selfRotation";
import type { ResetCredential } from "../../model/credential";
import type { Inputs } from "../../model/inputs";
import type { State } from "../../model/state";
import type { Words } from "../strategy";

export function resetWords(credential: ResetCredential): Words<State, Inputs> {
  const { identity, initialKey, isReadable, noGrace, wording } = credential;
  return {
    it: wording.it,
    undone: "Not reset",
    impossible: "Can't reset",
    impossibleFirst: "Can't reset",
    anew: `reset ${wording.it} anew`,
    announceCreation({ oldKeyExpiry, initialKey: given }) {
      if (isReadable || given !== undefined) return announceAdoption(credential);
      return announceRotation({ reason: FIRST_ROTATION.text, oldKeyExpiry, noGrace, initialKey });
    },
    frozen: `frozen must not be true when the resource is created: the stack gets a key only by a reset of ${wording.it}. Give ${String(initialKey)} the key that is in use, or leave frozen out for the first pulumi up`,
    overlapping: cutShort,
    cannotRotate: cannotReset,
    announceFrozen,
    brokenOff: describeBrokenReset,
    unproven: (state, why) => describeUnproven(state, notVerified(why)),
    lockOut: describeLockOut(),
    deathAtOnce: describeDeathAtOnce(),
    takeOver: {
      idInput: identity.join(" and "),
      otherwise: `Give ${String(initialKey)} the key that is current, or leave it out: then ${wording.it} is reset.`,
    },
  };
}
