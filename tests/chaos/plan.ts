/** What happens in a cycle of the chaos run, drawn from a seed. */
import fc from "fast-check";

import type { PlannedFault } from "../../sandbox/faults";
import type { RateLimits } from "../../sandbox/rateLimits";
import { type Kind, kinds } from "../support/kinds";
import { WHO } from "../support/routes";
import { everyCredential } from "./credentials";
import { body, fault, oneOn, refusal, spoiled } from "./faultDraws";
import { drawHooks, type Hooks, killsWithHooks } from "./hooks";
import { isFalse, type OwnedPlan, ownedPlan } from "./owned/plan";
import { everyOwned, ownedClasses, ownedClassOf, routesOf } from "./owned/tokens";

export interface Kill {
  readonly victim: "provider" | "cli" | "both";
  /** How many requests of the run it lets arrive before it gets ready; undefined, it is ready when the CLI starts. */
  readonly afterRequests?: number;
  /** How long it waits then before it strikes, in milliseconds: up to the time when the state is written. */
  readonly delayMs: number;
}

export interface Plan {
  /** The names of the credentials that the stack rotates, or takes over where it does not have them yet. */
  readonly credentials: readonly string[];
  /** Whether those of earlier cycles stay in the stack, with nothing due. */
  readonly othersStay: boolean;
  /** Whether old keys are to live on, where the kind has such a choice. */
  readonly leavesGrace: boolean;
  readonly faults: readonly PlannedFault[];
  /** One for the first run, and one for each run after it. */
  readonly kills: readonly (Kill | undefined)[];
  /**
   * Whether one reset is not carried out until the client has given it up: when so many more requests have been
   * processed, or when the run has ended.
   */
  readonly lateReset: { readonly route: string; readonly afterRequests: number } | undefined;
  /** How long every answer takes. */
  readonly latencyMs: number;
  readonly rateLimits: RateLimits;
  /** How far LaunchDarkly's clock is from the real one. */
  readonly clockSkewMs: number;
  /** Whether a reset ends the grace of older keys at once, where LaunchDarkly does not say. */
  readonly endsOlderGrace: boolean;
  /** Whether timestamps are strings of digits. */
  readonly timestampsAsText: boolean;
  /** What happens to the resources that own their token; undefined if none of them has a turn. */
  readonly owned: OwnedPlan | undefined;
  /** Hooks that never give up in the first run; undefined if it has none. */
  readonly hooks: Hooks | undefined;
}

const MOST_CREDENTIALS = 5;

/** The answer to a reset with the endings of keys alone. */
const ending = fc.constant(body({ token: "ab12", displayKey: "ab12", apiKey: "sdk-****-ab12", mobileKey: "ab12" }));

/** The answer to a look by a role that may not see keys which can be read. */
const masked = fc.constant(body({ apiKey: "sdk-****-ab12", mobileKey: "mob-****-ab12" }));

/** The answer to a reset is lost, and the look at what became of it is refused. */
const unseen = ({ RESET, LOOK }: Kind): fc.Arbitrary<PlannedFault[]> =>
  fc.tuple(
    fault("after", [RESET], spoiled),
    fc.oneof(fault("before", [LOOK], refusal), fault("after", [LOOK], masked)),
  );

/** What befalls the requests of these kinds. */
function faults(kinds: readonly Kind[]): fc.Arbitrary<PlannedFault[]> {
  if (kinds.length === 0) return fc.constant([]);
  const resets = kinds.map(({ RESET }) => RESET);
  const looks = kinds.map(({ LOOK }) => LOOK);
  const faultOrTwo = fc.oneof(
    { weight: 6, arbitrary: oneOn(resets, fc.oneof({ weight: 4, arbitrary: spoiled }, ending)) },
    { weight: 2, arbitrary: oneOn(looks, fc.oneof({ weight: 4, arbitrary: spoiled }, masked)) },
    { weight: 2, arbitrary: oneOn([WHO], spoiled) },
    { weight: 2, arbitrary: fc.constantFrom(...kinds).chain(unseen) },
  );
  return fc.array(faultOrTwo, { maxLength: 4 }).map((drawn) => drawn.flat());
}

const victim = fc.constantFrom("provider" as const, "cli" as const, "both" as const);

const kill: fc.Arbitrary<Kill> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      victim,
      afterRequests: fc.integer({ min: 0, max: 8 }),
      delayMs: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 1_000 })),
    }),
  },
  { weight: 1, arbitrary: fc.record({ victim, delayMs: fc.integer({ min: 0, max: 4_000 }) }) },
);

/** Of a window's requests, few enough to be met. */
function rateLimits(kinds: readonly Kind[]): fc.Arbitrary<RateLimits> {
  const ofEach = (most: number) => ({ routes: Object.fromEntries(kinds.map(({ RESET }) => [RESET, most])) });
  return fc.oneof(
    { weight: 17, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 4 }).map(ofEach) },
    { weight: 1, arbitrary: fc.integer({ min: 6, max: 12 }).map((global) => ({ global })) },
    { weight: 1, arbitrary: fc.integer({ min: 6, max: 12 }).map((authToken) => ({ authToken })) },
  );
}

/** Further off than a grace may be measured wrong, and near enough to be believed. */
const SKEW_MS = 45 * 60_000;

/** The classes that a run can draw. */
export const everyClass: readonly string[] = [...kinds.map(({ credential }) => credential.className), ...ownedClasses];

function lateReset(kinds: readonly Kind[]): fc.Arbitrary<Plan["lateReset"]> {
  if (kinds.length === 0) return fc.constant(undefined);
  const route = fc.constantFrom(...kinds.map(({ RESET }) => RESET));
  const late = fc.record({ route, afterRequests: fc.integer({ min: 1, max: 9 }) });
  return fc.oneof({ weight: 1, arbitrary: late }, { weight: 9, arbitrary: fc.constant(undefined) });
}

function planOf(drawn: readonly string[]): fc.Arbitrary<Plan> {
  const chosen = drawn.flatMap((name) => everyCredential.find((one) => one.name === name) ?? []);
  const kinds = [...new Set(chosen.map(({ kind }) => kind))];
  const owned = everyOwned.filter((name) => drawn.includes(name));
  const proves =
    kinds.some(({ VERIFY }) => VERIFY.length > 0) || owned.some((name) => ownedClassOf(name)?.isAccessToken === true);
  // What is new comes last: then a run of the same classes draws as before.
  const plans: fc.Arbitrary<Plan> = fc.record({
    credentials: fc.constant(chosen.map(({ name }) => name)),
    othersStay: fc.oneof({ weight: 7, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    leavesGrace: fc.boolean(),
    faults: faults(kinds).map((planned) => (owned.length > 0 ? planned.filter((one) => !isFalse(one)) : planned)),
    kills: fc.oneof(
      { weight: 5, arbitrary: fc.constant([]) },
      { weight: 4, arbitrary: fc.tuple(kill) },
      { weight: 1, arbitrary: fc.tuple(kill, kill) },
    ),
    lateReset: lateReset(kinds),
    latencyMs: fc.constantFrom(0, 0, 20, 100),
    rateLimits: rateLimits(kinds),
    clockSkewMs: fc.constantFrom(0, 0, 0, -SKEW_MS, SKEW_MS),
    endsOlderGrace: fc.boolean(),
    timestampsAsText: fc.boolean(),
    owned: owned.length > 0 ? ownedPlan(owned) : fc.constant(undefined),
    hooks: drawHooks({ kinds, owned: owned.map(routesOf), proves }),
  });
  return plans.map((plan) => (plan.hooks === undefined ? plan : withHooks(plan, plan.hooks)));
}

/** A hundred tries under a rate limit would take hours. */
function withHooks(plan: Plan, hooks: Hooks): Plan {
  const kills = killsWithHooks(hooks, plan.kills);
  return { ...plan, kills, rateLimits: {}, owned: plan.owned && { ...plan.owned, rateLimits: {} } };
}

/**
 * The plans of a run; the same seed gives the same plans.
 *
 * @param classNames what the stack may have
 */
export function drawPlans(seed: number, cycles: number, classNames: readonly string[] = everyClass): Plan[] {
  const isAsked = (name: string) => classNames.some((className) => name.startsWith(`${className}-`));
  const names = [...everyCredential.map(({ name }) => name), ...everyOwned].filter(isAsked);
  const drawn = fc.shuffledSubarray(names, { minLength: 1, maxLength: Math.min(names.length, MOST_CREDENTIALS) });
  return fc.sample(drawn.chain(planOf), { seed, numRuns: cycles });
}
