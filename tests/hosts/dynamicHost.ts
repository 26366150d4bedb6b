/** The dynamic host under test: the SDK's real process, with the stubs' texts that states hold. */
import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import * as classes from "../../provider/index";
import { ended } from "../support/childExit";
import { goldenStub } from "../support/goldenStubs";
import { credentialsOfStacks } from "../support/kinds";
import { beginMockedRun, endMockedRun } from "../support/mocks";
import { CallError, type Methods, type Properties, startProviderProcess } from "../support/providerProcess";
import type { Ended, HostedResource, HostUnderTest, Kept } from "./hostUnderTest";

const ORGANIZATION = "organization";

export const dynamicHost: HostUnderTest = {
  name: "the dynamic host",
  async start() {
    const host = await startProviderProcess();
    return {
      begin: ({ url, adminKey }, settings = { apiHost: url, accessToken: adminKey }) => {
        const values = Object.entries(settings).map(([name, value]) => [`launchdarkly:${name}`, value]);
        return host.configure(Object.fromEntries(values) as Record<string, string>);
      },
      resource(className, name, copy = 0) {
        const stub = goldenStub(className);
        return resource(className, name, host.of(className, copy === 0 ? stub : `${stub}// copy ${copy}\n`));
      },
      shown: () => host.shownOnRows,
      written: () => host.written(),
      interrupt: () => host.process.kill("SIGINT"),
      ended: () => ended(host.process),
      stop: () => host.stop(),
    };
  },
  async refusalOfSecond({ className }, inputs) {
    type Class = new (name: string, args: object) => unknown;
    const Rotation = (classes as unknown as Readonly<Record<string, Class>>)[className] ?? assert.fail(className);
    await beginMockedRun();
    try {
      const program = () => [new Rotation("first", inputs), new Rotation("second", inputs)];
      return await pulumi.runtime.runInPulumiStack(() => Promise.resolve(program())).then(() => "", String);
    } finally {
      endMockedRun();
    }
  },
};

function resource(className: string, name: string, methods: Methods): HostedResource {
  const urn = `urn:pulumi:production::shop::pulumi-nodejs:dynamic/launchdarkly:${className}::${name}`;
  const isOwner = credentialsOfStacks.some((one) => one.className === className);
  // As the class adds it, and the engine keeps it.
  const owned = (inputs: Properties) => (isOwner ? { ...inputs, owner: `${ORGANIZATION}/${urn}` } : inputs);

  async function check(isPreview: boolean, news: Properties, kept: Kept | undefined): Promise<void> {
    const hinted = { ...owned(news), __preview: isPreview, __urn: urn };
    const { failures, inputs } = await methods.check(kept === undefined ? {} : owned(kept.inputs), hinted);
    if (failures.length > 0) throw new Error(failures.join("\n"));
    assert.deepEqual(withoutProvider(inputs), owned(news), "the hints go no further");
  }
  const compare = async (kept: Kept, news: Properties) => {
    const { changes, replaces } = await methods.uncheckedDiff(kept.outputs, owned(news));
    return { changes: changes ?? assert.fail("diff says whether there are changes"), replaces };
  };
  async function change(news: Properties, kept: Kept | undefined): Promise<Ended> {
    const made =
      kept === undefined
        ? await methods.create(owned(news))
        : { id: kept.id, outs: await methods.repeat(kept.outputs, owned(news)) };
    return { kept: keptOf(made.id, made.outs, news), error: undefined };
  }
  const failed = (error: unknown, news: Properties, kept: Kept | undefined): Ended => {
    assert.ok(error instanceof Error);
    const saved = error instanceof CallError ? error.saved : undefined;
    if (saved === undefined) return { kept, error };
    assert.ok(typeof saved.properties["__provider"] === "string", "without it, no call can be made again");
    return { kept: { ...keptOf(saved.id, saved.properties, news), isUnfinished: true }, error };
  };
  return {
    urn,
    compare,
    async preview(news, kept) {
      await check(true, news, kept);
      return kept === undefined ? { changes: true, replaces: [] } : compare(kept, news);
    },
    async up(news, kept) {
      try {
        await check(false, news, kept);
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
      await check(false, news, kept);
      const { replaces } = await compare(kept, news);
      assert.ok(replaces.length > 0, "a replacement");
      const { kept: made = assert.fail() } = await change(news, undefined);
      await methods.delete(kept.outputs);
      return made;
    },
    async refresh(kept) {
      const { id, outs } = await methods.read(kept.outputs);
      if (id === "") return { kept: undefined, error: undefined };
      assert.equal(id, kept.id);
      const seen = { ...kept, outputs: withoutProvider(outs) };
      return { kept: seen, error: undefined, ...(await compare(seen, kept.inputs)) };
    },
    destroy: (kept) => methods.delete(kept.outputs),
  };
}

const keptOf = (id: string, outs: Properties, inputs: Properties): Kept => {
  return { id, outputs: withoutProvider(outs), inputs, isUnfinished: false };
};

function withoutProvider(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => name !== "__provider"));
}
