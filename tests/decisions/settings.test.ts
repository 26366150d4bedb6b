/** The settings of a token that the stack owns: after a change, as LaunchDarkly shows them, and what others changed. */
import assert from "node:assert/strict";

import { foreignChanges, settingChanges, shownSettings, withSettings } from "../../provider/decisions/owned/settings";
import type { Json } from "../../provider/model/json";
import type { KeyRecord, Settings } from "../../provider/model/record";
import { markOf, ownedState, tokenRecord } from "../support/ownedSamples";
import { rotatingAccessToken } from "../../provider/credentials/rotatingAccessToken/credential";

const owner = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/launchdarkly:RotatingAccessToken::ci";
const description = `text ${markOf(2)}`;
const set = (setting: string, value: Json) => ({ kind: "set", setting, value }) as const;
const remove = (setting: string) => ({ kind: "remove", setting }) as const;

describe("the state once settings are changed", () => {
  const rows: [what: string, changes: Parameters<typeof withSettings>[2], settings: Settings][] = [
    ["is as it was after no change", [], { name: "ci", role: "writer", description }],
    ["has a new value, and the others", [set("name", "other")], { name: "other", role: "writer", description }],
    [
      "has a setting that it lacked",
      [set("defaultApiVersion", 20240415)],
      { ...ownedState().settings, defaultApiVersion: 20240415 },
    ],
    ["lacks what is removed", [remove("role")], { name: "ci", description }],
    [
      "has one role in the place of another",
      [set("customRoleIds", ["ops"]), remove("role")],
      { name: "ci", description, customRoleIds: ["ops"] },
    ],
  ];
  for (const [what, changes, settings] of rows) {
    it(what, () => {
      const before = ownedState();
      assert.deepEqual(withSettings(rotatingAccessToken, before, changes, undefined), {
        ...before,
        settings,
        shown: settings,
      });
      assert.deepEqual(before, ownedState(), "the state before stays as it is");
    });
  }

  it("knows what LaunchDarkly showed then, which may be another thing than was asked for", () => {
    const after = withSettings(
      rotatingAccessToken,
      ownedState(),
      [set("name", "other")],
      tokenRecord({ name: "Other" }),
    );
    assert.equal(after.settings["name"], "other");
    assert.deepEqual(after.shown, { name: "Other", role: "writer", description });
  });
});

describe("the settings that LaunchDarkly shows", () => {
  const rows: [what: string, record: Partial<KeyRecord>, shown: Settings][] = [
    ["are those that a token has", {}, { name: "ci", role: "writer", description }],
    ["are not what it has none of", { name: null, role: null, description: null }, {}],
    ["are no empty list", { role: null, customRoleIds: [] }, { name: "ci", description }],
    [
      "are a list that holds something",
      { role: null, customRoleIds: ["ops"] },
      { name: "ci", description, customRoleIds: ["ops"] },
    ],
    ["are an empty text", { description: "" }, { name: "ci", role: "writer", description: "" }],
    ["are a text of any length", { name: "c" }, { name: "c", role: "writer", description }],
    [
      "are an inline role",
      { role: null, inlineRole: [{ effect: "allow" }] },
      { name: "ci", description, inlineRole: [{ effect: "allow" }] },
    ],
  ];
  for (const [what, record, shown] of rows) {
    it(what, () => {
      assert.deepEqual(shownSettings(rotatingAccessToken, tokenRecord(record)), shown);
    });
  }
});

describe("another kind of role", () => {
  const roles: [from: string, value: object][] = [
    ["role", { role: "writer" }],
    ["customRoleIds", { customRoleIds: ["ops"] }],
    ["inlineRole", { inlineRole: [{ effect: "allow" }] }],
  ];
  for (const [from, had] of roles) {
    for (const [to, wanted] of roles) {
      if (from === to) continue;
      it(`takes the place of ${from} as ${to}, and of nothing else`, () => {
        const settings = { name: "ci", description };
        const state = ownedState({ settings: { ...settings, ...had } });
        assert.deepEqual(
          settingChanges(rotatingAccessToken, state, {
            owner,
            settings: { ...settings, description: "text", ...wanted },
          }),
          [{ kind: "set", setting: to, value: Object.values(wanted)[0] as unknown }, remove(from)],
        );
      });
    }
  }

  it("removes nothing where the role stays of its kind", () => {
    const asked = { owner, settings: { name: "ci", role: "reader" } };
    assert.deepEqual(settingChanges(rotatingAccessToken, ownedState(), asked), [set("role", "reader")]);
  });
});

describe("what somebody else has changed", () => {
  it("is told setting by setting, with what was and what is", () => {
    const record = tokenRecord({ name: "other", role: null, customRoleIds: ["ops"] });
    assert.deepEqual(foreignChanges(rotatingAccessToken, ownedState(), record), [
      { setting: "name", was: "ci", is: "other" },
      { setting: "role", was: "writer", is: undefined },
      { setting: "customRoleIds", was: undefined, is: ["ops"] },
    ]);
    assert.deepEqual(foreignChanges(rotatingAccessToken, ownedState(), tokenRecord()), []);
  });
});
