/** A plan of what goes wrong, and when. */

/** What happens instead of the proper answer. */
export type Fault =
  /** An answer of that status, with LaunchDarkly's error body unless another is given. */
  | {
      readonly kind: "status";
      readonly status: number;
      readonly body?: string;
      readonly headers?: Record<string, string>;
    }
  /** The connection is closed without an answer. */
  | { readonly kind: "drop" }
  /** No answer, and the connection stays open until the caller gives up. */
  | { readonly kind: "hang" }
  /** Half of the body arrives, then the connection is closed. */
  | { readonly kind: "truncate" }
  /** The proper status with a body that is no JSON, such as a proxy's page. */
  | { readonly kind: "notJson" }
  /** The proper answer, with other values in some fields of its body. */
  | { readonly kind: "alter"; readonly fields: Readonly<Record<string, unknown>> }
  /** The proper answer, late. */
  | { readonly kind: "delay"; readonly milliseconds: number }
  /** The proper answer, when something else has happened. */
  | { readonly kind: "hold"; readonly until: Promise<unknown> };

export interface PlannedFault {
  /** The route, such as "POST /api/v2/tokens/:id/reset"; omitted, any. */
  readonly route?: string;
  /** Only requests with the key of this token. */
  readonly callerId?: string;
  /** Before: the request is not processed. After: it is, and the answer suffers. */
  readonly when: "before" | "after";
  readonly fault: Fault;
  /** How many requests suffer it. @default 1 */
  readonly times?: number;
  /** How many requests it lets pass first. @default 0 */
  readonly skip?: number;
}

export interface FaultPlan {
  add(fault: PlannedFault): void;
  clear(): void;
  /** The fault that a request suffers, if any. */
  next(route: string, callerId: string | undefined): PlannedFault | undefined;
}

export function createFaultPlan(): FaultPlan {
  let planned: { fault: PlannedFault; skip: number; times: number }[] = [];
  return {
    add(fault) {
      planned.push({ fault, skip: fault.skip ?? 0, times: fault.times ?? 1 });
    },
    clear() {
      planned = [];
    },
    next(route, callerId) {
      const matching = planned.filter(
        ({ fault, times }) =>
          times > 0 &&
          (fault.route === undefined || fault.route === route) &&
          (fault.callerId === undefined || fault.callerId === callerId),
      );
      for (const entry of matching) {
        if (entry.skip > 0) {
          entry.skip--;
          continue;
        }
        entry.times--;
        return entry.fault;
      }
      return undefined;
    },
  };
}

/** Such as "drop after" or "503 before". */
export function faultName({ fault, when }: PlannedFault): string {
  return `${fault.kind === "status" ? String(fault.status) : fault.kind} ${when}`;
}
