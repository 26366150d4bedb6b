/** pulumi import and the option import, in the plugin: keys that LaunchDarkly shows, and never a reset. */
import assert from "node:assert/strict";

import { credentials } from "../../provider/credentials/all";
import { eachPlugin } from "../support/eachPlugin";
import { everyKind, kindOf } from "../support/kinds";
import { ownables } from "../support/ownable";
import type { Properties } from "../support/providerProcess";
import { urnOf } from "./pluginHost";

const isReadable = (one: (typeof credentials)[number]) => one.isReadable;

describe("an import, in the plugin", () => {
  const plugin = eachPlugin();

  /** One at the sandbox, by hand: the id that a person types, and the key that people use. */
  function existing(className: string, end?: number): { id: string; key: string; inputs: Properties } {
    const { sandbox } = plugin();
    const credential = credentials.find((one) => one.className === className) ?? assert.fail(className);
    if (credential.strategy === "reset") {
      const { identity, firstKey } = kindOf(className).rotatable.add(sandbox, "ci");
      return { id: credential.identity.map((name) => identity[name]).join("/"), key: firstKey, inputs: identity };
    }
    const place = ownables[className]?.place(sandbox, "ci") ?? assert.fail(className);
    const { id: record, key } = place.byHand();
    if (end !== undefined) place.end(record, end);
    const { projectKey, environmentKey } = place.inputs as Record<string, string>;
    const id = [projectKey, environmentKey, record].join("/");
    return { id, key, inputs: { projectKey, environmentKey, name: "by hand" } };
  }

  for (const { className, outputs } of credentials.filter(isReadable)) {
    it(`has the key of ${className}, and its first triggers ask for no rotation`, async () => {
      const { call, process, sandbox, said } = plugin();
      const { id: typed, key, inputs } = existing(className);
      const urn = urnOf(className, "ci");
      const found = await call.read(urn, typed);
      assert.equal(found.values[outputs.key], key);
      assert.ok(found.secrets.has(outputs.key), "no SDK marks what is imported as a secret");
      assert.deepEqual(found.inputs.values, inputs);
      assert.deepEqual(
        sandbox.requests.filter(({ method }) => method !== "GET"),
        [],
      );
      assert.deepEqual(said(), []);

      const news = { ...inputs, triggers: { quarter: "2026-Q4" } };
      const old = { id: found.id, inputs, outputs: { ...found.values } };
      await call.check(urn, news, old);
      assert.equal((await call.diff(urn, news, old)).changes, true);
      const previewed = await call.update(urn, news, old, true);
      assert.equal(previewed.values[outputs.key], key, "it stays known");
      assert.match(
        said().join("\n"),
        /info: Will note \(ci\): the triggers of an imported resource, without a rotation\./,
      );
      const { values } = await call.update(urn, news, old);
      assert.match(said().join("\n"), /info: Noted \(ci\): the triggers of an imported resource, without a rotation\./);
      assert.equal(values[outputs.key], key);
      assert.deepEqual([values["triggers"], values["rotationCount"]], [news.triggers, 0]);
      assert.equal(values["baselinePending"], undefined);

      await process.begin(sandbox);
      const kept = { id: found.id, inputs: news, outputs: { ...values } };
      await call.check(urn, news, kept);
      assert.deepEqual((await call.diff(urn, news, kept)).changes, false);
      const next = { ...news, triggers: { quarter: "2027-Q1" } };
      assert.equal((await call.diff(urn, next, kept)).changes, true, "later ones do");
      const rotated = await call.update(urn, next, kept);
      assert.notEqual(rotated.values[outputs.key], key);
    });
  }

  for (const kind of everyKind.filter(({ credential }) => isReadable(credential))) {
    const { className, outputs } = kind.credential;
    const urn = urnOf(className, "ci");
    const made = () => plugin().sandbox.requests.filter(({ route }) => route === kind.MAKE).length;
    const changed = () => plugin().sandbox.requests.flatMap(({ method, route }) => (method === "GET" ? [] : [route]));

    /** The first run after the import of what was there. @param imported instants of the state that are other ones */
    async function firstRun(more: Properties, imported: Properties = {}, end?: number) {
      const { call } = plugin();
      const { id: typed, key, inputs } = existing(className, end);
      const before = changed().length;
      const found = await call.read(urn, typed);
      assert.equal(changed().length, before, "an import changes nothing");
      const news = { ...inputs, triggers: { quarter: "2026-Q4" }, ...more };
      const old = { id: found.id, inputs, outputs: { ...found.values, ...imported } };
      await call.check(urn, news, old);
      assert.equal((await call.diff(urn, news, old)).changes, true);
      const { values } = await call.update(urn, news, old);
      assert.deepEqual([values["triggers"], values["baselinePending"]], [news.triggers, undefined], "they are noted");
      return { values, hasRotated: values[outputs.key] !== key };
    }

    it(`of ${className} has its triggers noted by the first up, which asks for no key`, async () => {
      assert.equal((await firstRun({ rotateAfter: "30d" })).hasRotated, false);
      // What the stack owns from now on gets its mark.
      assert.deepEqual(changed(), "routes" in kind ? [kind.routes.change] : []);
    });

    it(`of ${className} is rotated by an up so late that the key is as old as rotateAfter says, from the import on`, async () => {
      const { values, hasRotated } = await firstRun({ rotateAfter: "30d" }, { adoptedAt: "2026-01-01T00:00:00Z" });
      assert.deepEqual([hasRotated, made(), values["rotationCount"]], [true, 1, 1]);
      assert.match(values["lastRotationReason"] as string, /^\d+ days old, rotateAfter is 30d$/);
    });

    if (!("routes" in kind)) continue;
    it(`of ${className} is rotated by the first up where its end is near, and not where it is far`, async () => {
      const days = (count: number) => plugin().sandbox.clock.now() + count * 24 * 60 * 60_000;
      assert.equal((await firstRun({ oldKeyExpiry: "1d" }, {}, days(60))).hasRotated, false);
      assert.equal(made(), 0);
      const { values, hasRotated } = await firstRun({ oldKeyExpiry: "1d" }, {}, days(3));
      assert.deepEqual([hasRotated, made()], [true, 1]);
      assert.match(values["lastRotationReason"] as string, /will expire at/);
    });
  }

  for (const credential of credentials.filter((one) => !isReadable(one))) {
    const { className } = credential;
    it(`of ${className} is refused, and names the take-over`, async () => {
      const { call, sandbox } = plugin();
      const { id } = existing(className);
      const initial = credential.strategy === "reset" ? credential.initialKey : credential.initial.key;
      const refusal = new RegExp(
        `^Error: Can't import \\(ci\\): LaunchDarkly does not show the key .* Give the program ${initial}`,
      );
      await assert.rejects(call.read(urnOf(className, "ci"), id), refusal);
      assert.equal(sandbox.requests.length, 0);
    });
  }

  for (const className of ["SdkKeyRotation", "RotatingSdkKey"]) {
    it(`of ${className} names the permission where the role hides the key`, async () => {
      const { call, sandbox } = plugin();
      const { id } = existing(className);
      const admin = sandbox.store.find(sandbox.adminId) ?? assert.fail();
      sandbox.store.save({ ...admin, role: "reader" });
      const refusal = /^Error: Can't import \(ci\): LaunchDarkly hides the .*viewSdkKey/;
      await assert.rejects(call.read(urnOf(className, "ci"), id), refusal);
    });
  }

  it("says what the id has to be, and that there is no such thing", async () => {
    const { call, sandbox } = plugin();
    const urn = urnOf("SdkKeyRotation", "ci");
    await assert.rejects(call.read(urn, "project"), /the id must be <projectKey>\/<environmentKey>\.$/);
    await assert.rejects(call.read(urn, "a b/production"), /projectKey must be the key of the project/);
    assert.equal(sandbox.requests.length, 0);
    await assert.rejects(call.read(urn, "no/where"), /Can't import \(ci\): LaunchDarkly found no such environment/);
  });
});
