/** What happens in a cycle of the chaos run, drawn from a seed. */
import fc from "fast-check";

import type { Fault, PlannedFault } from "../../sandbox/faults";
import type { RateLimits } from "../../sandbox/rateLimits";
import type { Kind } from "../support/kinds";
import { WHO } from "../support/routes";
import { everyCredential } from "./credentials";

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
  /** One for the first run, and one for the run after it. */
  readonly kills: readonly Kill[];
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
}

const MOST_CREDENTIALS = 5;

/** An answer that says nothing of whether the request was processed. */
const anyTime: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Fault>({ kind: "drop" }) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(408, 500, 502, 503, 504).map((status): Fault => ({ kind: "status", status })),
  },
  {
    weight: 4,
    arbitrary: fc.integer({ min: 20, max: 400 }).map((milliseconds): Fault => ({ kind: "delay", milliseconds })),
  },
  { weight: 1, arbitrary: fc.constant<Fault>({ kind: "hang" }) },
);

/** An answer that holds what counts, and is odd in all else. */
const odd: fc.Arbitrary<Fault> = fc
  .record({ name: fc.jsonValue(), role: fc.jsonValue(), customRoleIds: fc.jsonValue(), lastModified: fc.jsonValue() })
  .map((fields) => ({ kind: "alter", fields }));

const body = (fields: object): Fault => ({ kind: "status", status: 200, body: JSON.stringify(fields) });

/** What becomes of the answer to a request that was processed. */
const spoiled: fc.Arbitrary<Fault> = fc.oneof(
  anyTime,
  fc.constant<Fault>({ kind: "truncate" }),
  fc.constant<Fault>({ kind: "notJson" }),
  odd,
  fc.constantFrom(body({}), { ...body({}), body: "" }),
);

/** The answer to a reset with the endings of keys alone. */
const ending = fc.constant(body({ token: "ab12", displayKey: "ab12", apiKey: "sdk-****-ab12", mobileKey: "ab12" }));

/** The answer to a look by a role that may not see keys which can be read. */
const masked = fc.constant(body({ apiKey: "sdk-****-ab12", mobileKey: "mob-****-ab12" }));

/** An answer that LaunchDarkly gives only to what it did not process. */
const refusal: fc.Arbitrary<Fault> = fc
  .constantFrom(400, 401, 403, 404, 409, 429)
  .map((status): Fault => ({ kind: "status", status, ...(status === 429 && { headers: { "Retry-After": "1" } }) }));

/** A kind has few requests in a cycle, so that most faults must not let one pass. */
const count = { times: fc.integer({ min: 1, max: 3 }), skip: fc.constantFrom(0, 0, 0, 0, 1, 2) };

const fault = (when: "before" | "after", routes: readonly string[], kinds: fc.Arbitrary<Fault>) =>
  fc.record({ route: fc.constantFrom(...routes), when: fc.constant(when), fault: kinds, ...count });

/** One fault of a request to any of these routes. */
const oneOn = (routes: readonly string[], spoils: fc.Arbitrary<Fault>): fc.Arbitrary<PlannedFault[]> => {
  const after = fault("after", routes, spoils);
  const one = fc.oneof(fault("before", routes, anyTime), fault("before", routes, refusal), after, after, after);
  return one.map((planned) => [planned]);
};

/** The answer to a reset is lost, and the look at what became of it is refused. */
const unseen = ({ RESET, LOOK }: Kind): fc.Arbitrary<PlannedFault[]> =>
  fc.tuple(
    fault("after", [RESET], spoiled),
    fc.oneof(fault("before", [LOOK], refusal), fault("after", [LOOK], masked)),
  );

/** What befalls the requests of these kinds. */
function faults(kinds: readonly Kind[]): fc.Arbitrary<PlannedFault[]> {
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

const credentials = fc.shuffledSubarray([...everyCredential], { minLength: 1, maxLength: MOST_CREDENTIALS });

const plan: fc.Arbitrary<Plan> = credentials.chain((chosen) => {
  const kinds = [...new Set(chosen.map(({ kind }) => kind))];
  return fc.record({
    credentials: fc.constant(chosen.map(({ name }) => name)),
    othersStay: fc.oneof({ weight: 7, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    leavesGrace: fc.boolean(),
    faults: faults(kinds),
    kills: fc.oneof(
      { weight: 5, arbitrary: fc.constant([]) },
      { weight: 4, arbitrary: fc.tuple(kill) },
      { weight: 1, arbitrary: fc.tuple(kill, kill) },
    ),
    lateReset: fc.oneof(
      {
        weight: 1,
        arbitrary: fc.record({
          route: fc.constantFrom(...kinds.map(({ RESET }) => RESET)),
          afterRequests: fc.integer({ min: 1, max: 9 }),
        }),
      },
      { weight: 9, arbitrary: fc.constant(undefined) },
    ),
    latencyMs: fc.constantFrom(0, 0, 20, 100),
    rateLimits: rateLimits(kinds),
    clockSkewMs: fc.constantFrom(0, 0, 0, -SKEW_MS, SKEW_MS),
    endsOlderGrace: fc.boolean(),
    timestampsAsText: fc.boolean(),
  });
});

/** The plans of a run; the same seed gives the same plans. */
export function drawPlans(seed: number, cycles: number): Plan[] {
  return fc.sample(plan, { seed, numRuns: cycles });
}
