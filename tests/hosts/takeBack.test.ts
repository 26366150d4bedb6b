/** A resource that comes back to its dynamic class from the plugin, whose states have no serialized provider. */
import assert from "node:assert/strict";

import { unwrapRpcSecret } from "@pulumi/pulumi/runtime/rpc";

import { accessToken } from "../../provider/credentials/accessToken/credential";
import { processHost } from "../../provider/hosts/dynamic/processHost";
import { createProvider, type Provider } from "../../provider/hosts/dynamic/provider";
import { resourceNamed } from "../../provider/messages/words";
import { announceTakeBack } from "../../provider/messages/run";
import { lifecycleOf } from "../../provider/lifecycle/lifecycleOf";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import type { Properties } from "../support/providerProcess";

const URN = "urn:pulumi:production::shop::pulumi-nodejs:dynamic/launchdarkly:AccessTokenRotation::ci";

describe("a state of the plugin", () => {
  let sandbox: Sandbox;
  let provider: Provider;
  const shown: unknown[] = [];
  before(async () => {
    sandbox = await startSandbox();
    const log = (...message: unknown[]) => {
      shown.push(message);
      return Promise.resolve();
    };
    provider = createProvider({ ...processHost, log }, lifecycleOf(accessToken));
    const settings: Record<string, string> = {
      "launchdarkly:apiHost": sandbox.url,
      "launchdarkly:accessToken": sandbox.adminKey,
    };
    await provider.configure({ config: { get: (key: string) => settings[key] } as never });
  });
  after(() => sandbox.stop());

  it("is written anew by an update, which resets nothing", async () => {
    const { id: tokenId } = sandbox.createToken({ name: "ci" });
    const news = { tokenId, triggers: { quarter: "2026-Q4" } };
    const created = await provider.create(news);
    const { id } = created;
    // As the engine hands them to a provider that takes no secrets.
    const outs = created.outs as Properties;
    const olds: Properties = {};
    for (const [name, value] of Object.entries(outs)) olds[name] = unwrapRpcSecret(value) as unknown;
    shown.length = 0;
    const sent = sandbox.requests.length;
    assert.deepEqual(await provider.diff(id, { ...olds, __provider: "a stub" }, news), { changes: false });
    const hints = { __preview: true, __urn: URN };
    for (const one of [hints, { ...hints, __preview: false }]) {
      await provider.check(news, { ...news, ...one });
      assert.deepEqual(await provider.diff(id, olds, news), { changes: true });
    }
    assert.deepEqual(shown, [["info", resourceNamed(announceTakeBack(), URN), URN]], "by the preview alone");
    const updated = (await provider.update(id, olds, news)).outs as { rotationCount: number };
    assert.equal(updated.rotationCount, 1);
    assert.equal(sandbox.requests.length, sent, "nothing is asked for");
  });
});
