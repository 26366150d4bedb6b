/** What happens in a cycle of the chaos run, drawn from a seed. */
import fc from "fast-check";

import type { Fault, PlannedFault } from "../../sandbox/faults";
import { GET_TOKEN, RESET, WHO } from "../support/routes";

export interface Kill {
  readonly victim: "provider" | "cli" | "both";
  /** How many requests of the run it lets arrive before; it strikes when the next one does. */
  readonly afterRequests: number;
  /** How long it waits then, in milliseconds: up to the time when the state is written. */
  readonly delayMs: number;
}

export interface Plan {
  /** How many tokens the stack rotates. */
  readonly resources: number;
  readonly oldKeyExpiry: "1h" | "immediate";
  readonly faults: readonly PlannedFault[];
  readonly kill: Kill | undefined;
  /** How long every answer takes. */
  readonly latencyMs: number;
  /** Resets that a window of the rate limit lets through. */
  readonly resetsPerWindow: number | undefined;
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

const kill: fc.Arbitrary<Kill> = fc.record({
  victim: fc.constantFrom("provider", "cli", "both"),
  afterRequests: fc.integer({ min: 0, max: 8 }),
  delayMs: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 1_000 })),
});

const plan: fc.Arbitrary<Plan> = fc.record({
  resources: fc.integer({ min: 1, max: 5 }),
  oldKeyExpiry: fc.constantFrom("1h", "immediate"),
  faults: fc.array(plannedFault, { maxLength: 3 }),
  kill: fc.oneof(kill, fc.constant(undefined)),
  latencyMs: fc.constantFrom(0, 0, 20, 100),
  resetsPerWindow: fc.oneof(
    { weight: 1, arbitrary: fc.integer({ min: 2, max: 4 }) },
    { weight: 19, arbitrary: fc.constant(undefined) },
  ),
  endsOlderGrace: fc.boolean(),
  timestampsAsText: fc.boolean(),
});

/** The plans of a run; the same seed gives the same plans. */
export function drawPlans(seed: number, cycles: number): Plan[] {
  return fc.sample(plan, { seed, numRuns: cycles });
}
