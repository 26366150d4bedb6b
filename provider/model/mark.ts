/**
 * The mark at the end of an owned record's description, such as `[Pulumi shop/production/ci 9f86d081884c7d65 #3-5f3a09bc]`.
 * By it a stack finds a record again that it made without ever getting the key.
 */
import { createHash } from "node:crypto";

import type { Json } from "./json";

export interface Mark {
  /** Whose record it is, for a person: organization, project, stack and name. */
  readonly owner: string;
  /** What tells the resource from all others, for as long as it lives. */
  readonly nonce: string;
  /** Sequence number of the record in its resource; 0 if it was taken over, or handed on by a resource that was replaced. */
  readonly number: number;
  /** What tells the rotation that made it from all others; undefined if it was not made by one, or by an older release. */
  readonly attempt?: string | undefined;
}

const BEGINNING = "[Pulumi ";

/** The end of a mark: at most 39 characters. */
const END = / ([0-9a-f]{16}) #(\d{1,9})(?:-([0-9a-f]{8}))?\]$/;
const LONGEST_END = 39;

/**
 * The mark, and what stands before it; undefined if there is none. Anybody in the account may have written the
 * description, so the time that this takes grows no faster than its length: no pattern but the bounded one of the end.
 */
function read(description: string | null): { readonly text: string; readonly mark: Mark } | undefined {
  const trimmed = (description ?? "").trimEnd();
  const [end = "", nonce, number, attempt] = END.exec(trimmed.slice(-LONGEST_END)) ?? [];
  if (nonce === undefined) return undefined;
  const rest = trimmed.slice(0, -end.length);
  // A mark has one line.
  const line = Math.max(...["\n", "\r", "\u2028", "\u2029"].map((character) => rest.lastIndexOf(character))) + 1;
  const start = rest.indexOf(BEGINNING, line);
  const owner = rest.slice(start + BEGINNING.length);
  if (start < 0 || owner === "") return undefined;
  const mark = { owner, nonce, number: Number(number), ...(attempt !== undefined && { attempt }) };
  return { text: rest.slice(0, start).trimEnd(), mark };
}

/** The description of a record: what the program says of it, and the mark. */
export function describe(text: string, { owner, nonce, number, attempt }: Mark): string {
  const mark = `${BEGINNING}${owner} ${nonce} #${number}${attempt === undefined ? "" : `-${attempt}`}]`;
  return text === "" ? mark : `${text} ${mark}`;
}

/** The mark in a description; undefined if there is none. */
export function markIn(description: string | null): Mark | undefined {
  return read(description)?.mark;
}

/** What stands before the mark. */
export function textOf(description: string | null): string {
  return read(description)?.text ?? description ?? "";
}

/** What Pulumi calls the organization of every stack in a backend that has none. */
const NO_ORGANIZATION = "organization/";

/** What a host says that does not know the organization: two stacks of one name may then be of two organizations. */
const UNKNOWN_ORGANIZATION = "/";

/** What every URN begins with. */
const URN = "urn:pulumi:";

export interface StackPlace {
  /** As marks write it: `organization/project/stack/`, or without the organization if there is none, or it is not known. */
  readonly stack: string;
  /** Whether no other stack is called so. */
  readonly isOrganizationKnown: boolean;
}

/** What is known of a resource by its organization and its URN. */
export interface Place extends StackPlace {
  /** The types of the resource's parents, from the outermost. */
  readonly parents: readonly string[];
  readonly name: string;
}

/**
 * @param owner the organization and the URN, with nothing before the slash if the organization is not known, such as
 * `acme/urn:pulumi:production::shop::a:b:C$pulumi-nodejs:dynamic/launchdarkly:RotatingAccessToken::ci`
 */
export function placeOf(owner: string): Place {
  const urn = owner.indexOf(URN);
  const organization = owner.slice(0, urn);
  const [stack = "", project = "", types = "", ...name] = owner.slice(urn + URN.length).split("::");
  const prefix = [NO_ORGANIZATION, UNKNOWN_ORGANIZATION].includes(organization) ? "" : organization;
  return {
    stack: `${prefix}${project}/${stack}/`,
    isOrganizationKnown: isOrganizationKnown(owner),
    parents: types.split("$").slice(0, -1),
    name: name.join("::"),
  };
}

/**
 * How a mark names a resource: `organization/project/stack/name`, with the types of its parents before the name.
 *
 * @param owner the organization and the URN
 * @param before how the resource's own mark names it so far: a host that does not know the organization keeps what it says
 */
export function ownerOf(owner: string, before?: string): string {
  const place = placeOf(owner);
  const within = [...place.parents, place.name].join("$");
  const isKnown = before !== undefined && !place.isOrganizationKnown && withinStack(before, place) === within;
  return isKnown ? before : `${place.stack}${within}`;
}

/** What a mark's owner has before the stack where the host does not know it. */
const SOME_ORGANIZATION = /^[^/]+\/$/;

/**
 * What stands behind the stack in the owner of a mark, with which the parents and the name of a resource begin; undefined if it
 * is of another stack. Where the host does not know the organization, stacks of this name in each count as this one.
 */
export function withinStack(owner: string, { stack, isOrganizationKnown: isKnown }: StackPlace): string | undefined {
  if (owner.startsWith(stack)) return owner.slice(stack.length);
  const organization = owner.slice(0, owner.indexOf("/") + 1);
  const isOfSome = !isKnown && SOME_ORGANIZATION.test(organization) && owner.startsWith(stack, organization.length);
  return isOfSome ? owner.slice(organization.length + stack.length) : undefined;
}

/** Whether a mark that names the same owner is of the same stack. @param owner the organization and the URN */
export function isOrganizationKnown(owner: string): boolean {
  return !owner.startsWith(UNKNOWN_ORGANIZATION);
}

/** How long the readable part of an identifier may get. */
const LONGEST_PREFIX = 80;

/**
 * How the identifiers of a resource's records begin, where the program does not say: project, stack and name, for people,
 * and what tells it from others that read alike.
 *
 * @param owner the organization and the URN
 */
export function identifierPrefix(owner: string): string {
  const { stack, name } = placeOf(owner);
  const [project = "", stackName = ""] = stack.split("/").slice(-3);
  const readable = [project, stackName, name].join("-").replace(/[^A-Za-z0-9._-]+/g, "-");
  const beginning = readable.replace(/^[^A-Za-z0-9]+/, "").slice(0, LONGEST_PREFIX);
  const hash = createHash("sha256").update(owner).digest("hex").slice(0, 8);
  return beginning === "" ? hash : `${beginning}-${hash}`;
}

/** The URN of an owner. */
export function urnIn(owner: string): string {
  return owner.slice(owner.indexOf(URN));
}

/** Makes the nonce of a new resource: 16 hexadecimal digits. */
export function newNonce(random: () => number): string {
  return digits(random) + digits(random);
}

/** What a rotation makes a record for, besides its owner and its number. */
export interface Purpose {
  readonly triggers: Json;
  /** What only its creation may say. */
  readonly atCreation?: Readonly<Record<string, Json | undefined>> | undefined;
}

/**
 * What tells a rotation from others where the same one is to be found again: 8 hexadecimal digits, the same for the same
 * purpose.
 */
export function attemptFor(owner: string, { triggers, atCreation }: Purpose, number: number): string {
  return createHash("sha256")
    .update(JSON.stringify([owner, triggers, number, ...(atCreation === undefined ? [] : [atCreation])]))
    .digest("hex")
    .slice(0, 8);
}

/** Makes what tells a rotation from all others: 8 hexadecimal digits. */
export function newAttempt(random: () => number): string {
  return digits(random);
}

function digits(random: () => number): string {
  return Math.floor(random() * 2 ** 32)
    .toString(16)
    .padStart(8, "0");
}
