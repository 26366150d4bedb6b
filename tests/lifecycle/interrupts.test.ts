/** Signals to the provider's process, and an engine that is gone. */
import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

import type { LoggedRequest } from "../../sandbox/requestLog";
import { rejection } from "../support/rejection";
import { type RotationProvider, startRotationProvider } from "../support/rotationProvider";
import { RESET, WHO } from "../support/routes";

describe("an interrupt, in the dynamic-provider process", () => {
  let subject: RotationProvider;

  beforeEach(async () => {
    subject = await startRotationProvider();
  });
  afterEach(() => subject.stop());

  /** Resolves when the sandbox has processed a request of the route, and before the answer arrives. */
  async function processed(route: string, callerId: string): Promise<void> {
    for (;;) {
      const [request] = (await once(subject.sandbox.events, "processed")) as [LoggedRequest];
      if (request.route === route && request.callerId === callerId) return;
    }
  }

  /** The signal that ended a process. */
  async function endOf(ended: ChildProcess): Promise<string | null> {
    if (ended.exitCode === null && ended.signalCode === null) await once(ended, "exit");
    return ended.signalCode;
  }

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`by ${signal} between the reset and its answer does not lose the key`, async () => {
      const { sandbox, provider, inputs, currentKey } = subject;
      sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "delay", milliseconds: 300 } });
      const creating = provider.create(inputs());
      await processed(RESET, sandbox.adminId);
      provider.process.kill(signal);
      const { outs } = await creating;
      assert.equal(outs["token"], currentKey());
      assert.equal(outs["verificationPending"], false);
    });

    it(`by ${signal} during the verification does not lose the key`, async () => {
      const { sandbox, provider, inputs, token, currentKey } = subject;
      const fault = { kind: "delay", milliseconds: 300 } as const;
      sandbox.faults.add({ route: WHO, callerId: token.id, when: "after", fault });
      const creating = provider.create(inputs());
      await processed(WHO, token.id);
      provider.process.kill(signal);
      assert.equal((await creating).outs["token"], currentKey());
      assert.equal(await endOf(provider.process), signal, "the interrupt is only put off");
    });

    it(`by ${signal} while nothing is under way ends the process`, async () => {
      const { provider } = subject;
      provider.process.kill(signal);
      assert.equal(await endOf(provider.process), signal);
    });

    // The engine ends a run with SIGINT, and waits for seconds if a provider does not take it.
    it(`by ${signal} right after a rotation ends the process`, async () => {
      const { provider, inputs } = subject;
      await provider.create(inputs());
      provider.process.kill(signal);
      assert.equal(await endOf(provider.process), signal);
    });
  }

  it("while a reset waits for its turn keeps it from being sent", async () => {
    const { sandbox, provider, inputs } = subject;
    const headers = { "Retry-After": "1" };
    sandbox.faults.add({ route: RESET, when: "before", fault: { kind: "status", status: 429, headers } });
    const failing = rejection(provider.create(inputs()));
    await processed(RESET, sandbox.adminId);
    provider.process.kill("SIGINT");
    assert.match((await failing).message, /Not reset: the run was interrupted before the reset/);
    assert.ok(!sandbox.requests.some(({ hasReset }) => hasReset));
  });

  it("that kills the engine keeps an orphan from a reset that would end the key of the next run", async () => {
    const { provider, inputs, newRequests } = subject;
    provider.stopEngine();
    const { message, saved } = await rejection(provider.create(inputs()));
    assert.match(message, /Not reset: the Pulumi run that asked for it is gone/);
    assert.equal(saved, undefined);
    assert.ok(!newRequests().includes(RESET));
  });
});
