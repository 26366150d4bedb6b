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

/** The key of a token that consumers have got. */
export interface HeldToken {
  /** When its successor was made, by LaunchDarkly's clock; undefined while it has none. */
  replacedAt: number | undefined;
  /** The shortest grace that the program has given since, in milliseconds. */
  leastGrace: number;
}

export interface OwnedResource {
  /** By which plans name it. */
  readonly slot: string;
  /** Its name in the stack. */
  name: string;
  /** Whether the program gives its other name as an alias. */
  hasAlias: boolean;
  /** Undefined while it is not in the stack. */
  inputs: Inputs | undefined;
  /** Every key that it ever had: the sandbox forgets those of deleted tokens. */
  readonly keys: Set<string>;
  /** By the ids of the tokens. */
  readonly held: Map<string, HeldToken>;
  /** The ends that somebody else has set, by the ids of the tokens. */
  readonly foreignEnds: Map<string, number>;
  /** The ids of tokens that have ended as they should: a state may still say otherwise, and a clock may be put back. */
  readonly over: Set<string>;
}

export function addEveryOwned(): OwnedResource[] {
  return everyOwned.map((slot): OwnedResource => {
    const none = {
      keys: new Set<string>(),
      held: new Map<string, HeldToken>(),
      foreignEnds: new Map<string, number>(),
      over: new Set<string>(),
    };
    return { slot, name: slot, hasAlias: false, inputs: undefined, ...none };
  });
}

/** The name that the resource gets, or had. */
function otherName({ slot, name }: OwnedResource): string {
  return name === slot ? `${slot}-renamed` : slot;
}

export interface CurrentToken {
  readonly key: string | null;
  readonly id: string | null;
}

/**
 * Says what the program asks for in a cycle. A token to take over is made by hand.
 *
 * @param current what the state holds
 */
export function take(
  one: OwnedResource,
  turn: OwnedTurn,
  number: number,
  sandbox: Sandbox,
  current?: CurrentToken,
): void {
  const { oldKeyExpiry, role, description, takesOver, rotates, leaves, event } = turn;
  const { inputs } = one;
  if (leaves) {
    one.inputs = undefined;
    one.hasAlias = false;
    return;
  }
  const edited = { name: one.slot, oldKeyExpiry, role, description };
  if (inputs !== undefined) {
    const { initialToken, initialTokenId, ...others } = inputs;
    // A token that is rotated since is not taken over again: a person removes these inputs.
    const isKept = initialTokenId !== undefined && initialTokenId === current?.id && initialToken !== undefined;
    const initial = isKept ? { initialToken, initialTokenId } : {};
    one.inputs = { ...others, ...initial, ...edited, triggers: rotates ? { cycle: number } : inputs.triggers };
    if (event === "rename" || event === "move" || event === "handOver") {
      one.name = otherName(one);
      one.hasAlias = event === "rename";
    }
    if (event === "move") one.inputs = { ...edited, triggers: { cycle: number } };
    if (event === "handOver") {
      const { key, id } = current ?? {};
      one.inputs = { ...edited, triggers: { cycle: number }, initialToken: String(key), initialTokenId: String(id) };
    }
    return;
  }
  one.hasAlias = false;
  const byHand = takesOver ? sandbox.createToken({ name: `${one.slot}, made by hand`, role: "writer" }) : undefined;
  const initial = byHand === undefined ? {} : { initialToken: byHand.key, initialTokenId: byHand.id };
  one.inputs = { ...edited, triggers: { cycle: number }, ...initial };
}

export function ownedResourceOf(one: OwnedResource): Resource {
  const { name, inputs = {} as Inputs, hasAlias } = one;
  return { name, className: OWNED_CLASS, key: "token", inputs, aliases: hasAlias ? [otherName(one)] : [] };
}

/** What a state holds of the resource, also by the name from which it is being renamed. */
export function savedOf<Saved>(one: OwnedResource, saved: ReadonlyMap<string, Saved> | undefined): Saved | undefined {
  return saved?.get(one.name) ?? (one.hasAlias ? saved?.get(otherName(one)) : undefined);
}

/** What the resource has at the sandbox: the tokens that bear its mark, and the one that it is to take over. */
export function tokensOf({ slot, inputs }: OwnedResource, { store }: Sandbox): AccessToken[] {
  const isIts = ({ id, description }: AccessToken) => {
    const owner = markIn(description ?? null)?.owner;
    return id === inputs?.initialTokenId || owner?.endsWith(`/${slot}`) || owner?.endsWith(`/${slot}-renamed`);
  };
  return store.all().filter(isIts);
}

/** The grace that the program gives, in milliseconds. */
export function graceOf(oldKeyExpiry: string): number {
  const [, count, unit] = /^(\d+)([mh])$/.exec(oldKeyExpiry) ?? [];
  return Number(count ?? 0) * (unit === "h" ? 3_600_000 : 60_000);
}
