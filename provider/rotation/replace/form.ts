/** How a resource that owns its records is read, written and told. */
import {
  announceCreation,
  announceHeldBack,
  cannotRotate,
  initialInputs,
  pilingUp,
} from "../../messages/replace/announcement";
import { newName, ownedName } from "../../messages/replace/naming";
import { describeBrokenOff, describeUnverifiedKey } from "../../messages/replace/outcome";
import { describeOwnImmediateEnd, describeOwnLockOut } from "../../messages/selfRotation";
import type { ReplaceCredential } from "../../model/credential";
import type { OwnedInputs } from "../../model/inputs";
import { readOwned, savedOwned } from "../../model/outputs";
import type { OwnedState } from "../../model/ownedState";
import type { Form, Import, Words } from "../strategy";

export function replaceForm(credential: ReplaceCredential): Form<OwnedState, OwnedInputs> {
  const { className, isAccessToken, outputs, fixed, wording } = credential;
  const trail = [outputs.previous, "oldKeyExpiresAt"];
  return {
    className,
    inputNames: credential.inputNames,
    takeOverInputs: [...(credential.initial.key === undefined ? [] : [credential.initial.key]), credential.initial.id],
    inputs: credential.inputs,
    secretOutputs: [outputs.key, "triggers"],
    owns: true,
    says: replaceWords(credential),

    readState: (olds) => readOwned(credential, olds),
    saved: (state) => savedOwned(credential, state),
    nameOfInputs: ({ owner }) => String(owner),
    nameOfOutputs: ({ nonce }) => JSON.stringify(nonce ?? null),
    nameOf: ({ owner }) => owner,
    newName: (inputs) => newName(wording, inputs),
    nameOfState: (state) => ownedName(wording, state),

    changing: (rotates) => (rotates ? [outputs.key, outputs.lastFour, outputs.id, ...trail, "lastRotatedAt"] : trail),
    replacement(state, inputs, unknown) {
      // Asked of a state that has a record: what LaunchDarkly made is what it was asked for.
      const names = state.key === null ? [] : fixed.map(({ input }) => input);
      const open = names.filter((name) => unknown.has(name));
      const changed = names.filter((name) => !unknown.has(name) && state.fixed[name] !== inputs.fixed[name]);
      return { changed, open };
    },
    takesOver: ({ initial }) => initial !== undefined,
    initialKey: ({ initial }) => initial?.key,
    verifiableAs(inputs, state) {
      if (!isAccessToken) return undefined;
      return (state === undefined ? inputs?.initial?.id : state.currentId) ?? undefined;
    },
    inputWarnings(olds, inputs, unknown) {
      const messages = credential.inputWarnings?.(olds, inputs, unknown) ?? [];
      return messages.map((message) => ({ severity: "warning", message }));
    },
    ...(credential.isReadable && { import: replaceImport(credential) }),
  };
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
    unverified: (state, why) => describeUnverifiedKey(wording, state, why),
    lockOut: describeOwnLockOut(),
    deathAtOnce: describeOwnImmediateEnd(),
    takeOver: {
      idInput: initial.id,
      otherwise: `Give ${initial.key ?? initial.id} the key that is current, or leave it out with ${initial.id}: then a new ${short} is created.`,
    },
  };
}

function replaceImport({ fixed, initial }: ReplaceCredential): Import<OwnedState> {
  return {
    parts: [...fixed.map(({ input }) => input), initial.id],
    besides: { name: "imported" },
    inputsOf: ({ fixed: values, settings }) => ({
      ...values,
      ...Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null && value !== "")),
    }),
  };
}
