/** The credentials of a chaos run: several of every kind, and what the program says of each. */
import type { RotatableCredential } from "../../sandbox/rotatable";
import type { Sandbox } from "../../sandbox/sandbox";
import { type Kind, kinds } from "../support/kinds";

export { keepsOlderGrace } from "../support/olderGraces";

/** A credential by its name in the stack, such as "SdkKeyRotation-2". */
export interface Named {
  readonly name: string;
  readonly kind: Kind;
}

export interface ChaosCredential extends Named {
  readonly credential: RotatableCredential;
  /** The key that its consumers hold between two cycles. */
  held: string;
  /** The cycle that rotated it last, or took it over; undefined while it is not in the stack. */
  cycle: number | undefined;
}

/** A resource of the program. */
export interface Resource {
  readonly name: string;
  readonly className: string;
  /** The output that is the key. */
  readonly key: string;
  readonly inputs: object;
  /** Names that it had. */
  readonly aliases?: readonly string[];
}

const OF_EVERY_KIND = [1, 2];

export const everyCredential: readonly Named[] = kinds.flatMap((kind) =>
  OF_EVERY_KIND.map((number) => ({ name: `${kind.credential.className}-${number}`, kind })),
);

export function addEveryCredential(sandbox: Sandbox): ChaosCredential[] {
  return everyCredential.map(({ name, kind }) => {
    const credential = kind.rotatable.add(sandbox, name);
    return { name, kind, credential, held: credential.firstKey, cycle: undefined };
  });
}

/** @param leavesGrace whether the old key is to live on, where the kind has such a choice */
export function resourceOf({ name, kind, credential, cycle }: ChaosCredential, leavesGrace: boolean): Resource {
  const { className, outputs } = kind.credential;
  const [oldKeyExpiry] = leavesGrace && hasGrace(kind) ? kind.graces : kind.noGraces;
  const inputs = { ...credential.identity, triggers: { cycle }, ...(oldKeyExpiry !== undefined && { oldKeyExpiry }) };
  return { name, className, key: outputs.key, inputs };
}

/** Whether an old key of this kind may live on. */
export function hasGrace({ graces }: Kind): boolean {
  return graces.length > 0;
}
