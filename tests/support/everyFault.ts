/** Every kind of fault that the sandbox knows, for what must hold whatever goes wrong. */
import type { Fault, PlannedFault } from "../../sandbox/faults";

/** The kinds and statuses that a provider tells apart, before and after the request is processed. */
const WHEN = ["before", "after"] as const;
const STATUSES = [401, 403, 404, 409, 429, 500, 503];

/**
 * @param echoed what the bodies of error answers repeat, as a proxy's or a careless server's might
 */
export function everyFault(echoed: readonly string[]): Pick<PlannedFault, "when" | "fault">[] {
  const body = JSON.stringify({
    code: echoed[0],
    message: `What was sent: ${echoed.join(", ")}`,
    token: echoed.at(-1),
  });
  const faults: Fault[] = [
    { kind: "drop" },
    { kind: "truncate" },
    { kind: "notJson" },
    { kind: "delay", milliseconds: 20 },
    { kind: "hang" },
    ...STATUSES.map((status): Fault => ({ kind: "status", status, body, headers: { "Retry-After": "0" } })),
  ];
  const unreadable: Fault[] = [
    { kind: "status", status: 200, body: '{"token":"ab12"}' },
    { kind: "status", status: 200, body: `{"token":["${echoed.join('","')}"]}` },
    { kind: "status", status: 200, body: echoed.join("\n") },
  ];
  return [
    ...WHEN.flatMap((when) => faults.map((fault) => ({ when, fault }))),
    ...unreadable.map((fault) => ({ when: "after" as const, fault })),
  ];
}
