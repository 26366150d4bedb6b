/** The plugin's settings: what the engine is told of them before any resource, and where they come from. */
import assert from "node:assert/strict";

import { NAMES } from "../../provider/hosts/plugin/settings";
import { UNKNOWN_VALUE } from "../../provider/model/json";
import { settings } from "../../tools/plugin/settings";
import { eachPlugin } from "../support/eachPlugin";
import { callsOf } from "../support/pluginCalls";
import { startPluginProcess } from "../support/pluginProcess";
import { urnOf } from "./pluginHost";

const KEY = "api-5b1c1c3e-0000-4000-8000-0123456789ab";
const P = "launchdarkly-rotation";

describe("the settings of the plugin", () => {
  const plugin = eachPlugin();

  it("are those of its schema", () => {
    assert.deepEqual([...NAMES].sort(), Object.keys(settings).sort());
  });

  it("are refused where they are misspelt, strangers or wrong, and no value is repeated", async () => {
    const rows: [given: Record<string, unknown>, failures: RegExp[]][] = [
      [{ accessToken: KEY, apiHost: "app.launchdarkly.us", httpTimeout: 30, version: "1.2.3" }, []],
      [{}, []],
      [{ accesToken: KEY }, [/^launchdarkly-rotation:accesToken is no setting; its name is .*rotation:accessToken$/]],
      [
        { accessToken: KEY, region: "eu" },
        [/^launchdarkly-rotation:region is no setting \(the settings: accessToken,/],
      ],
      [{ accessToken: KEY, apiHost: "http://eu.example" }, [/^launchdarkly-rotation:apiHost .* must use https/]],
      [{ accessToken: "sdk-5b1c1c3e" }, [/^launchdarkly-rotation:accessToken .* is a key of another kind/]],
      [{ accessToken: KEY, organization: "a/b" }, [/^launchdarkly-rotation:organization must be the name of an org/]],
      [{ accessToken: UNKNOWN_VALUE, apiHost: UNKNOWN_VALUE }, []],
    ];
    for (const [given, expected] of rows) {
      const { failures } = await plugin().call.checkConfig(given);
      assert.equal(failures.length, expected.length, failures.join("\n"));
      for (const [index, form] of expected.entries()) assert.match(failures[index] ?? "", form);
      assert.ok(!failures.join().includes("5b1c1c3e"));
    }
  });

  it("have the admin key as a secret, whatever the program says of it", async () => {
    const { values, secrets } = await plugin().call.checkConfig({ accessToken: KEY, apiHost: "a.example" });
    assert.deepEqual(values, { accessToken: KEY, apiHost: "a.example" });
    assert.deepEqual([...secrets], ["accessToken"]);
  });

  it("say how to copy the dynamic resources' key, where there is none", async () => {
    const { call, process, sandbox } = plugin();
    await process.begin(sandbox, { apiHost: sandbox.url });
    const { failures } = await call.check(urnOf("AccessTokenRotation", "ci"), { tokenId: "610955" });
    const [said = ""] = failures;
    assert.match(said, /^launchdarkly-rotation:accessToken \(or LAUNCHDARKLY_ACCESS_TOKEN\) is not set/);
    const copy = `pulumi config get launchdarkly:accessToken | pulumi config set --secret ${P}:accessToken`;
    assert.ok(said.endsWith(`Copy launchdarkly:apiHost first, if the stack has it, then the key: ${copy}`), said);
  });

  it("are named in messages as programs of the plugin know them", async () => {
    const { call, process, sandbox } = plugin();
    await process.begin(sandbox, { apiHost: sandbox.url, accessToken: KEY });
    const urn = urnOf("AccessTokenRotation", "ci");
    const { id: tokenId } = sandbox.createToken({ name: "ci" });
    const refused = /does not accept the key api-…89ab .* Check launchdarkly-rotation:accessToken\.$/;
    await assert.rejects(call.create(urn, { tokenId }), refused);
  });

  it("come from the environment where the stack has none", async () => {
    const { sandbox } = plugin();
    const environment = { LAUNCHDARKLY_ACCESS_TOKEN: sandbox.adminKey, LAUNCHDARKLY_API_HOST: sandbox.url };
    const process = await startPluginProcess(environment);
    try {
      await process.begin(sandbox, {});
      const { id: tokenId } = sandbox.createToken({ name: "ci" });
      const { values } = await callsOf(process).create(urnOf("AccessTokenRotation", "ci"), { tokenId });
      assert.equal(values["token"], sandbox.store.find(tokenId)?.keys[0].value);
    } finally {
      await process.stop();
    }
  });

  it("name the organization in the marks of what the stack owns, and none without it", async () => {
    const { call, process, sandbox } = plugin();
    const urn = urnOf("RotatingAccessToken", "ci");
    const marks: string[] = [];
    for (const organization of [undefined, "organization", "acme"]) {
      await process.begin(sandbox, { apiHost: sandbox.url, accessToken: sandbox.adminKey, organization });
      await call.check(urn, { name: "ci", role: "writer" });
      const { values } = await call.create(urn, { name: "ci", role: "writer" });
      const { description = "" } = sandbox.store.find(values["tokenId"] as string) ?? {};
      marks.push(description.replace(/ [0-9a-f]{16} .*/, ""));
    }
    assert.deepEqual(marks, [
      "[Pulumi shop/production/ci",
      "[Pulumi shop/production/ci",
      "[Pulumi acme/shop/production/ci",
    ]);
  });
});
