/** What every credential has, whatever its key is: age, audit trail, refusals, and the key in spite of an interrupt. */
import assert from "node:assert/strict";
import { once } from "node:events";

import type { LoggedRequest } from "../../sandbox/requestLog";
import { eachRotationProvider } from "../support/eachRotationProvider";
import { type Kind, kinds } from "../support/kinds";
import type { Properties } from "../support/providerProcess";
import { rejection } from "../support/rejection";
import { type RotationProvider, startRotationProvider } from "../support/rotationProvider";

/** The outputs of a resource that has just been created, with nothing requested since. */
async function created({ provider, inputs, newRequests }: RotationProvider): Promise<Properties> {
  const { outs } = await provider.create(inputs());
  newRequests();
  return outs;
}

for (const kind of kinds) {
  const { credential, RESET } = kind;

  describe(`${credential.className}, in the dynamic-provider process`, () => {
    const subject = eachRotationProvider({ kind });

    it("rotates by age, says how old the key was, and keeps the audit trail", async () => {
      const { provider, inputs, keyIn, currentKey, newRequests } = subject();
      const olds = await created(subject());
      const aged = {
        ...olds,
        [olds["lastRotatedAt"] === null ? "adoptedAt" : "lastRotatedAt"]: "2020-01-01T00:00:00Z",
      };
      const news = inputs({ rotateAfter: "90d" });
      assert.equal((await provider.diff(olds, news)).changes, false);
      assert.equal((await provider.diff(aged, news)).changes, true);
      assert.match(provider.shown.join("\n"), /Will reset .*: \d+ days old, rotateAfter is 90d\./);
      const outs = await provider.update(aged, news);
      assert.equal(keyIn(outs), currentKey());
      assert.equal(newRequests().filter((route) => route === RESET).length, 1);
      assert.equal(outs["rotationCount"], Number(olds["rotationCount"]) + 1);
      assert.match(String(outs["lastRotationReason"]), /^\d+ days old, rotateAfter is 90d$/);
      assert.ok(Date.parse(String(outs["lastRotatedAt"])) > Date.parse("2020-01-01T00:00:00Z"));
      assert.equal((await provider.diff(outs, news)).changes, false);
    });

    it("refuses an end of the old key that it can't give, and an input that it does not have", async () => {
      const { provider, inputs } = subject();
      const failures = async (more: Properties) => {
        const { failures: found } = await provider.check({}, inputs(more));
        return found.join("\n");
      };
      assert.match(await failures({ trigers: 1 }), /trigers is no input of \w+; did you mean triggers\?/);
      const reason = await failures({ oldKeyExpiry: "soon" });
      assert.match(reason, kind.graces.length > 0 ? /oldKeyExpiry must be a duration/ : /oldKeyExpiry .* at once/);
    });
  });

  describe(`an interrupt of ${credential.className}, in the dynamic-provider process`, () => {
    it("between the reset and its answer does not lose the key", async () => {
      await withProcess(kind, async (subject) => {
        const { sandbox, provider, inputs, keyIn, currentKey } = subject;
        const olds = await created(subject);
        sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "delay", milliseconds: 300 } });
        const updating = provider.update(olds, inputs({ triggers: { a: 2 } }));
        await processed(subject, RESET);
        provider.process.kill("SIGINT");
        const outs = await updating;
        assert.equal(keyIn(outs), currentKey());
        assert.equal(outs["rotationCount"], Number(olds["rotationCount"]) + 1);
      });
    });

    it("while a reset waits for its turn keeps it from being sent", async () => {
      await withProcess(kind, async (subject) => {
        const { sandbox, provider, inputs, currentKey } = subject;
        const olds = await created(subject);
        const before = currentKey();
        const headers = { "Retry-After": "1" };
        sandbox.faults.add({ route: RESET, when: "before", fault: { kind: "status", status: 429, headers } });
        const failing = rejection(provider.update(olds, inputs({ triggers: { a: 2 } })));
        await processed(subject, RESET);
        provider.process.kill("SIGINT");
        assert.match((await failing).message, /^Not reset: the run was interrupted before the reset/);
        assert.equal(currentKey(), before);
      });
    });

    it("that kills the engine keeps an orphan from a reset that would end the key of the next run", async () => {
      await withProcess(kind, async (subject) => {
        const { provider, inputs, newRequests } = subject;
        const olds = await created(subject);
        provider.stopEngine();
        const { message, saved } = await rejection(provider.update(olds, inputs({ triggers: { a: 2 } })));
        assert.match(message, /^Not reset: the Pulumi run that asked for it is gone/);
        assert.equal(saved, undefined);
        assert.ok(!newRequests().includes(RESET));
      });
    });
  });
}

/** One that may be killed: with a process of its own. */
async function withProcess(kind: Kind, work: (subject: RotationProvider) => Promise<void>): Promise<void> {
  const subject = await startRotationProvider({ kind });
  try {
    await work(subject);
  } finally {
    await subject.stop();
  }
}

/** Resolves when the sandbox has processed a request of the route, and before the answer arrives. */
async function processed({ sandbox }: RotationProvider, route: string): Promise<void> {
  for (;;) {
    const [request] = (await once(sandbox.events, "processed")) as [LoggedRequest];
    if (request.route === route) return;
  }
}
