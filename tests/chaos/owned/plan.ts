/** What happens in a cycle of the chaos run to the resources that own their token, drawn from a seed. */
import fc from "fast-check";

import type { PlannedFault } from "../../../sandbox/faults";
import { ownables } from "../../support/ownable";
import { WHO } from "../../support/routes";
import { body, fault, oneOn, refusal, spoiled } from "../faultDraws";
import { routesOf } from "./tokens";

/**
 * What befalls a resource that is in the stack, and stays:
 *
 * - "taint", "replace": it is replaced, by `pulumi state taint` or in one run by `--replace`
 * - "rename": it gets another name, and the old one as an alias
 * - "move": another one of another name comes, and it goes
 * - "parents": it gets a parent, or loses it, without an alias: another one comes in its place
 * - "handOver": the same, and the other one takes its current token over
 * - "ended", "endsSoon", "endsLate": somebody has given its current token an end, and a refresh notices
 */
export type OwnedEvent =
  "taint" | "replace" | "rename" | "move" | "parents" | "handOver" | "ended" | "endsSoon" | "endsLate";

/** What the program does with a resource. One that is not in the stack comes into it, or stays out if it is to leave. */
export interface OwnedTurn {
  readonly name: string;
  /** Whether it leaves the stack, and is destroyed with all its tokens. */
  readonly leaves: boolean;
  /** Whether a trigger changes. */
  readonly rotates: boolean;
  /** As the program gives them from now on. */
  readonly oldKeyExpiry: string;
  readonly role: string;
  readonly description: string;
  /** Whether it takes a token over, if it comes into the stack. */
  readonly takesOver: boolean;
  readonly event?: OwnedEvent | undefined;
}

/** How LaunchDarkly behaves to tokens in the cycle. */
export interface Account {
  /** If not, a patch of `/expiry` is answered with 422. */
  readonly knowsTokenExpiry: boolean;
  readonly acceptsPastTokenExpiry: boolean;
  readonly replacesWhatIsAbsent: boolean;
  /** How many more tokens the account may have; undefined for any number. A person then asks for more. */
  readonly spareTokens: number | undefined;
}

export interface OwnedPlan {
  readonly turns: readonly OwnedTurn[];
  readonly account: Account;
  readonly faults: readonly PlannedFault[];
  /** Whether one token is not made until the client has given it up: as for a late reset. */
  readonly lateCreation: { readonly route: string; readonly afterRequests: number } | undefined;
  /** Of a window's requests, few enough to be met. */
  readonly rateLimits: Readonly<Record<string, number>>;
  /** Whether `pulumi up` runs on after its success, until nothing is due: what is left to it is then done. */
  readonly settles: boolean;
  /**
   * Whether the state from before the cycle is restored after it, and how `pulumi up` then runs: as it is, with a refresh,
   * or with a refresh and the program of that time. Not if resources come, go, or are replaced in the cycle.
   */
  readonly restores: "up" | "refresh" | "rolledBack" | undefined;
}

const event: fc.Arbitrary<OwnedEvent | undefined> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<OwnedEvent[]>(
      ...["taint" as const, "taint" as const, "replace" as const, "rename" as const, "move" as const],
      ...["parents" as const, "parents" as const],
      ...["handOver" as const, "ended" as const, "endsSoon" as const, "endsLate" as const],
    ),
  },
);

const turn = (name: string): fc.Arbitrary<OwnedTurn> =>
  fc.record({
    name: fc.constant(name),
    leaves: fc.constantFrom(true, ...Array<false>(6).fill(false)),
    rotates: fc.constantFrom(true, true, true, false),
    oldKeyExpiry: fc.constantFrom("1h", "2h", "10m", "immediate"),
    role: fc.constantFrom("writer", "writer", "reader"),
    description: fc.constantFrom("for the chaos run", "for the chaos run", "edited"),
    takesOver: fc.constantFrom(true, false, false),
    event,
  });

const account: fc.Arbitrary<Account> = fc.record({
  knowsTokenExpiry: fc.constantFrom(true, true, false),
  acceptsPastTokenExpiry: fc.boolean(),
  replacesWhatIsAbsent: fc.boolean(),
  spareTokens: fc.constantFrom(undefined, undefined, undefined, undefined, 0, 1),
});

/** The answer with the ending of a key alone. */
const ending = fc.constant(body({ token: "ab12", value: "sdk-****-ab12" }));

const spoiledCreation = fc.oneof({ weight: 4, arbitrary: spoiled }, ending);

/** The routes of what the named resources own, by what they do. */
function routesOfAll(names: readonly string[]) {
  const all = names.map(routesOf);
  const each = (verb: keyof (typeof all)[number]) => [...new Set(all.map((routes) => routes[verb]))];
  return {
    ...{ create: each("create"), change: each("change"), remove: each("remove") },
    ...{ list: each("list"), show: each("show") },
  };
}

function faultOrTwo({ create, change, remove, list, show }: ReturnType<typeof routesOfAll>) {
  const swept = [...list, ...remove];
  /** The answer to the creation is lost, and so is what is asked to make up for it. */
  const unswept: fc.Arbitrary<PlannedFault[]> = fc.tuple(
    fault("after", create, spoiledCreation),
    fc.oneof(fault("before", swept, refusal), fault("after", swept, spoiled)),
  );
  return fc.oneof(
    { weight: 5, arbitrary: oneOn(create, spoiledCreation) },
    { weight: 4, arbitrary: oneOn(change, spoiled) },
    { weight: 2, arbitrary: oneOn(remove, spoiled) },
    { weight: 1, arbitrary: oneOn(list, spoiled) },
    { weight: 1, arbitrary: oneOn([WHO, ...show], spoiled) },
    { weight: 3, arbitrary: unswept },
  );
}

const LOOKS = new Set(Object.values(ownables).map(({ routes }) => routes.show));

/** What LaunchDarkly says of a token twice is so: only a token that is gone is not found by a look at it. */
export function isFalse({ route, fault: planned }: PlannedFault): boolean {
  return route !== undefined && LOOKS.has(route) && planned.kind === "status" && planned.status === 404;
}

/** @param names the resources that have a turn */
export function ownedPlan(names: readonly string[]): fc.Arbitrary<OwnedPlan> {
  const routes = routesOfAll(names);
  const lateCreation = fc.record({
    route: fc.constantFrom(...routes.create),
    afterRequests: fc.integer({ min: 1, max: 9 }),
  });
  const atMost = (some: readonly string[], max: number) =>
    Object.fromEntries(some.map((route) => [route, fc.integer({ min: 1, max })]));
  const limits: fc.Arbitrary<Record<string, number>> = fc.record({
    ...atMost(routes.create, 2),
    ...atMost(routes.change, 3),
  });
  return fc.record({
    turns: fc.tuple(...names.map(turn)),
    account,
    faults: fc
      .array(faultOrTwo(routes), { maxLength: 3 })
      .map((drawn) => drawn.flat().filter((planned) => !isFalse(planned))),
    lateCreation: fc.oneof({ weight: 1, arbitrary: lateCreation }, { weight: 7, arbitrary: fc.constant(undefined) }),
    rateLimits: fc.oneof({ weight: 1, arbitrary: limits }, { weight: 14, arbitrary: fc.constant({}) }),
    settles: fc.constantFrom(true, false, false),
    restores: fc.constantFrom(undefined, undefined, "up" as const, "refresh" as const, "rolledBack" as const),
  });
}
