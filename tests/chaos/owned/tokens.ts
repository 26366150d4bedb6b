/** The resources of a chaos run that own their token: what the program says of each, and what it has at the sandbox. */
import assert from "node:assert/strict";

import type { Sandbox } from "../../../sandbox/sandbox";
import { markIn } from "../../../provider/model/mark";
import type { ReplaceCredential } from "../../../provider/model/credential";
import { credentialsOfStacks } from "../../support/kinds";
import { type Made, type OwnablePlace, type OwnableRecord, type OwnableRoutes, ownables } from "../../support/ownable";
import type { Resource } from "../credentials";
import type { OwnedTurn } from "./plan";

export const ownedClasses: readonly string[] = credentialsOfStacks.map(({ className }) => className);

const NUMBERS = [1, 2];

export const everyOwned: readonly string[] = ownedClasses.flatMap((className) =>
  NUMBERS.map((number) => `${className}-${number}`),
);

/** The class of a resource, by its name in the stack; undefined for one that is reset. */
export function ownedClassOf(name: string): ReplaceCredential | undefined {
  return credentialsOfStacks.find(({ className }) => name.startsWith(`${className}-`));
}

export function routesOf(name: string): OwnableRoutes {
  return (ownables[ownedClassOf(name)?.className ?? ""] ?? assert.fail(name)).routes;
}

/** What the program asks for. */
interface Asked {
  readonly description: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly oldKeyExpiry: string;
  readonly triggers: { readonly cycle: number };
  /** What it is to take over. */
  readonly initial?: Made | undefined;
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
  readonly credential: ReplaceCredential;
  readonly routes: OwnableRoutes;
  /** Where its tokens are, together with those of others. */
  readonly place: OwnablePlace;
  /** Its name in the stack, with what tells that it has a parent. */
  name: string;
  /** Whether the program gives its other name as an alias. */
  hasAlias: boolean;
  /** Undefined while it is not in the stack. */
  inputs: Asked | undefined;
  /** Every key that it ever had: the sandbox forgets those of deleted tokens. */
  readonly keys: Set<string>;
  /** By the ids of the tokens. */
  readonly held: Map<string, HeldToken>;
  /** The ends that somebody else has set, by the ids of the tokens. */
  readonly foreignEnds: Map<string, number>;
  /** The ids of tokens that have ended as they should: a state may still say otherwise, and a clock may be put back. */
  readonly over: Set<string>;
}

export function addEveryOwned(sandbox: Sandbox): OwnedResource[] {
  return credentialsOfStacks.flatMap((credential) => {
    const { className } = credential;
    const { routes, place: placeOf } = ownables[className] ?? assert.fail(className);
    // All resources of a class have theirs in one place, where only the marks tell them apart.
    const place = placeOf(sandbox, className);
    return NUMBERS.map((number): OwnedResource => {
      const slot = `${className}-${number}`;
      const none = {
        keys: new Set<string>(),
        held: new Map<string, HeldToken>(),
        foreignEnds: new Map<string, number>(),
        over: new Set<string>(),
      };
      return { slot, credential, routes, place, name: slot, hasAlias: false, inputs: undefined, ...none };
    });
  });
}

/** The settings that the program gives: a role where there is one, and otherwise another name. */
function settingsOf({ slot, place }: OwnedResource, role: string): Asked["settings"] {
  if ("role" in place.inputs) return { role };
  return { name: role === "writer" ? slot : `${slot} for ${role}s` };
}

/** Behind the name of a resource that has a parent. */
export const BELOW_PARENT = "/team";

const RENAMED = "-renamed";

/** The same with a suffix, or without it. */
function toggled(name: string, suffix: string): string {
  return name.endsWith(suffix) ? name.slice(0, -suffix.length) : `${name}${suffix}`;
}

/** The name that the resource gets, or had. */
function otherName({ name }: OwnedResource): string {
  const [plain = "", below] = name.split("/");
  return `${toggled(plain, RENAMED)}${below === undefined ? "" : BELOW_PARENT}`;
}

export function urnOf({ credential, name }: OwnedResource): string {
  const parent = name.endsWith(BELOW_PARENT) ? "chaos:index:Team$" : "";
  const [plain = ""] = name.split("/");
  return `urn:pulumi:dev::chaos::${parent}pulumi-nodejs:dynamic/launchdarkly:${credential.className}::${plain}`;
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
  const edited = { settings: settingsOf(one, role), oldKeyExpiry, description };
  if (inputs !== undefined) {
    const { initial, triggers } = inputs;
    // A token that is rotated since is not taken over again: a person removes these inputs.
    const isKept = initial !== undefined && initial.id === current?.id;
    one.inputs = { ...edited, initial: isKept ? initial : undefined, triggers: rotates ? { cycle: number } : triggers };
    if (event === "rename" || event === "move" || event === "handOver") {
      one.name = otherName(one);
      one.hasAlias = event === "rename";
    }
    if (event === "parents") one.name = toggled(one.name, BELOW_PARENT);
    if (event === "move" || event === "parents") one.inputs = { ...edited, triggers: { cycle: number } };
    if (event === "handOver") {
      const { key, id } = current ?? {};
      one.inputs = { ...edited, triggers: { cycle: number }, initial: { id: String(id), key: String(key) } };
    }
    return;
  }
  one.hasAlias = false;
  const initial = takesOver ? one.place.byHand(`${one.slot}, made by hand`) : undefined;
  one.inputs = { ...edited, triggers: { cycle: number }, initial };
}

export function ownedResourceOf(one: OwnedResource): Resource {
  const { slot, name, inputs: asked = assert.fail(one.name), hasAlias, place } = one;
  const { settings, initial, description, oldKeyExpiry, triggers } = asked;
  const takingOver = initial === undefined ? {} : place.takingOver(initial);
  const inputs = { ...place.inputs, name: slot, ...settings, description, oldKeyExpiry, triggers, ...takingOver };
  const { className, outputs } = one.credential;
  return { name, className, key: outputs.key, inputs, aliases: hasAlias ? [otherName(one)] : [] };
}

/** What a state holds of the resource, also by the name from which it is being renamed. */
export function savedOf<Saved>(one: OwnedResource, saved: ReadonlyMap<string, Saved> | undefined): Saved | undefined {
  return saved?.get(one.name) ?? (one.hasAlias ? saved?.get(otherName(one)) : undefined);
}

/** What the resource has at the sandbox: the tokens that bear its mark, and the one that it is to take over. */
export function tokensOf({ slot, inputs, place }: OwnedResource): OwnableRecord[] {
  const isIts = ({ id, description }: OwnableRecord) => {
    const owner = markIn(description ?? null)?.owner;
    const name = owner?.split(/[/$]/).at(-1);
    return id === inputs?.initial?.id || name === slot || name === `${slot}${RENAMED}`;
  };
  return place.records().filter(isIts);
}

export function tokenOf({ place }: OwnedResource, id: string): OwnableRecord | undefined {
  return place.records().find((one) => one.id === id);
}

/** Whether the same request may be sent twice and makes one token: then none is ever lost, and none is made twice. */
export function isRepeatable({ credential }: OwnedResource): boolean {
  return credential.identifier !== undefined;
}

/** The grace that the program gives, in milliseconds. */
export function graceOf(oldKeyExpiry: string): number {
  const [, count, unit] = /^(\d+)([mh])$/.exec(oldKeyExpiry) ?? [];
  return Number(count ?? 0) * (unit === "h" ? 3_600_000 : 60_000);
}
