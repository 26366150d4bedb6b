/** Hooks `onError` of a chaos cycle that never give up, and what stays as it is meanwhile: drawn from a seed. */
import fc from "fast-check";

import type { Fault, PlannedFault } from "../../sandbox/faults";
import type { OwnableRoutes } from "../support/ownable";
import type { Kind } from "../support/kinds";
import { WHO } from "../support/routes";
import { body } from "./faultDraws";
import type { Kill } from "./plan";

export interface Hooks {
  /** What the run with the hooks meets, and no run after it. */
  readonly faults: readonly PlannedFault[];
  /** Whether each try takes seconds, and the run takes minutes. */
  readonly isSlow: boolean;
  /** Whether the run may be killed. If not, the kills of the plan strike the runs after it. */
  readonly isKilled: boolean;
}

/** What the resources of a cycle ask LaunchDarkly for. */
export interface Asking {
  /** Of those that are reset. */
  readonly kinds: readonly Kind[];
  /** Of those that own their token. */
  readonly owned: readonly OwnableRoutes[];
  /** Whether any of them proves its new key. */
  readonly proves: boolean;
}

/** The answer is gone, whatever became of the request. */
const lost: fc.Arbitrary<Fault> = fc.constantFrom<Fault[]>(
  { kind: "drop" },
  { kind: "truncate" },
  { kind: "notJson" },
  { kind: "status", status: 500 },
  body({}),
);

/** An answer for which no try waits. */
const refusal = fc.constantFrom(400, 401, 403, 404).map((status): Fault => ({ kind: "status", status }));

const outage: fc.Arbitrary<Fault> = fc.constantFrom<Fault[]>(
  { kind: "drop" },
  ...[500, 502, 503].map((status) => ({ kind: "status" as const, status })),
);

/** What a look is answered: one that is not found twice is gone. */
const hidden = fc.constantFrom(400, 401, 403).map((status): Fault => ({ kind: "status", status }));

/** How often a fault strikes: until the hooks must give up, or so often that a try succeeds at last. */
const forEver = fc.constant(Infinity);
const forLong = fc.constantFrom(12, 40, Infinity);

function staying(
  when: PlannedFault["when"],
  routes: readonly string[],
  kinds: fc.Arbitrary<Fault>,
  more: { times?: fc.Arbitrary<number>; skip?: fc.Arbitrary<number> } = {},
): fc.Arbitrary<PlannedFault> {
  const { times = forEver, skip = fc.constant(0) } = more;
  return fc.record({ route: fc.constantFrom(...routes), when: fc.constant(when), fault: kinds, times, skip });
}

/** The first request of a run is to tell whose key the stack's is. */
const afterTheFirst = fc.constantFrom(1, 1, 1, 1, 2);
/** A look comes before the request that changes something, or only after it. */
const later = fc.constantFrom(0, 1, 1);

/** What stays, and no try waits for it. */
function fast({ kinds, owned, proves }: Asking): fc.Arbitrary<readonly PlannedFault[]>[] {
  const one = (fault: fc.Arbitrary<PlannedFault>) => fault.map((planned) => [planned]);
  const draws: fc.Arbitrary<readonly PlannedFault[]>[] = [];
  if (proves) {
    const notRetried = fc.constantFrom(400, 403, 404).map((status): Fault => ({ kind: "status", status }));
    draws.push(one(staying("before", [WHO], notRetried, { skip: afterTheFirst })));
  }
  if (kinds.length > 0) {
    const resets = kinds.map(({ RESET }) => RESET);
    const inDoubt = fc
      .constantFrom(...kinds)
      .chain(({ RESET, LOOK }) =>
        fc.tuple(staying("after", [RESET], lost), staying("before", [LOOK], hidden, { skip: later })),
      );
    draws.push(one(staying("after", resets, lost)), inDoubt, one(staying("before", resets, refusal)));
  }
  if (owned.length > 0) {
    const inDoubt = fc.constantFrom(...owned).chain(({ create, list, show }) => {
      // One that has the identifier already is refused, and looked at.
      const once = staying("after", [create], lost, { times: fc.constant(1) });
      return fc.tuple(once, ...[list, show].map((route) => staying("before", [route], hidden, { skip: later })));
    });
    const changing = owned.flatMap(({ create, change, remove }) => [create, change, remove]);
    draws.push(inDoubt, one(staying("before", changing, refusal)));
  }
  return draws;
}

/** What stays, and each try waits for it a while. */
function slow({ kinds, owned, proves }: Asking): fc.Arbitrary<readonly PlannedFault[]>[] {
  const skip = fc.integer({ min: 0, max: 6 });
  const everything = fc.record({ when: fc.constant("before" as const), fault: outage, times: forLong, skip });
  const refused: Fault = { kind: "status", status: 401 };
  const draws: fc.Arbitrary<PlannedFault>[] = [everything];
  if (proves) {
    draws.push(staying("before", [WHO], fc.constant(refused), { skip: afterTheFirst, times: forLong }));
  }
  const looks = [...kinds.map(({ LOOK }) => LOOK), ...owned.flatMap(({ list, show, change }) => [list, show, change])];
  draws.push(staying("before", looks, outage, { skip: later, times: forLong }));
  if (owned.length > 0) {
    const creations = owned.map(({ create }) => create);
    draws.push(staying("after", creations, lost, { times: forLong }));
  }
  return draws.map((fault) => fault.map((planned) => [planned]));
}

/** Hooks that never give up, in one cycle of six. */
export function drawHooks(asking: Asking): fc.Arbitrary<Hooks | undefined> {
  const hooks = (draws: readonly fc.Arbitrary<readonly PlannedFault[]>[], isSlow: boolean) => {
    const isKilled = fc.constantFrom(true, false, false, false);
    return fc.record({ faults: fc.oneof(...draws), isSlow: fc.constant(isSlow), isKilled });
  };
  return fc.oneof(
    { weight: 25, arbitrary: fc.constant(undefined) },
    { weight: 4, arbitrary: hooks(fast(asking), false) },
    { weight: 1, arbitrary: hooks(slow(asking), true) },
  );
}

/**
 * The kills of a cycle with hooks. The engine goes on with a provider that was killed until it gives up, and drops what is
 * saved, where nothing of ours runs any more: so the CLI is killed as well. By then the hooks have asked for some tries.
 */
export function killsWithHooks({ isKilled }: Hooks, kills: readonly (Kill | undefined)[]): (Kill | undefined)[] {
  const [first, ...others] = kills;
  if (!isKilled || first === undefined) return [undefined, ...kills];
  const { victim, afterRequests } = first;
  const later = afterRequests === undefined ? {} : { afterRequests: 8 * afterRequests };
  return [{ ...first, ...later, victim: victim === "provider" ? "both" : victim }, ...others];
}
