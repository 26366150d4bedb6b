/** What may happen to a request of a run. */
import type { Fault, PlannedFault } from "../../../sandbox/faults";

const status = (code: number, body?: string): Fault => {
  return { kind: "status", status: code, headers: { "Retry-After": "0" }, ...(body !== undefined && { body }) };
};

/** Lost before and after it is carried out, refused, rate-limited, unreadable. */
export const FAULTS: Pick<PlannedFault, "when" | "fault">[] = [
  { when: "before", fault: { kind: "drop" } },
  { when: "after", fault: { kind: "drop" } },
  ...[400, 401, 403, 404, 409, 422, 429, 500, 503].map((code) => ({ when: "before" as const, fault: status(code) })),
  { when: "after", fault: status(500) },
  { when: "after", fault: status(503) },
  { when: "after", fault: { kind: "truncate" } },
  { when: "after", fault: { kind: "notJson" } },
  { when: "after", fault: status(200, '{"token":"ab12"}') },
];

/** What goes wrong with every request of one run, from a request on. */
export const OUTAGES: Pick<PlannedFault, "when" | "fault">[] = [
  { when: "before", fault: { kind: "drop" } },
  { when: "after", fault: { kind: "drop" } },
  { when: "before", fault: status(403) },
  { when: "after", fault: status(503) },
];
