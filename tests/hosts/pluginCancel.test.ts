/** Pulumi's call Cancel, which a plugin gets instead of a signal: what is under way comes to its end, with its key. */
import assert from "node:assert/strict";
import { once } from "node:events";

import { callsOf } from "../support/pluginCalls";
import { startPluginProcess } from "../support/pluginProcess";
import { everyKind } from "../support/kinds";
import { holdInterrupts } from "./contractInterrupts";
import { eachContract } from "./contractScene";
import type { HostUnderTest } from "./hostUnderTest";
import { hostProcessOf, pluginHost } from "./pluginHost";

/** The plugin, where an interrupt is a Cancel. It lives on: the engine ends it when all calls have been answered. */
const cancelled: HostUnderTest = {
  ...pluginHost,
  name: "the plugin, with Cancel",
  async start() {
    const plugin = await startPluginProcess();
    let isCancelled: Promise<void> | undefined;
    return {
      ...hostProcessOf(plugin),
      interrupt() {
        isCancelled = callsOf(plugin).cancel();
      },
      ended: () => isCancelled ?? Promise.reject(new Error("it was not interrupted")),
    };
  },
};

describe("Cancel", () => {
  const contract = eachContract(cancelled);
  holdInterrupts(cancelled, contract);

  for (const kind of everyKind) {
    it(`lets the call that is under way finish, and the next one make no key: ${kind.credential.className}`, async () => {
      const { scene, sandbox, process } = contract();
      const { resource, news, finish, upDone, keyIn } = scene(kind);
      const other = scene(kind, "other");
      const [kept, otherKept] = [await upDone(news(1)), await other.upDone(other.news(1))];
      const asked = () => sandbox.requests.filter(({ route }) => route === kind.MAKE).length;
      const before = asked();
      await process.begin(sandbox);
      let release: () => void = () => undefined;
      const until = new Promise<void>((resolve) => (release = resolve));
      sandbox.faults.add({ route: kind.MAKE, when: "after", fault: { kind: "hold", until } });
      const rotating = resource.up(news(2), kept);
      while (asked() === before) await once(sandbox.events, "processed");
      process.interrupt();
      await process.ended();
      const { kept: left, error } = await other.resource.up(other.news(2), otherKept);
      assert.match(String(error), /the run was interrupted before/);
      assert.deepEqual(left, otherKept, "nothing has to be saved");
      release();
      const ended = await rotating;
      assert.notEqual(keyIn(ended.kept), keyIn(kept), "its key is saved");
      await finish(news(2), ended.kept);
      assert.equal(asked() - before, 1, "a key is asked for once");
    });
  }
});
