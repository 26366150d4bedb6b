/** What docs/facts/pulumi.md says of the SDK's dynamic-provider process, tried with providers that do nothing else. */
import assert from "node:assert/strict";

import { CallError, type ProviderProcess, startProviderProcess } from "../support/providerProcess";
import { rejection } from "../support/rejection";

/** A provider as Pulumi would have serialized it. */
const serialized = (methods: string) => `exports.handler = () => (${methods});\n`;

describe("the SDK's dynamic-provider process", () => {
  let process: ProviderProcess;

  before(async () => {
    process = await startProviderProcess({ config: { "launchdarkly:accessToken": "api-secret" } });
  });
  after(() => process.stop());

  it("configures a provider once, with secret settings in plain text", async () => {
    const provider = process.of(
      "Counted",
      serialized(`{
        configure({ config }) {
          this.keys = [...(this.keys ?? []), config.get("launchdarkly:accessToken")];
        },
        async create() { return { id: "one", outs: { keys: this.keys } }; },
      }`),
    );
    await provider.create({});
    assert.deepEqual((await provider.create({})).outs["keys"], ["api-secret"]);
  });

  it("does not wait for configure before the call of a second resource", async () => {
    const provider = process.of(
      "Waiting",
      serialized(`{
        configure() { return new Promise((resolve) => { this.configured = resolve; }); },
        async create({ name }) {
          this.configured();
          return { id: name, outs: { calls: (this.calls = [...(this.calls ?? []), name]) } };
        },
      }`),
    );
    const first = provider.create({ name: "first" });
    const second = await provider.create({ name: "second" });
    assert.deepEqual(second.outs["calls"], ["second"]);
    assert.deepEqual((await first).outs["calls"], ["second", "first"]);
  });

  it("saves what an error has as id, properties and reasons, and nothing else", async () => {
    const provider = process.of(
      "Failing",
      serialized(`{
        async update() {
          throw Object.assign(new Error("failed"), { id: "one", properties: { key: "new" }, reasons: ["why"] });
        },
      }`),
    );
    const error = await rejection(provider.update({ key: "old", other: 1 }, {}));
    assert.ok(error instanceof CallError);
    const { id, properties, reasons } = error.saved ?? assert.fail();
    assert.deepEqual({ id, properties, reasons }, { id: "one", properties: { key: "new" }, reasons: ["why"] });
  });

  it("passes empty reasons on, of which the engine makes an error without the message", async () => {
    const provider = process.of(
      "Silent",
      serialized(`{
        async update() { throw Object.assign(new Error("why"), { id: "one", properties: {}, reasons: [] }); },
      }`),
    );
    const error = await rejection(provider.update({}, {}));
    assert.ok(error instanceof CallError);
    assert.deepEqual(error.saved?.reasons, []);
  });

  it("loses the text of a string that is thrown", async () => {
    const provider = process.of("Texts", serialized(`{ async create() { throw "why it failed"; } }`));
    const error = await rejection(provider.create({}));
    assert.doesNotMatch(error.message, /why it failed/);
    assert.doesNotMatch(process.written(), /why it failed/);
  });

  it("never answers a call that throws undefined", async () => {
    const provider = process.of(
      "Hanging",
      serialized(`{ async create({ fails }) { if (fails) throw undefined; return { id: "one", outs: {} }; } }`),
    );
    let isAnswered = false;
    const note = () => (isAnswered = true);
    provider.create({ fails: true }).then(note, note);
    while (!process.written().includes("Cannot read properties of undefined")) await provider.create({});
    assert.equal((await provider.create({})).id, "one");
    assert.ok(!isAnswered);
  });

  for (const value of ["() => 1", "1n", "undefined"]) {
    it(`fails a call whose outputs hold ${value}, after its effect`, async () => {
      const provider = process.of(
        "Odd",
        serialized(
          `{ async create() { console.log("done ${value}"); return { id: "one", outs: { odd: ${value} } }; } }`,
        ),
      );
      const error = await rejection(provider.create({}));
      assert.ok(error instanceof CallError);
      assert.equal(error.saved, undefined);
      assert.ok(process.written().includes(`done ${value}`));
    });
  }

  it("turns a date among the outputs into nothing", async () => {
    const provider = process.of(
      "Dated",
      serialized(`{ async create() { return { id: "one", outs: { at: new Date() } }; } }`),
    );
    assert.deepEqual((await provider.create({})).outs["at"], {});
  });
});
