/** A reset that is carried out only after the client has given it up. */
import type { Sandbox } from "../../sandbox/sandbox";
import type { Plan } from "./plan";

/** @returns carries the reset out at the latest, when it is called */
export function planLateReset(sandbox: Sandbox, plan: Plan["lateReset"]): () => void {
  if (plan === undefined) return () => undefined;
  let carryOut = (): void => undefined;
  const isOver = new Promise<void>((resolve) => (carryOut = resolve));
  let left = plan.afterRequests;
  const count = () => {
    if (--left === 0) carryOut();
  };
  const fault = {
    kind: "hold" as const,
    /** Asked for when the reset has arrived. */
    get until() {
      sandbox.events.on("processed", count);
      return isOver.finally(() => sandbox.events.off("processed", count));
    },
  };
  sandbox.faults.add({ route: plan.route, when: "before", fault });
  return carryOut;
}
