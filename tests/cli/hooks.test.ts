/** Resource hooks `onError`, by which the engine repeats a call: no repetition resets a second time. */
import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";
import type { Stack } from "@pulumi/pulumi/automation";

import type { PlannedFault } from "../../sandbox/faults";
import type { Sandbox } from "../../sandbox/sandbox";
import { createInlineStack, type InlineStack, installedPackage } from "../support/inlineStack";
import { GET_TOKEN, RESET, WHO } from "../support/routes";
import { isThorough } from "../support/thorough";

describe("a hook onError that asks for a retry", function () {
  this.timeout(240_000);
  let inline: InlineStack;
  let sandbox: Sandbox;
  let stack: Stack;
  /** The resource of the program, by the name of the cell. */
  let token: { readonly id: string; readonly key: string; readonly resource: string };
  let method: "create" | "update";
  let interrupt: AbortController;
  let trigger = 1;
  let retries = 0;
  let mostRetries = 3;

  before(async () => {
    inline = await createInlineStack("hooks", () => Promise.resolve(program()));
    ({ sandbox, stack } = inline);
    // A second reset would end the grace of the first.
    sandbox.openQuestions.endsOlderGrace = true;
  });
  after(() => inline.stop());

  function program(): Record<string, pulumi.Output<string>> {
    const { AccessTokenRotation } = installedPackage();
    const again = new pulumi.ErrorHook("again", () => ++retries <= mostRetries);
    const rotation = new AccessTokenRotation(
      token.resource,
      { tokenId: token.id, triggers: { trigger }, oldKeyExpiry: "1h" },
      { hooks: { onError: [again] } },
    );
    return { token: rotation.token };
  }

  const resets = () => sandbox.requests.filter(({ hasReset }) => hasReset).length;
  const currentKey = () => sandbox.store.find(token.id)?.keys[0].value ?? "";
  const isAccepted = (key: string) => sandbox.store.findByKey(key, sandbox.clock.now())?.id === token.id;
  const refuse = (status: number, more: Partial<PlannedFault>) => {
    sandbox.faults.add({ when: "before", times: Infinity, fault: { kind: "status", status }, ...more });
  };

  /** The key that the state has after a run. */
  const keptKey = async () => (await stack.outputs())["token"]?.value as unknown;

  interface Cell {
    /** How often the hook asks for a retry, at the most. */
    readonly retries: number;
    /** What the call meets. */
    plan(): void;
    /** Whether an `up` of it succeeds. */
    readonly isHealed: boolean;
    /** Whether the answer to the reset is lost, so that the next `up` resets once more. */
    readonly isLost: boolean;
    /** Whether it is left to the night: tests/lifecycle/repeatedCalls.test.ts has it in the provider's process. */
    readonly isNightly?: boolean;
  }

  const cells: Readonly<Record<string, Cell>> = {
    "the verification is refused": {
      retries: 1,
      plan: () => {
        // As often as one call asks, and once more.
        refuse(401, { route: WHO, callerId: token.id, times: 6 });
      },
      isHealed: true,
      isLost: false,
    },
    "the verification fails": {
      retries: 40,
      plan: () => {
        refuse(403, { route: WHO, callerId: token.id, times: 39 });
      },
      isHealed: true,
      isLost: false,
      isNightly: true,
    },
    // Refused with 401, each would take seconds of pauses: tests/lifecycle/refusedForEver.test.ts has it, without them.
    "the verification fails, and the hook never gives up": {
      retries: Infinity,
      plan: () => {
        refuse(403, { route: WHO, callerId: token.id });
      },
      // With its work left to do.
      isHealed: true,
      isLost: false,
    },
    "the answer is lost, and the hook never gives up": {
      retries: Infinity,
      plan: () => {
        sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "drop" } });
      },
      isHealed: true,
      isLost: true,
      isNightly: true,
    },
    "the answer is lost": {
      retries: 3,
      plan: () => {
        sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "drop" } });
      },
      isHealed: false,
      isLost: true,
    },
    "the reset is in doubt": {
      retries: 3,
      plan: () => {
        sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "drop" } });
        // The creation looks at the token before it resets it.
        refuse(403, { route: GET_TOKEN, skip: method === "create" ? 1 : 0 });
      },
      isHealed: false,
      isLost: true,
      isNightly: true,
    },
    "the run is interrupted": {
      retries: 3,
      plan: () => {
        sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "delay", milliseconds: 1_500 } });
        sandbox.events.once("reset", () => {
          interrupt.abort();
        });
      },
      isHealed: false,
      isLost: false,
    },
  };

  for (const [what, cell] of Object.entries(cells)) {
    if (cell.isNightly === true && !isThorough) continue;

    it(`resets once, at the creation and at an update, when ${what}: up to ${cell.retries} retries`, async () => {
      const resource = what.replaceAll(/\W+/g, "-");
      token = { ...sandbox.createToken({ name: resource }), resource };
      mostRetries = cell.retries;
      for (method of ["create", "update"] as const) {
        retries = 0;
        interrupt = new AbortController();
        const held = currentKey();
        const before = resets();
        if (method === "update") trigger++;
        cell.plan();
        const run = stack.up({ signal: interrupt.signal });
        if (cell.isHealed) await run;
        else await assert.rejects(run);
        assert.equal(resets(), before + 1, `${method}: one reset, however often the call is repeated`);
        if (!interrupt.signal.aborted) assert.ok(retries > 0, "the hook was asked");
        if (!cell.isLost && !interrupt.signal.aborted) assert.equal(await keptKey(), currentKey());
        assert.ok(isAccepted(held), "the key that everybody holds has its grace");

        sandbox.faults.clear();
        const { outputs } = await stack.up();
        assert.equal(resets(), before + (cell.isLost ? 2 : 1));
        assert.equal(outputs["token"]?.value, currentKey());
      }
    });
  }

  it("leaves the state as it was when nothing was changed, and the hook never gives up", async () => {
    token = { ...sandbox.createToken({ name: "refused" }), resource: "refused" };
    mostRetries = 0;
    await stack.up();
    const kept = await keptKey();
    mostRetries = Infinity;
    retries = 0;
    trigger++;
    refuse(403, { route: RESET });
    await assert.rejects(stack.up());
    assert.ok(retries > 90, "the engine gave up");
    sandbox.faults.clear();
    assert.equal(await keptKey(), kept);
    const { outputs } = await stack.up();
    assert.equal(outputs["token"]?.value, currentKey());
  });
});
