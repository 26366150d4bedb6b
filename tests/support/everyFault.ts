/** Every kind of fault that the sandbox knows, for what must hold whatever goes wrong. */
import type { Fault, PlannedFault } from "../../sandbox/faults";

/** The kinds and statuses that a provider tells apart, before and after the request is processed. */
const WHEN = ["before", "after"] as const;
const STATUSES = [400, 401, 403, 404, 408, 409, 429, 500, 502, 503, 504];

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
    { kind: "hold", until: Promise.resolve() },
    ...STATUSES.map((status): Fault => ({ kind: "status", status, body, headers: { "Retry-After": "0" } })),
  ];
  const unreadable: Fault[] = [
    { kind: "status", status: 200, body: '{"token":"ab12"}' },
    { kind: "status", status: 200, body: `{"token":["${echoed.join('","')}"]}` },
    { kind: "status", status: 200, body: echoed.join("\n") },
  ];
  const odd: Fault = { kind: "alter", fields: { name: 7, role: {}, customRoleIds: "none", lastModified: "soon" } };
  return [
    { when: "after", fault: odd },
    ...WHEN.flatMap((when) => faults.map((fault) => ({ when, fault }))),
    ...unreadable.map((fault) => ({ when: "after" as const, fault })),
  ];
}
