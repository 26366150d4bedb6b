/** Where a credential lives, of every kind: a run at another LaunchDarkly asks for nothing, changes nothing and forgets nothing. */
import assert from "node:assert/strict";

import { ACCOUNT_ID } from "../../sandbox/accessToken";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { PREVIEW_PROPERTY } from "../../provider/hosts/dynamic/methods";
import { inProcessProvider } from "../support/inProcessProvider";
import { type KindProvider, startKindProvider } from "../support/kindProvider";
import { everyKind } from "../support/kinds";
import type { Properties } from "../support/providerProcess";
import { WHO } from "../support/routes";

for (const kind of everyKind) {
  const { credential } = kind;

  describe(`the home of ${credential.className}`, () => {
    let subject: KindProvider;
    let other: Sandbox;
    let state: Properties;
    beforeEach(async () => {
      subject = await startKindProvider(kind);
      other = await startSandbox();
      state = await subject.upUntilDone({ state: undefined, error: undefined }, subject.inputs());
      subject.newRequests();
    });
    afterEach(async () => {
      await other.stop();
      await subject.stop();
    });

    const elsewhere = () => inProcessProvider(other, {}, { port: credential });
    const rotated = () => subject.inputs({ triggers: { a: 2 } });
    const homes = () => ({ host: subject.sandbox.url, accountId: ACCOUNT_ID });

    it("is in the state from the first up on, also of one that is taken over", async () => {
      assert.deepEqual(state["home"], homes());
      const { inputs } = subject.subject.takeOver();
      const taken = await subject.upUntilDone({ state: undefined, error: undefined }, subject.inputs(inputs));
      assert.deepEqual(taken["home"], homes());
    });

    it("is held to by refresh, preview, up and destroy", async () => {
      const { check, diff, read, update, delete: remove } = await elsewhere();
      await check(rotated(), rotated());
      const calls: (() => Promise<unknown>)[] = [
        () => read("", state),
        () => diff("", state, subject.inputs()),
        () => diff("", state, rotated()),
        () => update("", state, rotated()),
        // What is only reset has nothing to be deleted.
        ...(credential.strategy === "replace" ? [() => remove("", state)] : []),
      ];
      for (const call of calls) {
        await assert.rejects(call(), ({ message }: Error) => {
          assert.match(message, /^Another LaunchDarkly(?: \(.*\))?: /);
          return message.includes(`set launchdarkly:apiHost to ${subject.sandbox.url}`);
        });
      }
      assert.deepEqual([other.requests.length, subject.newRequests()], [0, []]);
      assert.ok(subject.accepts(subject.keyIn(state)));
      const back = await subject.up({ state, error: undefined }, subject.inputs());
      assert.deepEqual(back.state, state, "the way back is open");
    });

    it("is another account: a preview of a rotation says so, before anybody has asked whose it is", async () => {
      const theirs = { ...state, home: { ...homes(), accountId: "another" } };
      const { check, diff } = await subject.provider();
      await check(rotated(), { ...rotated(), [PREVIEW_PROPERTY]: true });
      await assert.rejects(diff("", theirs, rotated()), { message: /^Another account(?: \(.*\))?: / });
      assert.ok(subject.newRequests().every((route) => route === WHO || route === kind.LOOK));
    });

    it("is another account: an up that rotates says so, and changes nothing", async () => {
      const theirs = { ...state, home: { ...homes(), accountId: "another" } };
      const made = subject.made();
      const { error } = await subject.up({ state: theirs, error: undefined }, rotated());
      assert.match(
        String(error?.message),
        /^Another account(?: \(.*\))?: the state is of LaunchDarkly's account another/,
      );
      assert.equal(subject.made(), made);
      assert.ok(subject.accepts(subject.keyIn(state)));
    });

    it("is noted in a state of an older release by the next call that writes it, and asks for none", async () => {
      const { home, ...older } = state;
      const { diff } = await subject.provider();
      assert.deepEqual((await diff("", older, subject.inputs())).changes, false);
      assert.ok(!("home" in (await subject.read(older))), "a refresh shows no change");
      const after = await subject.upUntilDone({ state: older, error: undefined }, rotated());
      assert.deepEqual(after["home"], home);
    });

    if (credential.strategy === "reset") return;

    it("is another account: a refresh or a destroy that does not see it forgets nothing", async () => {
      const { id } = credential.outputs;
      const theirs = { ...state, [id]: `${String(state[id])}9`, home: { ...homes(), accountId: "another" } };
      const before = subject.marked();
      const { read, delete: remove } = await subject.provider();
      for (const call of [() => read("", theirs), () => remove("", theirs)]) {
        await assert.rejects(call(), { message: /^Another account/ });
      }
      assert.deepEqual(subject.marked(), before);
    });
  });
}
