/**
 * The mark at the end of an owned token's description, such as `[Pulumi shop/production/ci 9f86d081884c7d65 #3]`. By it
 * a stack finds a token again that it made without ever getting the key.
 */

export interface Mark {
  /** Whose token it is, for a person: organization, project, stack and name. */
  readonly owner: string;
  /** What tells the resource from all others, for as long as it lives. */
  readonly nonce: string;
  /** The how many-th token of the resource it is. 0 was taken over. */
  readonly number: number;
}

const MARK = /^([\s\S]*?)\s*\[Pulumi (.+) ([0-9a-f]{16}) #(\d{1,9})\]\s*$/;

/** The description of a token: what the program says of it, and the mark. */
export function describe(text: string, { owner, nonce, number }: Mark): string {
  const mark = `[Pulumi ${owner} ${nonce} #${number}]`;
  return text === "" ? mark : `${text} ${mark}`;
}

/** The mark in a description; undefined if there is none. */
export function markIn(description: string | null): Mark | undefined {
  const [, , owner, nonce, number] = MARK.exec(description ?? "") ?? [];
  return owner === undefined || nonce === undefined ? undefined : { owner, nonce, number: Number(number) };
}

/** What stands before the mark. */
export function textOf(description: string | null): string {
  return MARK.exec(description ?? "")?.[1] ?? description ?? "";
}

/** What Pulumi calls the organization of every stack in a backend that has none. */
const NO_ORGANIZATION = "organization/";

/** What every URN begins with. */
const URN = "urn:pulumi:";

/**
 * How a mark names a resource: `organization/project/stack/name`, with the types of its parents before the name. Without
 * the organization in a backend that has none.
 *
 * @param owner the organization and the URN, such as
 * `acme/urn:pulumi:production::shop::a:b:C$pulumi-nodejs:dynamic/launchdarkly:RotatingAccessToken::ci`
 */
export function ownerOf(owner: string): string {
  const urn = owner.indexOf(URN);
  const organization = owner.slice(0, urn);
  const [stack = "", project = "", types = "", ...name] = owner.slice(urn + URN.length).split("::");
  const parents = types.split("$").slice(0, -1);
  const prefix = organization === NO_ORGANIZATION ? "" : organization;
  return `${prefix}${project}/${stack}/${[...parents, name.join("::")].join("$")}`;
}

/** The URN of an owner. */
export function urnIn(owner: string): string {
  return owner.slice(owner.indexOf(URN));
}

/** Makes the nonce of a new resource: 16 hexadecimal digits. */
export function newNonce(random: () => number): string {
  const digits = () =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, "0");
  return digits() + digits();
}
