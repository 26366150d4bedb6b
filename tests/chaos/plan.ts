/** What happens in a cycle of the chaos run, drawn from a seed. */
import fc from "fast-check";

import type { Fault, PlannedFault } from "../../sandbox/faults";
import { GET_TOKEN, RESET, WHO } from "../support/routes";

export interface Kill {
  readonly victim: "provider" | "cli" | "both";
  /** How many requests of the run it lets arrive before; it strikes when the next one does. */
  readonly afterRequests: number;
}

export interface Plan {
  /** How many tokens the stack rotates. */
  readonly resources: number;
  readonly oldKeyExpiry: "1h" | "immediate";
  readonly faults: readonly PlannedFault[];
  readonly kill: Kill | undefined;
  /** Resets that a window of the rate limit lets through. */
  readonly resetsPerWindow: number | undefined;
}

const route = fc.constantFrom(RESET, RESET, RESET, GET_TOKEN, WHO);

/** An answer that says nothing of whether the request was processed. */
const anyTime: fc.Arbitrary<Fault> = fc.oneof(
  fc.constant<Fault>({ kind: "drop" }),
  fc.constant<Fault>({ kind: "truncate" }),
  fc.constant<Fault>({ kind: "notJson" }),
  fc.constantFrom(500, 502, 503, 504).map((status): Fault => ({ kind: "status", status })),
  fc.integer({ min: 20, max: 400 }).map((milliseconds): Fault => ({ kind: "delay", milliseconds })),
);

/** An answer that LaunchDarkly gives only to what it did not process. */
const refusal: fc.Arbitrary<Fault> = fc
  .constantFrom(400, 401, 403, 404, 409, 429)
  .map((status): Fault => ({ kind: "status", status, ...(status === 429 && { headers: { "Retry-After": "1" } }) }));

const count = { times: fc.integer({ min: 1, max: 3 }), skip: fc.integer({ min: 0, max: 3 }) };

const plannedFault: fc.Arbitrary<PlannedFault> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      route,
      when: fc.constantFrom("before" as const, "after" as const),
      fault: anyTime,
      ...count,
    }),
  },
  { weight: 2, arbitrary: fc.record({ route, when: fc.constant("before" as const), fault: refusal, ...count }) },
);

const kill: fc.Arbitrary<Kill> = fc.record({
  victim: fc.constantFrom("provider", "cli", "both"),
  afterRequests: fc.integer({ min: 0, max: 8 }),
});

const plan: fc.Arbitrary<Plan> = fc.record({
  resources: fc.integer({ min: 1, max: 5 }),
  oldKeyExpiry: fc.constantFrom("1h", "immediate"),
  faults: fc.array(plannedFault, { maxLength: 3 }),
  kill: fc.oneof(kill, fc.constant(undefined)),
  resetsPerWindow: fc.oneof(
    { weight: 1, arbitrary: fc.integer({ min: 2, max: 4 }) },
    { weight: 19, arbitrary: fc.constant(undefined) },
  ),
});

/** The plans of a run; the same seed gives the same plans. */
export function drawPlans(seed: number, cycles: number): Plan[] {
  return fc.sample(plan, { seed, numRuns: cycles });
}
