/** What the plugin answers to the engine: no key and no secret input is outside of what is marked as a secret. */
import assert from "node:assert/strict";

import { isRpcSecret, specialSecretSig, specialSigKey } from "@pulumi/pulumi/runtime/rpc";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";

import { eachPlugin } from "../support/eachPlugin";
import { type AnyKind, everyKind, ownedKinds } from "../support/kinds";
import type { Old } from "../support/pluginCalls";
import { CallError, type Properties } from "../support/providerProcess";
import { failFromKeyOn, PARTIAL } from "./contractFaults";
import { urnOf } from "./pluginHost";

/** As a program gives a secret. */
const secret = (value: unknown) => ({ [specialSigKey]: specialSecretSig, value });

/** What all that is secret says in these tests, but for the keys. */
const HIDDEN = "hidden";

/** What is left for everybody to read. */
function openIn(struct: Struct | undefined): string {
  const whole = struct?.toJavaScript() ?? assert.fail("it is answered");
  return JSON.stringify(whole, (_, value: unknown) => (isRpcSecret(value) ? "a secret" : value));
}

describe("what the plugin answers", () => {
  const plugin = eachPlugin();

  function assertClosed(what: string, struct: Struct | undefined) {
    const open = openIn(struct);
    const keys = plugin().sandbox.store.everyKey();
    assert.ok(!keys.some((key) => open.includes(key)), `${what} has a key in plain text`);
    assert.ok(!open.includes(HIDDEN), `${what} has a secret input in plain text: ${open}`);
  }

  /** What the program says, all of it secret that it may say so. */
  function program(kind: AnyKind, more: Properties = {}) {
    const { inputs } = kind.add(plugin().sandbox, "ci");
    const grace = kind.graces[0] === undefined ? {} : { oldKeyExpiry: kind.graces[0] };
    const settings = kind.credential.strategy === "replace" && {
      name: secret(`${HIDDEN} name`),
      description: secret(`${HIDDEN} description`),
    };
    return (number: number): Properties => ({
      ...{ ...inputs, ...grace, ...settings, ...more },
      triggers: { open: number, closed: secret(`${HIDDEN} trigger ${number}`) },
    });
  }
  /** As the engine keeps it. */
  const old = (id: string, inputs: Properties, struct: Struct | undefined): Old => {
    return { id, inputs, outputs: struct?.toJavaScript() as Properties };
  };
  async function saved(call: Promise<unknown>) {
    const error: unknown = await call.then(
      () => assert.fail("it fails"),
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof CallError && error.saved !== undefined, String(error));
    return error.saved;
  }

  for (const kind of everyKind) {
    const { className } = kind.credential;
    const urn = urnOf(className, "ci");

    it(`is closed in each call of a resource's life: ${className}`, async () => {
      const { call, process, sandbox } = plugin();
      const news = program(kind);
      assertClosed("the preview of its creation", (await call.create(urn, news(1), true)).struct);
      const created = await call.create(urn, news(1));
      assertClosed("Create", created.struct);
      const kept = old(created.id, news(1), created.struct);
      assertClosed("the preview of a rotation", (await call.update(urn, news(2), kept, true)).struct);
      const updated = await call.update(urn, news(2), kept);
      assertClosed("Update", updated.struct);
      await process.begin(sandbox);
      const seen = await call.read(urn, created.id, old(created.id, news(2), updated.struct));
      assertClosed("Read", seen.struct);
    });

    it(`is closed where a key is taken over: ${className}`, async () => {
      const { call, sandbox } = plugin();
      const subject = kind.add(sandbox, "taken over");
      const { inputs } = subject.takeOver();
      const given = { ...subject.inputs, ...inputs, triggers: secret(`${HIDDEN} trigger`) };
      assertClosed("Create", (await call.create(urn, given)).struct);
    });

    for (const [what, cell] of Object.entries(PARTIAL)) {
      if (!cell.concerns(kind)) continue;
      it(`is closed where a call fails with a state, because ${what}: ${className}`, async () => {
        const { call, sandbox } = plugin();
        const news = program(kind);
        const created = await call.create(urn, news(1));
        failFromKeyOn({ sandbox, kind }, cell);
        const failed = await saved(call.update(urn, news(2), old(created.id, news(1), created.struct)));
        assertClosed("the failure", failed.struct);
        assert.ok(!failed.reasons.join().includes(`${HIDDEN} trigger`));
      });
    }
  }

  for (const kind of ownedKinds) {
    const { className, outputs } = kind.credential;
    const urn = urnOf(className, "ci");

    it(`keeps a copy of a setting closed that was secret, and is at LaunchDarkly still: ${className}`, async () => {
      const { call, sandbox } = plugin();
      const news = program(kind);
      const created = await call.create(urn, news(1));
      const kept = old(created.id, news(1), created.struct);
      const open = { ...news(1), name: "public", description: "public" };
      assertClosed("the preview", (await call.update(urn, open, kept, true)).struct);
      const fault = { kind: "status", status: 403 } as const;
      sandbox.faults.add({ route: kind.routes.change, when: "before", times: Infinity, fault });
      const failed = await saved(call.update(urn, open, kept));
      assertClosed("the failure", failed.struct);
      sandbox.faults.clear();
      const { struct, values } = await call.update(urn, open, kept);
      assertClosed("Update", struct);
      assert.equal(values[outputs.key], created.values[outputs.key], "the key stays");
    });
  }
});
