/** A run that works with another LaunchDarkly, or another account, than the one where a credential lives. */
import assert from "node:assert/strict";

import { ACCOUNT_ID } from "../../sandbox/accessToken";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { eachRotationProvider } from "../support/eachRotationProvider";
import { kinds } from "../support/kinds";
import type { Properties } from "../support/providerProcess";
import { rejection } from "../support/rejection";
import { WHO } from "../support/routes";

for (const kind of kinds) {
  const { className, isReadable } = kind.credential;

  describe(`where a credential lives, ${className}, in the dynamic-provider process`, () => {
    const subject = eachRotationProvider({ kind });
    let other: Sandbox;
    beforeEach(async () => {
      other = await startSandbox();
    });
    afterEach(() => other.stop());

    const resets = () => subject().sandbox.requests.filter(({ hasReset }) => hasReset).length;
    const moveTo = ({ url, adminKey }: Sandbox) =>
      subject().provider.configure({ "launchdarkly:apiHost": url, "launchdarkly:accessToken": adminKey });

    it("is in the state from the first up on, and asks for nothing when nothing has changed", async () => {
      const { provider, sandbox, inputs, newRequests } = subject();
      const { outs } = await provider.create(inputs());
      assert.deepEqual(outs["home"], { host: sandbox.url, accountId: ACCOUNT_ID });
      newRequests();
      assert.deepEqual(await provider.diff(outs, inputs()), { changes: false, replaces: [] });
      assert.deepEqual(newRequests(), []);
      assert.deepEqual((await provider.read(outs)).outs["home"], outs["home"]);
      assert.deepEqual(newRequests(), [kind.LOOK]);
    });

    it("is held to by refresh, preview and up, in words that say how to go back and how to move", async () => {
      const { provider, sandbox, inputs, accepts, keyIn } = subject();
      const { outs } = await provider.create(inputs());
      const before = sandbox.requests.length;
      kind.rotatable.add(other, "ci");
      await moveTo(other);
      const news = inputs({ triggers: { a: 2 } });
      const calls = [
        () => provider.read(outs),
        () => provider.diff(outs, inputs()),
        () => provider.diff(outs, news),
        () => provider.update(outs, news),
      ];
      for (const call of calls) {
        const { message, saved } = await rejection(call());
        assert.match(message, /^Another LaunchDarkly( \(.*\))?: /);
        assert.ok(message.includes(`set launchdarkly:apiHost to ${sandbox.url}, with a key from there`), message);
        assert.match(message, /To move on purpose, run pulumi state delete <urn>/);
        assert.equal(saved, undefined);
      }
      // It has nothing to do at LaunchDarkly.
      await provider.delete(outs);
      assert.equal(other.requests.length, 0);
      await moveTo(sandbox);
      assert.equal(sandbox.requests.length, before);
      assert.equal((await provider.diff(outs, inputs())).changes, false, "the way back is open");
      assert.ok(accepts(keyIn(outs)));
    });

    /** The state of another account's credential at the same host. */
    const ofOther = (outs: Properties): Properties => ({
      ...outs,
      home: { host: subject().sandbox.url, accountId: "another" },
    });

    it("is another account: no rotation, in the preview and in the up", async () => {
      const { provider, inputs } = subject();
      const outs = ofOther((await provider.create(inputs())).outs);
      const before = resets();
      const news = inputs({ triggers: { a: 2 }, __preview: true });
      await provider.check(news, news);
      assert.match((await rejection(provider.diff(outs, inputs({ triggers: { a: 2 } })))).message, /Another account/);
      const { message } = await rejection(provider.update(outs, inputs({ triggers: { a: 2 } })));
      assert.match(message, /Another account: the state is of LaunchDarkly's account another/);
      assert.equal(resets(), before);
    });

    it("is another account: a refresh takes nothing for deleted, and takes no other key over", async () => {
      const { provider, sandbox, inputs, credential, newRequests } = subject();
      const outs = ofOther((await provider.create(inputs())).outs);
      await moveTo(sandbox);
      newRequests();
      await provider.read(outs);
      assert.deepEqual(newRequests(), [kind.LOOK], "the same key is of the same account");
      if (isReadable) credential.resetElsewhere();
      else {
        const fault = {
          kind: "status",
          status: 404,
          body: JSON.stringify({ code: "not_found", message: "Unknown" }),
        } as const;
        sandbox.faults.add({ route: kind.LOOK, when: "before", fault });
      }
      const { message } = await rejection(provider.read(outs));
      assert.match(message, /^Another account/);
      assert.deepEqual(newRequests(), [kind.LOOK, WHO]);
    });
  });
}
