/** The examples of docstrings, in the languages of the plugin's users. */
import assert from "node:assert/strict";

import { parse } from "yaml";

import { readExample } from "../../tools/plugin/example";
import { inEachLanguage } from "../../tools/plugin/languages";
import { createWording } from "../../tools/plugin/wording";

const names = {
  package: "launchdarkly-rotation",
  nodejs: "the-sdk",
  python: "the_sdk",
  go: "example.com/sdk/go/thesdk",
};

const resource = inEachLanguage(
  readExample(`const own = new SdkKeyRotation("server", {
    projectKey: "demo",
    triggers: { since: "2026-11-24", count: 2, "on call": [true] },
    customRoleIds: ["ops"],
    frozen: false,
  });
  export const sdkKey = own.sdkKey;`),
  names,
);
const call = inEachLanguage(readExample('const { id } = await findAccessToken({ name: "ci" });'), names);

describe("an example of a docstring", () => {
  it("stays what it is in TypeScript, with the import of the SDK", () => {
    assert.match(
      resource["typescript"] ?? "",
      /^import \{ SdkKeyRotation \} from "the-sdk";\n\nconst own = new SdkKey/,
    );
    assert.match(
      resource["typescript"] ?? "",
      /^ {4}triggers: \{ since: "2026-11-24", count: 2, "on call": \[true\] \},$/m,
    );
    assert.equal(
      call["typescript"],
      'import { findAccessTokenOutput } from "the-sdk";\n\nexport const id = findAccessTokenOutput({ name: "ci" }).id;',
    );
  });

  it("has the names and the literals of Python", () => {
    const lines = [
      "import pulumi",
      "import the_sdk as launchdarkly",
      "",
      'own = launchdarkly.SdkKeyRotation("server",',
      '    project_key="demo",',
      '    triggers={"since": "2026-11-24", "count": 2, "on call": [True]},',
      '    custom_role_ids=["ops"],',
      "    frozen=False)",
      'pulumi.export("sdkKey", own.sdk_key)',
    ];
    assert.deepEqual(resource["python"]?.split("\n"), lines);
    assert.match(call["python"] ?? "", /launchdarkly\.find_access_token_output\(name="ci"\)\.id\)$/);
  });

  it("is a whole program in Go, aligned as gofmt does", () => {
    const fields = [
      '\t\t\tProjectKey:    pulumi.String("demo"),',
      '\t\t\tTriggers:      pulumi.Map{"since": pulumi.String("2026-11-24"), "count": pulumi.Int(2), "on call": pulumi.Array{pulumi.Bool(true)}},',
      '\t\t\tCustomRoleIds: pulumi.StringArray{pulumi.String("ops")},',
      "\t\t\tFrozen:        pulumi.Bool(false),",
    ];
    assert.ok(resource["go"]?.includes(fields.join("\n")), resource["go"]);
    assert.match(call["go"] ?? "", /found := thesdk\.FindAccessTokenOutput\(ctx, thesdk\.FindAccessTokenOutputArgs\{/);
  });

  it("keeps in YAML that a text is a text", () => {
    const properties = {
      projectKey: "demo",
      triggers: { since: "2026-11-24", count: 2, "on call": [true] },
      customRoleIds: ["ops"],
      frozen: false,
    };
    assert.deepEqual(parse(resource["yaml"] ?? ""), {
      resources: { server: { type: "launchdarkly-rotation:SdkKeyRotation", properties } },
      outputs: { sdkKey: "${server.sdkKey}" },
    });
    assert.match(resource["yaml"] ?? "", /since: "2026-11-24"/);
    const invoke = { function: "launchdarkly-rotation:findAccessToken", arguments: { name: "ci" }, return: "id" };
    assert.deepEqual(parse(call["yaml"] ?? ""), { outputs: { id: { "fn::invoke": invoke } } });
  });

  it("is refused if it has what the other languages would write in another way", () => {
    for (const code of [
      'const ci = new A("ci", { tokenId: found.id });',
      'const ci = new A("ci", args);',
      'new A("ci", {});',
      'const ci = new A("ci", {}); console.log(ci);',
      'const { id, name } = await findAccessToken({ name: "ci" });',
      "",
    ]) {
      assert.throws(
        () => readExample(code),
        /^Error: (?:The example of a docstring has what|An example is empty)/,
        code,
      );
    }
  });
});

describe("the words of the plugin", () => {
  it("are looked at again when a docstring no longer says what they stand for", () => {
    const wording = createWording();
    assert.equal(wording.reworded("Set `launchdarkly:apiHost`."), "Set `launchdarkly-rotation:apiHost`.");
    assert.throws(() => {
      wording.assertUsed();
    }, /No docstring says this any more: correct tools\/plugin\/wording\.ts\. Any JSON value;/);
  });
});
