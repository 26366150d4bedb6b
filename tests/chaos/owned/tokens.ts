/** The resources of a chaos run that own their token: what the program says of each, and what it has at the sandbox. */
import type { AccessToken } from "../../../sandbox/accessToken";
import type { Sandbox } from "../../../sandbox/sandbox";
import { markIn } from "../../../provider/model/mark";
import type { Resource } from "../credentials";
import type { OwnedTurn } from "./plan";

export const OWNED_CLASS = "RotatingAccessToken";

export const everyOwned: readonly string[] = [1, 2].map((number) => `${OWNED_CLASS}-${number}`);

/** The inputs that the program gives. */
interface Inputs {
  readonly name: string;
  readonly description: string;
  readonly role: string;
  readonly oldKeyExpiry: string;
  readonly triggers: { readonly cycle: number };
  readonly initialToken?: string;
  readonly initialTokenId?: string;
}

/** A resource, by its name in the stack. */
export interface OwnedResource {
  readonly name: string;
  /** Undefined while it is not in the stack. */
  inputs: Inputs | undefined;
  /** Every key that it ever had: the sandbox forgets those of deleted tokens. */
  readonly keys: Set<string>;
}

export function addEveryOwned(): OwnedResource[] {
  return everyOwned.map((name) => ({ name, inputs: undefined, keys: new Set() }));
}

/** Says what the program asks for in a cycle. A token to take over is made by hand. */
export function take(one: OwnedResource, turn: OwnedTurn, number: number, sandbox: Sandbox): void {
  const { oldKeyExpiry, role, description, takesOver, rotates, leaves } = turn;
  const { name, inputs } = one;
  if (leaves) {
    one.inputs = undefined;
    return;
  }
  const edited = { name, oldKeyExpiry, role, description };
  if (inputs !== undefined) {
    one.inputs = { ...inputs, ...edited, triggers: rotates ? { cycle: number } : inputs.triggers };
    return;
  }
  const byHand = takesOver ? sandbox.createToken({ name: `${name}, made by hand`, role: "writer" }) : undefined;
  const initial = byHand === undefined ? {} : { initialToken: byHand.key, initialTokenId: byHand.id };
  one.inputs = { ...edited, triggers: { cycle: number }, ...initial };
}

export function ownedResourceOf({ name, inputs = {} as Inputs }: OwnedResource): Resource {
  return { name, className: OWNED_CLASS, key: "token", inputs };
}

/** What the resource has at the sandbox: the tokens that bear its mark, and the one that it is to take over. */
export function tokensOf({ name, inputs }: OwnedResource, { store }: Sandbox): AccessToken[] {
  const isIts = ({ id, description }: AccessToken) =>
    id === inputs?.initialTokenId || markIn(description ?? null)?.owner.endsWith(`/${name}`) === true;
  return store.all().filter(isIts);
}

/** The grace that the program gives, in milliseconds. */
export function graceOf(oldKeyExpiry: string): number {
  const [, count, unit] = /^(\d+)([mh])$/.exec(oldKeyExpiry) ?? [];
  return Number(count ?? 0) * (unit === "h" ? 3_600_000 : 60_000);
}
