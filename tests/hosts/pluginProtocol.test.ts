/** The rest of Pulumi's protocol, as the plugin answers it. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

import type { ServiceError } from "@grpc/grpc-js";
import type { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import {
  CheckRequest,
  type CheckResponse,
  CreateRequest,
  ErrorResourceInitFailed,
  GetSchemaRequest,
  type GetSchemaResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

import { schemaIn } from "../../provider/hosts/plugin/kinds";
import { fromWire, toWire } from "../../provider/hosts/plugin/wire";
import type { Sandbox } from "../../sandbox/sandbox";
import { committed, manifest } from "../../tools/plugin/committed";
import { eachPlugin } from "../support/eachPlugin";
import { everyKind } from "../support/kinds";
import { callsOf } from "../support/pluginCalls";
import { startPluginProcess } from "../support/pluginProcess";
import { answered, CallError } from "../support/providerProcess";
import { RESET, WHO } from "../support/routes";
import { urnOf } from "./pluginHost";

const URN = urnOf("AccessTokenRotation", "ci");

/** The first question whose key it is asks for the stack's, the second one for a new key. */
function refuseProofs({ faults }: Sandbox): void {
  faults.add({ route: WHO, when: "before", skip: 1, fault: { kind: "status", status: 403 } });
}

/** Whether a property says that something is so. */
const isTelling = (value: unknown) =>
  value !== null && value !== false && !(Array.isArray(value) && value.length === 0);

describe("the plugin", () => {
  const plugin = eachPlugin();
  const newToken = (name = "ci") => plugin().sandbox.createToken({ name }).id;

  it("has the version of the package, and the schema that is committed", async () => {
    const { client } = plugin().process;
    const info = await answered<PluginInfo>((done) => client.getPluginInfo(new Empty(), done));
    assert.equal(info.getVersion(), manifest.version);
    const schema = await answered<GetSchemaResponse>((done) => client.getSchema(new GetSchemaRequest(), done));
    assert.equal(schema.getSchema(), readFileSync(committed, "utf8"));
  });

  it("wraps what is secret in the state, and an input of a program without an SDK", async () => {
    const { call, sandbox } = plugin();
    const { id: tokenId, key } = sandbox.createToken({ name: "ci" });
    const inputs = { tokenId, triggers: { a: "hidden" }, initialToken: key };
    const checked = await call.check(URN, inputs);
    assert.deepEqual([checked.failures, [...checked.secrets]], [[], ["initialToken"]]);
    const { secrets, values } = await call.create(URN, inputs);
    assert.deepEqual([...secrets].sort(), ["token", "triggers"]);
    assert.equal(values["initialToken"], undefined, "it is no part of the state");
  });

  for (const { credential, add } of everyKind) {
    const { className } = credential;
    it(`keeps nothing that says no more than its absence in the state of ${className}`, async () => {
      const { call, sandbox } = plugin();
      const urn = urnOf(className, "ci");
      const { inputs } = add(sandbox, "ci");
      const { id, struct, values } = await call.create(urn, inputs);
      const empty = Object.entries(struct?.toJavaScript() ?? {}).filter(([, value]) => !isTelling(value));
      const declared = [...schemaIn(committed).outputsOf(className), "triggers"];
      assert.deepEqual(
        empty.map(([name]) => name).filter((name) => !declared.includes(name)),
        [],
      );
      assert.equal((await call.diff(urn, inputs, { id, inputs, outputs: values })).changes, false);
    });
  }

  it("fails with the state that Pulumi has to keep", async () => {
    const { call, sandbox } = plugin();
    const tokenId = newToken();
    refuseProofs(sandbox);
    const error: unknown = await call.create(URN, { tokenId, triggers: { a: 1 } }).catch((thrown: unknown) => thrown);
    assert.ok(error instanceof CallError && error.saved !== undefined, String(error));
    assert.equal(error.saved.id, tokenId);
    assert.equal(error.saved.properties["token"], sandbox.store.find(tokenId)?.keys[0].value);
    assert.equal(error.saved.properties["verificationPending"], true);
    assert.deepEqual(error.saved.reasons, [error.message]);
  });

  it("wraps the secrets of such a state", async () => {
    const { process, sandbox } = plugin();
    refuseProofs(sandbox);
    const request = new CreateRequest().setUrn(URN).setProperties(toWire({ tokenId: newToken(), triggers: { a: 1 } }));
    const error = await new Promise<ServiceError | null>((resolve) => process.client.create(request, resolve));
    const [packed] = error?.metadata.get("grpc-status-details-bin") ?? [];
    const [detail] = Status.deserializeBinary(packed as Buffer).getDetailsList();
    const saved = ErrorResourceInitFailed.deserializeBinary(detail?.getValue_asU8() ?? new Uint8Array());
    assert.deepEqual([...fromWire(saved.getProperties()).secrets].sort(), ["token", "triggers"]);
  });

  it("finds a token by its name, asks once, and says if there is none", async () => {
    const { call, sandbox } = plugin();
    const [id] = [newToken("ci deploys"), newToken("other")];
    const token = "launchdarkly-rotation:index:findAccessToken";
    const found = await call.invoke(token, { name: "ci deploys" });
    assert.deepEqual([found["id"], found["name"], found["serviceToken"]], [id, "ci deploys", true]);
    const none = /No access token is called "CI" .* key of launchdarkly-rotation:accessToken may see/;
    await assert.rejects(call.invoke(token, { name: "CI" }), none);
    assert.equal(sandbox.requests.length, 1);
    await assert.rejects(
      call.invoke("launchdarkly-rotation:index:other", {}),
      /is no function of launchdarkly-rotation/,
    );
  });

  it("asks once for a token in a preview while the rate limit holds requests back", async () => {
    const { call, sandbox } = plugin();
    const fault = { kind: "status", status: 429, headers: { "Retry-After": "600" } } as const;
    sandbox.faults.add({ route: "GET /api/v2/tokens", when: "before", times: Infinity, fault });
    for (let times = 0; times < 2; times++) {
      const found = call.invoke("launchdarkly-rotation:index:findAccessToken", { name: "ci" }, true);
      await assert.rejects(found, /rate limit (held|holds) back the request/);
    }
    assert.equal(sandbox.requests.length, 1);
  });

  it("begins nothing after Cancel, until another run begins", async () => {
    const { call, process, sandbox } = plugin();
    const tokenId = newToken();
    await call.cancel();
    await assert.rejects(call.create(URN, { tokenId }), /the run was interrupted before the reset/);
    assert.equal(sandbox.requests.filter(({ route }) => route === RESET).length, 0);
    await process.begin(sandbox);
    await call.create(URN, { tokenId });
  });

  it("lets a resource of the state keep a credential that a new one wants, whichever is checked first", async () => {
    const { call, process, sandbox } = plugin();
    const [first, second] = ["first", "second"].map((name) => urnOf("AccessTokenRotation", name)) as [string, string];
    const news = { tokenId: newToken(), triggers: { a: 1 } };
    const { id, values } = await call.create(first, news);
    const old = { id, inputs: news, outputs: { ...values } };
    const refusal = /^AccessTokenRotation "second" would rotate \w+, which AccessTokenRotation "first" rotates already/;
    for (const order of [
      [first, second],
      [second, first],
    ]) {
      await process.begin(sandbox);
      const said: string[] = [];
      for (const urn of order) said.push(...(await call.check(urn, news, urn === first ? old : {})).failures);
      await assert.rejects(call.create(second, news), (error: Error) => refusal.test(error.message));
      assert.deepEqual(
        said.map((text) => refusal.test(text)),
        order[0] === first ? [true] : [],
      );
    }
    assert.equal(sandbox.requests.filter(({ hasReset }) => hasReset).length, 1);
  });

  it("takes a resource that changes over to another's credential for a new one", async () => {
    const { call } = plugin();
    const [one, other] = [{ tokenId: newToken("one") }, { tokenId: newToken("other") }];
    const [first, second] = ["first", "second"].map((name) => urnOf("AccessTokenRotation", name)) as [string, string];
    assert.deepEqual((await call.check(first, other, { inputs: one })).failures, []);
    assert.deepEqual((await call.check(second, other, { inputs: other })).failures, [], "it has it in the state");
    await assert.rejects(
      call.create(first, other),
      /"first" would rotate \w+, which AccessTokenRotation "second" rotates/,
    );
  });

  it("refuses what is no resource of it, and what is no JSON, without a value", async () => {
    const { call, process } = plugin();
    await assert.rejects(call.check(urnOf("OtherRotation", "x"), {}), /index:OtherRotation is no resource of launchd/);
    const asset = { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", text: "the text" };
    const request = new CheckRequest()
      .setUrn(URN)
      .setNews(Struct.fromJavaScript({ tokenId: "1", triggers: { asset } }));
    const response = await answered<CheckResponse>((done) => process.client.check(request, done));
    const [failure] = response.getFailuresList();
    assert.match(failure?.getReason() ?? "", /^triggers\.asset is an asset, and must be JSON\. Write a hash/);
  });

  it("ends by itself when the engine is gone, and not before what is under way", async () => {
    const { sandbox } = plugin();
    const process = await startPluginProcess();
    await process.begin(sandbox);
    let release: () => void = () => undefined;
    const until = new Promise<void>((resolve) => (release = resolve));
    sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "hold", until } });
    const created = callsOf(process).create(URN, { tokenId: newToken() });
    while (!sandbox.requests.some(({ route }) => route === RESET)) await once(sandbox.events, "processed");
    process.stopEngine();
    const ended = once(process.process, "exit");
    // It looks every second, and nothing tells when it has.
    assert.equal(await Promise.race([ended, sleep(2_500, "it is there")]), "it is there");
    release();
    assert.match((await created).values["token"] as string, /^api-/);
    assert.deepEqual(await ended, [0, null]);
    await process.stop();
  });
});
