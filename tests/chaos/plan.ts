/** What happens in a cycle of the chaos run, drawn from a seed. */
import fc from "fast-check";

import type { Fault, PlannedFault } from "../../sandbox/faults";
import type { RateLimits } from "../../sandbox/rateLimits";
import { GET_TOKEN, RESET, WHO } from "../support/routes";

export interface Kill {
  readonly victim: "provider" | "cli" | "both";
  /** How many requests of the run it lets arrive before it gets ready; undefined, it is ready when the CLI starts. */
  readonly afterRequests?: number;
  /** How long it waits then before it strikes, in milliseconds: up to the time when the state is written. */
  readonly delayMs: number;
}

export interface Plan {
  /** How many tokens the stack rotates. */
  readonly resources: number;
  readonly oldKeyExpiry: "1h" | "immediate";
  readonly faults: readonly PlannedFault[];
  /** One for the first run, and one for the run after it. */
  readonly kills: readonly Kill[];
  /**
   * Whether one reset is not carried out until the client has given it up: when so many more requests have been
   * processed, or when the run has ended.
   */
  readonly lateReset: { readonly afterRequests: number } | undefined;
  /** How long every answer takes. */
  readonly latencyMs: number;
  readonly rateLimits: RateLimits;
  /** How far LaunchDarkly's clock is from the real one. */
  readonly clockSkewMs: number;
  /** Whether a reset ends the grace of older keys at once: LaunchDarkly does not say. */
  readonly endsOlderGrace: boolean;
  /** Whether timestamps are strings of digits. */
  readonly timestampsAsText: boolean;
}

const route = fc.constantFrom(RESET, RESET, RESET, GET_TOKEN, WHO);

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

/** What becomes of the answer to a request that was processed. */
const spoiled: fc.Arbitrary<Fault> = fc.oneof(
  anyTime,
  fc.constant<Fault>({ kind: "truncate" }),
  fc.constant<Fault>({ kind: "notJson" }),
  odd,
  fc.constantFrom('{"token":"ab12"}', "{}", "").map((body): Fault => ({ kind: "status", status: 200, body })),
);

/** An answer that LaunchDarkly gives only to what it did not process. */
const refusal: fc.Arbitrary<Fault> = fc
  .constantFrom(400, 401, 403, 404, 409, 429)
  .map((status): Fault => ({ kind: "status", status, ...(status === 429 && { headers: { "Retry-After": "1" } }) }));

const count = { times: fc.integer({ min: 1, max: 3 }), skip: fc.integer({ min: 0, max: 3 }) };

const planned = (when: "before" | "after", fault: fc.Arbitrary<Fault>) =>
  fc.record({ route, when: fc.constant(when), fault, ...count });

const plannedFault: fc.Arbitrary<PlannedFault> = fc.oneof(
  planned("before", anyTime),
  planned("before", refusal),
  planned("after", spoiled),
  planned("after", spoiled),
);

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
const rateLimits: fc.Arbitrary<RateLimits> = fc.oneof(
  { weight: 17, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.integer({ min: 2, max: 4 }).map((resets) => ({ routes: { [RESET]: resets } })) },
  { weight: 1, arbitrary: fc.integer({ min: 6, max: 12 }).map((global) => ({ global })) },
  { weight: 1, arbitrary: fc.integer({ min: 6, max: 12 }).map((authToken) => ({ authToken })) },
);

/** Further off than a grace may be measured wrong, and near enough to be believed. */
const SKEW_MS = 45 * 60_000;

const plan: fc.Arbitrary<Plan> = fc.record({
  resources: fc.integer({ min: 1, max: 5 }),
  oldKeyExpiry: fc.constantFrom("1h", "immediate"),
  faults: fc.array(plannedFault, { maxLength: 3 }),
  kills: fc.oneof(
    { weight: 5, arbitrary: fc.constant([]) },
    { weight: 4, arbitrary: fc.tuple(kill) },
    { weight: 1, arbitrary: fc.tuple(kill, kill) },
  ),
  lateReset: fc.oneof(
    { weight: 1, arbitrary: fc.record({ afterRequests: fc.integer({ min: 1, max: 9 }) }) },
    { weight: 9, arbitrary: fc.constant(undefined) },
  ),
  latencyMs: fc.constantFrom(0, 0, 20, 100),
  rateLimits,
  clockSkewMs: fc.constantFrom(0, 0, 0, -SKEW_MS, SKEW_MS),
  endsOlderGrace: fc.boolean(),
  timestampsAsText: fc.boolean(),
});

/** The plans of a run; the same seed gives the same plans. */
export function drawPlans(seed: number, cycles: number): Plan[] {
  return fc.sample(plan, { seed, numRuns: cycles });
}
