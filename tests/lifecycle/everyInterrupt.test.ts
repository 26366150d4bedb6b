/** What an interrupt does to a rotation of each credential, whichever its strategy: all at once, for it ends the process. */
import assert from "node:assert/strict";
import { once } from "node:events";

import type { LoggedRequest } from "../../sandbox/requestLog";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { ownerOf } from "../support/kindProvider";
import { type AnyKind, everyKind, type Subject } from "../support/kinds";
import {
  type CallError,
  type Properties,
  type ProviderProcess,
  startProviderProcess,
} from "../support/providerProcess";
import { rejection } from "../support/rejection";

/** A resource that is there, and whose rotation comes next. */
interface Resource {
  readonly kind: AnyKind;
  readonly subject: Subject;
  readonly olds: Properties;
  /** How many keys of it were made so far. */
  made(): number;
  rotate(): Promise<Properties>;
}

describe("an interrupt of every credential at once, in the dynamic-provider process", function () {
  this.timeout(120_000);
  let sandbox: Sandbox;
  let provider: ProviderProcess;
  let all: readonly Resource[];

  beforeEach(async () => {
    sandbox = await startSandbox();
    provider = await startProviderProcess();
    await provider.configure({ "launchdarkly:apiHost": sandbox.url, "launchdarkly:accessToken": sandbox.adminKey });
    all = await Promise.all(everyKind.map(created));
  });
  afterEach(async () => {
    await provider.stop();
    await sandbox.stop();
    const shown = provider.written() + provider.shown.join("\n");
    assert.ok(!sandbox.store.everyKey().some((key) => shown.includes(key)), "the provider has shown a key");
  });

  async function created(kind: AnyKind): Promise<Resource> {
    const { className, strategy } = kind.credential;
    const subject = kind.add(sandbox, className);
    const methods = provider.of(className);
    const owner = strategy === "replace" ? { owner: ownerOf(className) } : {};
    const [oldKeyExpiry] = kind.graces;
    const news = (number: number) => ({
      ...{ ...owner, ...subject.inputs, triggers: { number } },
      ...(oldKeyExpiry !== undefined && { oldKeyExpiry }),
    });
    const { outs: olds } = await methods.create(news(1));
    return {
      ...{ kind, subject, olds },
      made: () => sandbox.requests.filter(subject.hasMade).length,
      rotate: () => methods.update(olds, news(2)),
    };
  }

  const MAKE = new Set(everyKind.map((kind) => kind.MAKE));

  /** Resolves when the sandbox has processed so many requests for a key, and before their answers arrive. */
  async function processed(count: number): Promise<void> {
    for (let left = count; left > 0;) {
      const [{ route }] = (await once(sandbox.events, "processed")) as [LoggedRequest];
      if (MAKE.has(route)) left--;
    }
  }

  it("between the request for a key and its answer does not lose the key", async () => {
    let answer: () => void = () => undefined;
    const until = new Promise<void>((resolve) => (answer = resolve));
    for (const route of MAKE)
      sandbox.faults.add({ route, when: "after", times: all.length, fault: { kind: "hold", until } });
    const before = all.map(({ made }) => made());
    const rotating = Promise.all(all.map(({ rotate }) => rotate()));
    await processed(all.length);
    provider.process.kill("SIGINT");
    answer();
    for (const [index, outs] of (await rotating).entries()) {
      const { kind, subject, olds, made } = all[index] ?? assert.fail();
      const { className, outputs } = kind.credential;
      assert.ok(subject.accepts(outs[outputs.key]), className);
      assert.notEqual(outs[outputs.key], olds[outputs.key], className);
      assert.equal(outs["rotationCount"], Number(olds["rotationCount"]) + 1, className);
      assert.equal(made(), (before[index] ?? 0) + 1, className);
    }
  });

  /** Has every rotation fail, and no key made. */
  async function assertNothingMade(why: RegExp, interrupt: () => unknown): Promise<CallError[]> {
    const before = all.map(({ made }) => made());
    const failing = Promise.all(all.map(({ rotate }) => rejection(rotate())));
    await interrupt();
    const errors = await failing;
    for (const [index, { message }] of errors.entries()) {
      const { kind, subject, olds, made } = all[index] ?? assert.fail();
      const { className, outputs } = kind.credential;
      assert.match(message, why, className);
      assert.equal(made(), before[index], className);
      assert.ok(subject.accepts(olds[outputs.key]), `${className}: the key in the state works`);
    }
    return errors;
  }

  it("while a request for a key waits for its turn keeps it from being sent", async () => {
    const headers = { "Retry-After": "1" };
    for (const route of MAKE) {
      sandbox.faults.add({ route, when: "before", times: Infinity, fault: { kind: "status", status: 429, headers } });
    }
    await assertNothingMade(/^Not (?:reset|created).*: the run was interrupted before /, async () => {
      await processed(1);
      provider.process.kill("SIGINT");
    });
  });

  it("that kills the engine keeps an orphan from making a key that would end, or take the place of, that of the next run", async () => {
    const sent = sandbox.requests.length;
    const errors = await assertNothingMade(/^Not (?:reset|created).*: the Pulumi run that asked for it is gone/, () => {
      provider.stopEngine();
    });
    for (const { saved } of errors) assert.equal(saved, undefined);
    assert.ok(!sandbox.requests.slice(sent).some(({ route }) => MAKE.has(route)));
  });
});
