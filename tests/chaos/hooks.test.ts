/** Hooks of the chaos run that never give up: what is drawn to stay meanwhile, and what kills leave of it. */
import assert from "node:assert/strict";

import fc from "fast-check";

import { ownables } from "../support/ownable";
import { kinds } from "../support/kinds";
import { WHO } from "../support/routes";
import { type Asking, drawHooks, type Hooks, killsWithHooks } from "./hooks";
import { hooksResult } from "./hooksResult";
import { isFalse } from "./owned/plan";
import { drawPlans, type Kill } from "./plan";

const owned = Object.values(ownables).map(({ routes }) => routes);
const OF_EVERYTHING: Asking = { kinds, owned, proves: true };

const draw = (asking: Asking) => fc.sample(drawHooks(asking), { seed: 1, numRuns: 3_000 });
const isDrawn = (hooks: Hooks | undefined): hooks is Hooks => hooks !== undefined;

describe("the hooks of the chaos run", () => {
  const drawn = draw(OF_EVERYTHING).filter(isDrawn);

  it("are drawn in some cycles, and let most of them end soon", () => {
    assert.ok(drawn.length > 300 && drawn.length < 750, String(drawn.length));
    const slow = drawn.filter(({ isSlow }) => isSlow).length;
    assert.ok(slow > 0 && slow < drawn.length / 3, String(slow));
  });

  it("meet a verification that stays refused, answers that stay lost, and an outage", () => {
    const isAny = (test: (fault: Hooks["faults"][number]) => boolean) =>
      drawn.some(({ faults }) => faults.some((fault) => fault.times === Infinity && test(fault)));
    for (const status of [401, 403]) {
      assert.ok(isAny(({ route, fault }) => route === WHO && fault.kind === "status" && fault.status === status));
    }
    const changing = [...kinds.map(({ RESET }) => RESET), ...owned.map(({ create }) => create)];
    for (const what of changing)
      assert.ok(
        isAny(({ route, when }) => route === what && when === "after"),
        what,
      );
    assert.ok(isAny(({ route, when }) => route === undefined && when === "before"));
  });

  it("meet nothing for which a hundred tries would take hours", () => {
    for (const { fault } of drawn.flatMap(({ faults }) => faults)) {
      assert.ok(!["hang", "hold", "delay"].includes(fault.kind));
      assert.ok(fault.kind !== "status" || fault.status !== 429);
    }
  });

  it("meet nothing that is false: what is not found twice is gone", () => {
    assert.deepEqual(drawn.flatMap(({ faults }) => faults).filter(isFalse), []);
  });

  it("meet what the resources of the cycle ask for, and nothing else", () => {
    const [kind] = kinds.slice(1);
    assert.ok(kind !== undefined);
    const routes = draw({ kinds: [kind], owned: [], proves: false })
      .filter(isDrawn)
      .flatMap(({ faults }) => faults.map(({ route }) => route));
    assert.deepEqual(new Set(routes), new Set([undefined, kind.LOOK, kind.RESET]));
  });

  it("let a kill strike the run after theirs, or theirs when they have asked for some tries, with the CLI", () => {
    const kill: Kill = { victim: "provider", afterRequests: 3, delayMs: 0 };
    const [hooks] = drawn;
    assert.ok(hooks !== undefined);
    assert.deepEqual(killsWithHooks({ ...hooks, isKilled: false }, [kill]), [undefined, kill]);
    assert.deepEqual(killsWithHooks({ ...hooks, isKilled: true }, []), [undefined]);
    const [first, second] = killsWithHooks({ ...hooks, isKilled: true }, [kill, kill]);
    assert.deepEqual([first, second], [{ ...kill, victim: "both", afterRequests: 24 }, kill]);
  });

  it("are in a plan without a rate limit", () => {
    const plans = drawPlans(7, 200).filter(({ hooks }) => hooks !== undefined);
    assert.ok(plans.length > 0);
    for (const { rateLimits, owned: plan } of plans) assert.deepEqual([rateLimits, plan?.rateLimits ?? {}], [{}, {}]);
  });

  it("are told by what their run has printed", () => {
    const left = ["a", "b", "a"].map((name) => ` created (1s) warning: Left undone (${name}): why\n`).join("");
    const output = `${left}hooks: asked for 98 more tries\n`;
    const result = hooksResult([
      { isHooked: true, output },
      { isHooked: false, output },
    ]);
    assert.deepEqual(result, { runs: 1, retries: 98, leftUndone: 2 });
    assert.deepEqual(hooksResult([{ isHooked: true, output: "" }]), { runs: 1, retries: 0, leftUndone: 0 });
  });
});
