/** A stack that moves from the dynamic resources to the plugin: whose records are whose, where the plugin knows no organization. */
import assert from "node:assert/strict";

import { eachPlugin } from "../support/eachPlugin";
import { inProcessProvider, stored } from "../support/inProcessProvider";
import { type OwnedKind, ownedKinds, type Subject } from "../support/kinds";
import type { Old } from "../support/pluginCalls";
import type { Properties } from "../support/providerProcess";
import { urnOf } from "./pluginHost";

const DUE = { triggers: { a: 2 } };

for (const kind of ownedKinds) {
  const { credential, routes } = kind;
  const { className, outputs } = credential;
  const urn = urnOf(className, "ci");

  describe(`a ${className} that comes from an organization, in the plugin that is not told which`, () => {
    const plugin = eachPlugin();
    let subject: Subject;
    let news: Properties;
    beforeEach(() => {
      subject = kind.add(plugin().sandbox, "ci");
      news = { ...subject.inputs, triggers: { a: 1 }, oldKeyExpiry: "1h" };
    });

    /** A run of the dynamic resource. @returns what the engine keeps of it */
    async function dynamicRun(inputs: Properties, old?: Properties): Promise<Properties> {
      const { create, update } = await inProcessProvider(plugin().sandbox, {}, { port: credential });
      const given = { ...inputs, owner: `acme/${dynamicUrn(kind)}` };
      return stored((await (old === undefined ? create(given) : update("", old, given))).outs);
    }
    const kept = (outs: Properties, inputs = news): Old => ({ id: "ci", inputs, outputs: outs });
    /** The marks of its records without their attempts, oldest first. */
    const marks = () =>
      subject.place?.records().flatMap(({ description = "" }) => /\[Pulumi .* #\d+/.exec(description)?.[0] ?? []);

    it("has nothing to change", async () => {
      const { call, changes } = plugin();
      const old = kept(await dynamicRun(news));
      const before = changes();
      await call.check(urn, news, old);
      assert.equal((await call.diff(urn, news, old)).changes, false);
      const { values } = await call.update(urn, news, old);
      assert.equal(changes(), before, "no mark is written anew");
      assert.equal(values[outputs.key], old.outputs?.[outputs.key]);
    });

    it("keeps the organization in the marks of what it makes", async () => {
      const { call } = plugin();
      const old = kept(await dynamicRun(news));
      await call.check(urn, { ...news, ...DUE }, old);
      const { values } = await call.update(urn, { ...news, ...DUE }, old);
      const mark = `[Pulumi acme/shop/production/ci ${values["nonce"] as string}`;
      assert.deepEqual(marks(), [`${mark} #1`, `${mark} #2`]);
    });

    it("has what a killed run of the dynamic resource has left kept for its grace, and named", async () => {
      const { call, said, sandbox } = plugin();
      const state = await dynamicRun(news);
      // What the killed run has made; the engine has saved nothing of it.
      const lost = (await dynamicRun({ ...news, ...DUE }, state))[outputs.id];
      const { values } = await call.update(urn, { ...news, ...DUE }, kept(state));
      const previous = values[outputs.previous] as { id: string }[];
      assert.deepEqual(previous.map(({ id }) => id).sort(), [lost, state[outputs.id]].map(String).sort());
      assert.match(said().join("\n"), new RegExp(`warning: Found[^]*${String(lost)}`));
      assert.deepEqual(
        marks()?.map((mark) => mark.slice(-2)),
        ["#1", "#2", "#3"],
      );
      assert.equal(sandbox.requests.filter(({ route }) => route === routes.create).length, 3);
    });

    it("hands its records on to one with other parents, for their grace", async () => {
      const { call } = plugin();
      const old = kept(await dynamicRun(news));
      const moved = urn.replace("launchdarkly-rotation:", "my:index:Team$launchdarkly-rotation:");
      await call.check(moved, news);
      const { values } = await call.create(moved, news);
      await call.delete(urn, old);
      assert.ok(subject.accepts(old.outputs?.[outputs.key]), "it works until its grace ends");
      const after = await call.update(moved, news, kept({ ...values }));
      const previous = after.values[outputs.previous] as { id: string }[];
      assert.deepEqual(
        previous.map(({ id }) => id),
        [old.outputs?.[outputs.id]],
      );
    });

    it("is told of in the preview of a rename", async () => {
      const { call, said } = plugin();
      await dynamicRun(news);
      await call.check(urnOf(className, "web"), news);
      await call.create(urnOf(className, "web"), news, true);
      assert.match(said().join("\n"), /warning: Perhaps a rename \(web\): the resource "ci" of this stack has a /);
    });
  });
}

function dynamicUrn({ credential: { className } }: OwnedKind): string {
  return `urn:pulumi:production::shop::pulumi-nodejs:dynamic/launchdarkly:${className}::ci`;
}
