/** What happened in the demo, as data: the lives of the keys, and what the consumer saw of them. */

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

export interface Timeline {
  readonly from: number;
  readonly until: number;
  /** Oldest first. */
  readonly keys: readonly KeyLife[];
  /** The consumer's calls. */
  readonly calls: number;
  readonly rejected: number;
}

export interface Mark {
  readonly at: number;
  readonly kind: "reset" | "switch" | "death";
  /** The key it happens to: the new one of a reset or a switch, the old one of a death. */
  readonly key: KeyLife;
}

/** Everything that happened, in order. */
export function marks({ keys }: Timeline): Mark[] {
  const all = keys.flatMap((key, index): (Mark | undefined)[] => [
    index > 0 ? { at: key.bornAt, kind: "reset", key } : undefined,
    index > 0 && key.usedFrom !== undefined ? { at: key.usedFrom, kind: "switch", key } : undefined,
    key.expiresAt === undefined ? undefined : { at: key.expiresAt, kind: "death", key },
  ]);
  return all.filter((mark) => mark !== undefined).sort((a, b) => a.at - b.at);
}

/** Seconds since the start, as the pictures label them. */
export function seconds({ from }: Timeline, at: number): string {
  return `${((at - from) / 1000).toFixed(1)} s`;
}

export function describe(mark: Mark): string {
  switch (mark.kind) {
    case "reset":
      return `reset: the new key ends in ${mark.key.ending}`;
    case "switch":
      return `the consumer switches to the key ending in ${mark.key.ending}`;
    case "death":
      return `the key ending in ${mark.key.ending} dies`;
  }
}
