/** The faults that the chaos run draws for a request. */
import fc from "fast-check";

import type { Fault, PlannedFault } from "../../sandbox/faults";

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

export const body = (fields: object): Fault => ({ kind: "status", status: 200, body: JSON.stringify(fields) });

/** What becomes of the answer to a request that was processed. */
export const spoiled: fc.Arbitrary<Fault> = fc.oneof(
  anyTime,
  fc.constant<Fault>({ kind: "truncate" }),
  fc.constant<Fault>({ kind: "notJson" }),
  odd,
  fc.constantFrom(body({}), { ...body({}), body: "" }),
);

/** An answer that LaunchDarkly gives only to what it did not process. */
export const refusal: fc.Arbitrary<Fault> = fc
  .constantFrom(400, 401, 403, 404, 409, 429)
  .map((status): Fault => ({ kind: "status", status, ...(status === 429 && { headers: { "Retry-After": "1" } }) }));

/** A kind has few requests in a cycle, so that most faults must not let one pass. */
const count = { times: fc.integer({ min: 1, max: 3 }), skip: fc.constantFrom(0, 0, 0, 0, 1, 2) };

export const fault = (when: "before" | "after", routes: readonly string[], kinds: fc.Arbitrary<Fault>) =>
  fc.record({ route: fc.constantFrom(...routes), when: fc.constant(when), fault: kinds, ...count });

/** One fault of a request to any of these routes. */
export const oneOn = (routes: readonly string[], spoils: fc.Arbitrary<Fault>): fc.Arbitrary<PlannedFault[]> => {
  const after = fault("after", routes, spoils);
  const one = fc.oneof(fault("before", routes, anyTime), fault("before", routes, refusal), after, after, after);
  return one.map((planned) => [planned]);
};
