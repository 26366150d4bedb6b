/** How a resource whose key is reset is read, written and told. */
import { FIRST_ROTATION } from "../../decisions/rotationReason";
import { announceFrozen, announceRotation, announceTakeOver, cannotReset, cutShort } from "../../messages/announcement";
import { describeBrokenReset, describeUnverified, notVerified } from "../../messages/rotationOutcome";
import { describeDeathAtOnce, describeLockOut } from "../../messages/selfRotation";
import { idOf, subject } from "../../messages/words";
import type { ResetCredential } from "../../model/credential";
import type { Inputs } from "../../model/inputs";
import { containsUnknown, type Properties, UNKNOWN_VALUE } from "../../model/json";
import { readOutputs, savedState } from "../../model/outputs";
import type { State } from "../../model/state";
import type { Form, Words } from "../strategy";

/** The triggers of the last rotation, and those of a reset that is open: their values may be secret. */
const SECRET_RECORDS = ["triggers", "openReset"];

export function resetForm(credential: ResetCredential): Form<State, Inputs> {
  const { className, wording, accessTokenId, isReadable, outputs } = credential;
  const nameOf = (properties: Properties) =>
    JSON.stringify([className, ...credential.identity.map((input) => properties[input] ?? null)]);
  return {
    className,
    inputNames: credential.inputNames,
    takeOverInputs: credential.initialKey === undefined ? [] : [credential.initialKey],
    inputs: credential.inputs,
    secretOutputs: [credential.outputs.key, ...SECRET_RECORDS],
    owns: false,
    says: resetWords(credential),

    readState: (olds) => readOutputs(credential, olds),
    saved: (state) => savedState(credential, state),
    nameOfInputs: nameOf,
    nameOfOutputs: nameOf,
    nameOf: (inputs, state) => nameOf(state?.identity ?? inputs.identity),
    newName: ({ identity }) =>
      containsUnknown(identity)
        ? `${wording.noun} of an id that is not known yet`
        : `${wording.noun} ${idOf(identity)}`,
    nameOfState: (state) => subject(wording, state),

    // A key that can be read may turn out to be another one where a reset was in doubt.
    changing: (rotates) =>
      rotates || isReadable ? [outputs.key, outputs.lastFour, "oldKeyExpiresAt", "lastRotatedAt"] : [],
    replacement: (state, inputs, unknown) => ({
      changed: credential.identity.filter(
        (name) => inputs.identity[name] !== state.identity[name] && inputs.identity[name] !== UNKNOWN_VALUE,
      ),
      // One that is not known yet, in a preview, may turn out to be the same.
      open: credential.identity.filter((name) => unknown.has(name)),
    }),
    takesOver: ({ initialKey }) => isReadable || initialKey !== undefined,
    initialKey: ({ initialKey }) => initialKey,
    verifiableAs: (inputs, state) => accessTokenId?.(state?.identity ?? inputs?.identity ?? {}),
    ...(isReadable && {
      import: { parts: credential.identity, besides: {}, inputsOf: (state: State) => state.identity },
    }),
  };
}

function resetWords(credential: ResetCredential): Words<State, Inputs> {
  const { identity, initialKey, isReadable, noGrace, wording } = credential;
  return {
    it: wording.it,
    undone: "Not reset",
    impossible: "Can't reset",
    impossibleFirst: "Can't reset",
    anew: `reset ${wording.it} anew`,
    announceCreation({ oldKeyExpiry, initialKey: given }) {
      if (isReadable || given !== undefined) return announceTakeOver(credential);
      return announceRotation({ reason: FIRST_ROTATION.text, oldKeyExpiry, noGrace, initialKey });
    },
    frozen: `frozen must not be true when the resource is created: the stack gets a key only by a reset of ${wording.it}. Give ${String(initialKey)} the key that is in use, or leave frozen out for the first pulumi up`,
    overlapping: cutShort,
    cannotRotate: cannotReset,
    announceFrozen,
    brokenOff: describeBrokenReset,
    unverified: (state, why) => describeUnverified(state, notVerified(why)),
    lockOut: describeLockOut(),
    deathAtOnce: describeDeathAtOnce(),
    takeOver: {
      idInput: identity.join(" and "),
      otherwise: `Give ${String(initialKey)} the key that is current, or leave it out: then ${wording.it} is reset.`,
    },
  };
}
