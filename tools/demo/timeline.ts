/** What happened in the demo, as data: the lives of the keys, and what their consumers saw of them. */

export interface KeyLife {
  /** The last four characters of the key. */
  readonly ending: string;
  /** Epoch milliseconds, as all times here. */
  readonly bornAt: number;
  /** When LaunchDarkly is to refuse it; undefined while it is current. */
  readonly expiresAt: number | undefined;
  /** When the consumer took it up and put it down; undefined if it never did, or still uses it. */
  readonly usedFrom: number | undefined;
  readonly usedUntil: number | undefined;
}

export interface CredentialLife {
  /** Such as "SDK key". */
  readonly name: string;
  /** Who uses its keys, such as "server". */
  readonly user: string;
  /** How it gets another key: by a reset, or with another token that the stack creates, as it does with the first. */
  readonly renewal: "reset" | "creation";
  /** Oldest first. */
  readonly keys: readonly KeyLife[];
  /** How often the user used them, and how often in vain. */
  readonly uses: string;
}

export interface Timeline {
  readonly from: number;
  readonly until: number;
  readonly credentials: readonly CredentialLife[];
}

export interface Mark {
  readonly at: number;
  readonly kind: CredentialLife["renewal"] | "switch" | "death";
  readonly credential: CredentialLife;
  /** The key it happens to: the new one of a reset, a creation or a switch, the old one of a death. */
  readonly key: KeyLife;
}

/** Everything that happened to a credential, in order. */
export function marksOf(credential: CredentialLife): Mark[] {
  const { renewal, keys } = credential;
  const all = keys.flatMap((key, index): (Mark | undefined)[] => {
    // The first key of what is reset was there, and in use, before the demo began.
    const isNew = index > 0 || renewal === "creation";
    return [
      isNew ? { at: key.bornAt, kind: renewal, credential, key } : undefined,
      isNew && key.usedFrom !== undefined ? { at: key.usedFrom, kind: "switch", credential, key } : undefined,
      key.expiresAt === undefined ? undefined : { at: key.expiresAt, kind: "death", credential, key },
    ];
  });
  return inOrder(all.filter((mark) => mark !== undefined));
}

/** Everything that happened, in order. */
export function marks({ credentials }: Timeline): Mark[] {
  return inOrder(credentials.flatMap(marksOf));
}

/** Seconds since the start, as the pictures label them. */
export function seconds({ from }: Timeline, at: number): string {
  return `${((at - from) / 1000).toFixed(1)} s`;
}

export function describe({ kind, credential: { name, user }, key: { ending } }: Mark): string {
  switch (kind) {
    case "reset":
      return `${name}: reset, the new key ends in ${ending}`;
    case "creation":
      return `${name}: created, its key ends in ${ending}`;
    case "switch":
      return `${name}: the ${user} switches to the key ending in ${ending}`;
    case "death":
      return `${name}: the key ending in ${ending} dies`;
  }
}

export function describeUses({ name, uses }: CredentialLife): string {
  return `${name}: ${uses}`;
}

function inOrder(unordered: Mark[]): Mark[] {
  return unordered.sort((a, b) => a.at - b.at);
}
