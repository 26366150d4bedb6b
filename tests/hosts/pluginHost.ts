/** The plugin under test: its packed code in a process of its own, by gRPC. */
import assert from "node:assert/strict";

import * as messages from "@pulumi/pulumi/proto/provider_pb";

import { fromWire, toWire } from "../../provider/hosts/plugin/wire";
import { startSandbox } from "../../sandbox/sandbox";
import { ended } from "../support/childExit";
import { type PluginProcess, startPluginProcess } from "../support/pluginProcess";
import { answered, CallError, type Properties } from "../support/providerProcess";
import type { Difference, Ended, HostedResource, HostProcess, HostUnderTest, Kept } from "./hostUnderTest";

export const pluginHost: HostUnderTest = {
  name: "the plugin",
  start: async () => hostProcessOf(await startPluginProcess()),
  async refusalOfSecond({ className }, inputs) {
    const [host, sandbox] = [await startPluginProcess(), await startSandbox()];
    try {
      await host.begin(sandbox);
      const checks = ["first", "second"].map((name) => checkRequest(urnOf(className, name), inputs));
      const [, second = assert.fail()] = await Promise.all(
        checks.map((request) => answered<messages.CheckResponse>((done) => host.client.check(request, done))),
      );
      return second
        .getFailuresList()
        .map((failure) => failure.getReason())
        .join("\n");
    } finally {
      await host.stop();
      await sandbox.stop();
    }
  },
};

/** A process of the plugin as a process of a host. */
export function hostProcessOf(host: PluginProcess): HostProcess {
  return {
    begin: (sandbox, settings) => host.begin(sandbox, settings),
    resource: (className, name) => pluginResource(host, className, name),
    shown: () => host.shown,
    written: () => host.written(),
    interrupt: () => host.process.kill("SIGINT"),
    ended: () => ended(host.process),
    stop: () => host.stop(),
  };
}

export function urnOf(className: string, name: string): string {
  return `urn:pulumi:production::shop::launchdarkly-rotation:index:${className}::${name}`;
}

function checkRequest(urn: string, news: Properties, olds: Properties = {}): messages.CheckRequest {
  return new messages.CheckRequest().setUrn(urn).setOlds(toWire(olds)).setNews(toWire(news));
}

/** One resource, as the engine calls for it. */
export function pluginResource(
  { client }: Pick<PluginProcess, "client">,
  className: string,
  name: string,
): HostedResource {
  const urn = urnOf(className, name);

  async function check(news: Properties, kept: Kept | undefined): Promise<void> {
    const request = checkRequest(urn, news, kept?.inputs);
    const response = await answered<messages.CheckResponse>((done) => client.check(request, done));
    const failures = response.getFailuresList();
    for (const failure of failures) assert.equal(failure.getProperty(), "", "Pulumi would print its value");
    if (failures.length > 0) throw new Error(failures.map((failure) => failure.getReason()).join("\n"));
  }
  async function compare(kept: Kept, news: Properties): Promise<Difference> {
    const request = new messages.DiffRequest().setUrn(urn).setId(kept.id);
    request.setOlds(toWire(kept.outputs)).setOldInputs(toWire(kept.inputs)).setNews(toWire(news));
    const response = await answered<messages.DiffResponse>((done) => client.diff(request, done));
    const changes = response.getChanges() === messages.DiffResponse.DiffChanges.DIFF_SOME;
    return { changes, replaces: response.getReplacesList() };
  }
  async function made(news: Properties, preview: boolean): Promise<Kept> {
    const request = new messages.CreateRequest().setUrn(urn).setProperties(toWire(news)).setPreview(preview);
    const response = await answered<messages.CreateResponse>((done) => client.create(request, done));
    return keptOf(response.getId(), response.getProperties(), news);
  }
  async function changed(news: Properties, kept: Kept, preview: boolean): Promise<Kept> {
    const request = new messages.UpdateRequest().setUrn(urn).setId(kept.id).setPreview(preview);
    request.setOlds(toWire(kept.outputs)).setOldInputs(toWire(kept.inputs)).setNews(toWire(news));
    const response = await answered<messages.UpdateResponse>((done) => client.update(request, done));
    return keptOf(kept.id, response.getProperties(), news);
  }
  const change = async (news: Properties, kept: Kept | undefined): Promise<Ended> => {
    const done = kept === undefined ? made(news, false) : changed(news, kept, false);
    return { kept: await done, error: undefined };
  };
  const destroy = async (kept: Kept) => {
    const request = new messages.DeleteRequest().setUrn(urn).setId(kept.id).setProperties(toWire(kept.outputs));
    await answered((done) => client.delete(request, done));
  };
  return {
    urn,
    compare,
    destroy,
    async preview(news, kept) {
      await check(news, kept);
      if (kept === undefined) {
        await made(news, true);
        return { changes: true, replaces: [] };
      }
      const difference = await compare(kept, news);
      if (difference.replaces.length > 0) await made(news, true);
      else if (difference.changes) await changed(news, kept, true);
      return difference;
    },
    async up(news, kept) {
      try {
        await check(news, kept);
        if (kept === undefined) return await change(news, undefined);
        const { changes, replaces } = await compare(kept, news);
        assert.deepEqual(replaces, [], "no replacement");
        return changes || kept.isUnfinished ? await change(news, kept) : { kept, error: undefined };
      } catch (error) {
        return failed(error, news, kept);
      }
    },
    repeat: (news, kept) => change(news, kept).catch((error: unknown) => failed(error, news, kept)),
    async replace(news, kept) {
      await check(news, kept);
      const { replaces } = await compare(kept, news);
      assert.ok(replaces.length > 0, "a replacement");
      const other = await made(news, false);
      await destroy(kept);
      return other;
    },
    async refresh(kept) {
      const request = new messages.ReadRequest().setUrn(urn).setId(kept.id);
      request.setProperties(toWire(kept.outputs)).setInputs(toWire(kept.inputs));
      const response = await answered<messages.ReadResponse>((done) => client.read(request, done));
      if (response.getId() === "") return { kept: undefined, error: undefined };
      assert.equal(response.getId(), kept.id);
      const seen = { ...kept, outputs: { ...fromWire(response.getProperties()).values } };
      return { kept: seen, error: undefined, ...(await compare(seen, kept.inputs)) };
    },
  };
}

function keptOf(id: string, outputs: Parameters<typeof fromWire>[0], inputs: Properties): Kept {
  return { id, outputs: { ...fromWire(outputs).values }, inputs, isUnfinished: false };
}

function failed(error: unknown, news: Properties, kept: Kept | undefined): Ended {
  assert.ok(error instanceof Error);
  const saved = error instanceof CallError ? error.saved : undefined;
  if (saved === undefined) return { kept, error };
  assert.deepEqual(saved.reasons, [error.message], "an empty list would lose the message");
  return { kept: { id: saved.id, outputs: saved.properties, inputs: news, isUnfinished: true }, error };
}
