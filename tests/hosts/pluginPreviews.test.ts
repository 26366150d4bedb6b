/** What the plugin says before anything happens, and where: only some calls of the protocol know of a preview. */
import assert from "node:assert/strict";

import { schemaIn } from "../../provider/hosts/plugin/kinds";
import { UNKNOWN_VALUE } from "../../provider/model/json";
import { committed } from "../../tools/plugin/committed";
import { page } from "../docs/pages";
import { eachPlugin } from "../support/eachPlugin";
import { everyKind } from "../support/kinds";
import type { Properties } from "../support/providerProcess";
import { urnOf } from "./pluginHost";

const URN = urnOf("AccessTokenRotation", "ci");

/** The names of what is not known. */
const unknownIn = (values: Properties) => Object.keys(values).filter((name) => values[name] === UNKNOWN_VALUE);

describe("a preview, in the plugin", () => {
  const plugin = eachPlugin();

  /** A token that is in the stack, and what its program gives. */
  async function there(inputs: Properties = {}) {
    const { sandbox, call, process } = plugin();
    const { id: tokenId } = sandbox.createToken({ name: "ci", role: "writer" });
    const news = { tokenId, triggers: { a: 1 }, oldKeyExpiry: "1h", ...inputs };
    const { id, values } = await call.create(URN, news);
    await process.begin(sandbox);
    return { news, old: { id, inputs: news, outputs: { ...values } } };
  }

  it("is silent in Check and Diff, and says in Update what comes", async () => {
    const { call, said, changes } = plugin();
    const { news, old } = await there();
    const after = { ...news, triggers: { a: 2 } };
    const before = changes();
    await call.check(URN, after, old);
    assert.equal((await call.diff(URN, after, old)).changes, true);
    assert.deepEqual(said(), []);
    await call.update(URN, after, old, true);
    assert.match(said().join("\n"), /^warning: Will reset \(ci\): triggers\.a changed\. The current key .* 1 hour\./);
    assert.equal(changes(), before, "nothing but questions");
  });

  it("leaves all known that a rotation does not change, the reason and the count among it", async () => {
    const { call } = plugin();
    const { news, old } = await there();
    const { values, secrets } = await call.update(URN, { ...news, triggers: { a: 2 } }, old, true);
    assert.deepEqual(unknownIn(values).sort(), ["lastRotatedAt", "oldKeyExpiresAt", "token", "tokenLastFour"]);
    assert.ok(secrets.has("token"), "what is not known is a secret, too");
    assert.equal(values["lastRotationReason"], "triggers.a changed");
    assert.equal(values["rotationCount"], 2);
    assert.equal(values["name"], "ci");
  });

  for (const { credential, add } of everyKind) {
    const { className, outputs } = credential;
    const urn = urnOf(className, "ci");
    const owned = credential.strategy === "replace" ? [credential.outputs.id, credential.outputs.previous] : [];

    it(`leaves known what a rotation of ${className} makes of its outputs, but for what the page names`, async () => {
      const { call, sandbox } = plugin();
      const inputs = { ...add(sandbox, "ci").inputs, triggers: { a: 1 } };
      const { id, values: outs } = await call.create(urn, inputs);
      const [news, old] = [
        { ...inputs, triggers: { a: 2 } },
        { id, inputs, outputs: outs },
      ];
      const { values: previewed } = await call.update(urn, news, old, true);
      const expected = [outputs.key, outputs.lastFour, "oldKeyExpiresAt", "lastRotatedAt", ...owned];
      assert.deepEqual(unknownIn(previewed).sort(), expected.sort());
      const { body = "" } =
        page("docs/languages.md").headings.find(({ text }) => text === "What a preview shows") ?? {};
      for (const name of owned) assert.ok(body.includes(`\`${name}\``), `the page names ${name}`);

      const { values } = await call.update(urn, news, old);
      const known = schemaIn(committed)
        .outputsOf(className)
        .filter((name) => !expected.includes(name));
      assert.ok(known.includes("rotationCount") && known.includes("lastRotationReason"));
      for (const name of known) assert.deepEqual(previewed[name], values[name], `${name} is what was previewed`);
    });
  }

  it("knows of a new resource what its program says", async () => {
    const { call, sandbox, said } = plugin();
    const { id: tokenId } = sandbox.createToken({ name: "ci" });
    const { values } = await call.create(URN, { tokenId, oldKeyExpiry: "1h" }, true);
    assert.equal(values["tokenId"], tokenId);
    assert.equal(values["token"], UNKNOWN_VALUE);
    assert.match(said().join("\n"), /^info: Will reset \(ci\): first rotation by this stack\./);
    assert.deepEqual(
      sandbox.requests.filter(({ method }) => method !== "GET"),
      [],
    );
  });

  it("is red where the up would be", async () => {
    const { call } = plugin();
    await assert.rejects(
      call.create(URN, { tokenId: "610955" }, true),
      /Can't reset \(ci\): LaunchDarkly found no such token/,
    );
    const { news, old } = await there();
    plugin().sandbox.store.delete(news.tokenId);
    await assert.rejects(
      call.update(URN, { ...news, triggers: { a: 2 } }, old, true),
      /Can't reset \(ci\): .* no such token/,
    );
  });

  it("says in Diff what makes nothing follow: frozen, and a schedule that will stop working", async () => {
    const { call, said } = plugin();
    const { news, old } = await there();
    const frozen = { ...news, triggers: { a: 2 }, frozen: true };
    await call.check(URN, frozen, old);
    assert.equal((await call.diff(URN, frozen, old)).changes, false);
    const held = "Not reset (ci): frozen is true, though a reset is due (triggers.a changed).";
    assert.deepEqual(said(), [`info: ${held}`]);
    const schedule = { ...news, rotateAfter: "30m" };
    await call.diff(URN, schedule, old);
    assert.match(said().at(-1) ?? "", /^warning: Graces overlap \(ci\): rotateAfter \(30 minutes\)/);
  });

  it("says nothing of a creation or an edit where an engine does not send the inputs of the last run", async () => {
    const { call, said } = plugin();
    const { news, old } = await there({ rotateAfter: "30m" });
    const after = { ...news, triggers: { a: 2 } };
    const { id, outputs } = old;
    await call.check(URN, after, old);
    assert.equal((await call.diff(URN, news, { id, outputs })).changes, false);
    assert.deepEqual(said(), []);
    await call.update(URN, after, { id, outputs }, true);
    assert.match(said().join("\n"), /^warning: Will reset \(ci\): triggers\.a changed\.[^\n]*$/);
  });

  it("warns of the key that a replacement drops, which Create alone previews", async () => {
    const { call, said, sandbox } = plugin();
    const { news, old } = await there();
    const after = { ...news, tokenId: sandbox.createToken({ name: "other" }).id };
    await call.check(URN, after, old);
    const { replaces, lines } = await call.diff(URN, after, old);
    assert.deepEqual([replaces, Object.keys(lines)], [["tokenId"], ["tokenId"]]);
    await call.check(URN, after);
    await call.create(URN, after, true);
    assert.match(
      said().join("\n"),
      /Will drop a key \(ci\): the stack's only copy of the key ending in \w{4}[^]*Will reset \(ci\): first/,
    );
  });

  it("shows the inputs that have changed, and the key where it is something else", async () => {
    const { call, sandbox } = plugin();
    const { news, old } = await there({ rotateAfter: "1d" });
    await call.check(URN, news, old);
    const edited = { ...news, triggers: { "b.c": 1 }, verify: false };
    const { lines } = await call.diff(URN, edited, old);
    assert.deepEqual(lines, { 'triggers["b.c"]': "0 input", "triggers.a": "2 input", verify: "0 input" });
    const aged = { ...old, outputs: { ...old.outputs, lastRotatedAt: "2026-01-01T00:00:00Z" } };
    assert.deepEqual((await call.diff(URN, news, aged)).lines, { token: "0 output" });
    assert.equal(sandbox.requests.filter(({ hasReset }) => hasReset).length, 1);
  });
});
