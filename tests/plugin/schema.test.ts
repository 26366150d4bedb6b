/** The schema of the plugin: it says what the classes' docstrings say, and has every class and function. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

import * as pulumi from "@pulumi/pulumi";

import * as exported from "../../provider";
import { committed, generated, manifest } from "../../tools/plugin/committed";
import { type PropertySpec, type ResourceSpec, schemaOf } from "../../tools/plugin/schema";
import { createWording } from "../../tools/plugin/wording";
import { repository } from "../../tools/stack/workspace";
import { tableRows } from "../support/markdown";
import { registrationOf } from "../support/registration";

const text = readFileSync(committed, "utf8");
const schema = JSON.parse(text) as ReturnType<typeof schemaOf>;
const resource = (name: string): ResourceSpec =>
  schema.resources[`launchdarkly-rotation:index:${name}`] ?? assert.fail(`no ${name}`);

type AnyClass = new (name: string, args: object) => pulumi.Resource;

const classes = Object.entries(exported).filter(
  (entry): entry is [string, AnyClass & (typeof entry)[1]] => entry[1].prototype instanceof pulumi.Resource,
);

const secretsOf = (properties: Record<string, PropertySpec>) =>
  Object.keys(properties).filter((name) => properties[name]?.secret === true);

describe("the plugin's schema", () => {
  it("is what the docstrings say", () => {
    assert.ok(
      text === generated(),
      "plugin/schema.json does not say what the docstrings say. Run: npm run plugin:schema",
    );
  });

  it("has every class that programs can import, with the alias by which the plugin takes its states over", () => {
    assert.ok(classes.length >= 5);
    assert.deepEqual(
      Object.entries(schema.resources).map(([token, { aliases }]) => [token, aliases]),
      classes.map(([name]) => [
        `launchdarkly-rotation:index:${name}`,
        [{ type: `pulumi-nodejs:dynamic/launchdarkly:${name}` }],
      ]),
    );
  });

  it("has every function that programs can import, once", () => {
    const functions = Object.keys(exported).filter((name) => /^[a-z]/.test(name) && !name.endsWith("Output"));
    assert.deepEqual(
      Object.keys(schema.functions),
      functions.map((name) => `launchdarkly-rotation:index:${name}`),
    );
    const { inputs, outputs } = schema.functions["launchdarkly-rotation:index:findAccessToken"] ?? assert.fail();
    assert.deepEqual(inputs.required, ["name"]);
    assert.deepEqual(outputs.required, ["id", "name", "customRoleIds"]);
  });

  for (const [name, Resource] of classes) {
    it(`has the inputs and outputs that are secret in the class, as secrets: ${name}`, async () => {
      const { inputProperties, properties } = resource(name);
      const registered = await registrationOf((args) => new Resource("one", args), Object.keys(inputProperties));
      assert.deepEqual(secretsOf(inputProperties).sort(), registered.secretInputs);
      const outputs = registered.secretOutputs.filter((output) => output in properties);
      assert.deepEqual(secretsOf(properties).sort(), outputs);
      assert.ok(outputs.length > 0);
    });
  }

  it("has the types that every language can write", () => {
    const { inputProperties, requiredInputs, properties, required } = resource("RotatingAccessToken");
    const type = ({ description: _, ...rest }: PropertySpec = {}) => rest;
    assert.deepEqual(type(inputProperties["oldKeyExpiry"]), { type: "string" });
    assert.deepEqual(type(inputProperties["triggers"]), {
      type: "object",
      additionalProperties: { $ref: "pulumi.json#/Any" },
    });
    assert.deepEqual(type(inputProperties["role"]), { type: "string" });
    assert.deepEqual(type(inputProperties["serviceToken"]), { type: "boolean", willReplaceOnChanges: true });
    assert.deepEqual(type(inputProperties["inlineRole"]), {
      type: "array",
      items: { $ref: "#/types/launchdarkly-rotation:index:PolicyStatement" },
    });
    assert.deepEqual(requiredInputs, ["name"]);
    assert.deepEqual(type(properties["rotationCount"]), { type: "integer" });
    assert.deepEqual(required, ["token", "tokenId", "tokenLastFour", "previousTokens", "rotationCount"]);
  });

  it("has what tells the credential among the outputs", () => {
    assert.ok(resource("AccessTokenRotation").required.includes("tokenId"));
    const { required } = resource("SdkKeyRotation");
    assert.deepEqual(required.slice(0, 2), ["projectKey", "environmentKey"]);
  });

  it("says the default of every input that need not be given, and nothing of TypeScript's own", () => {
    for (const { inputProperties, requiredInputs } of Object.values(schema.resources)) {
      for (const [name, { description = "" }] of Object.entries(inputProperties)) {
        assert.equal(/\bDefault: \S/.test(description), !requiredInputs.includes(name), `${name}: ${description}`);
        assert.doesNotMatch(description, /`Date`|pulumi\.output|\{@link|@/);
      }
    }
    assert.doesNotMatch(text, /launchdarkly:(?:accessToken|apiHost|httpTimeout)/);
  });

  it("says what is deprecated, and what to use instead", () => {
    const fixture = path.join(repository, "tests", "plugin", "fixtures", "retired.ts");
    const { resources } = schemaOf(fixture, manifest, createWording());
    const { deprecationMessage, inputProperties } =
      resources["launchdarkly-rotation:index:RetiredRotation"] ?? assert.fail();
    assert.equal(deprecationMessage, "Use `RotatingAccessToken`.");
    assert.equal(inputProperties["version"]?.deprecationMessage, "Use `triggers`.");
  });

  it("has the settings that docs/settings.md tells, from the same places", () => {
    const page = readFileSync(path.join(repository, "docs", "settings.md"), "utf8");
    const told = tableRows(page).flatMap(({ configuration = "", environment = "" }) => {
      const [, setting] = /^`launchdarkly:(\w+)`$/.exec(configuration) ?? [];
      return setting === undefined ? [] : [[setting, environment.replaceAll("`", "")]];
    });
    assert.ok(told.length >= 3);
    const { variables } = schema.config;
    const given = Object.entries(variables).map(([name, { description }]) => [
      name,
      /Default: the environment's `(\w+)`/.exec(description)?.[1],
    ]);
    assert.deepEqual(given, [...told, ["organization", undefined]]);
    assert.deepEqual(schema.provider.inputProperties, variables);
    assert.deepEqual(secretsOf(variables), ["accessToken"]);
  });

  it("has no SDK read the environment, which would put the admin key into the state as plain text", () => {
    assert.doesNotMatch(text, /"defaultInfo"/);
  });

  it("sends to the releases of this repository, and has SDKs that are not called like the npm package", () => {
    const home = "github.com/pulumi-launchdarkly-rotation/pulumi-launchdarkly-rotation";
    assert.equal(
      schema.pluginDownloadURL,
      `https://${home}/releases/download/pulumi-launchdarkly-rotation@\${VERSION}`,
    );
    const { nodejs, python, go } = schema.language;
    assert.equal(go.importBasePath, `${home}/sdk/go/launchdarklyrotation`);
    assert.equal(python.packageName, "pulumi_launchdarkly_rotation");
    assert.notEqual(nodejs.packageName, manifest.name);
    assert.deepEqual(nodejs.dependencies, { "@pulumi/pulumi": "^3.139.0" });
  });
});
