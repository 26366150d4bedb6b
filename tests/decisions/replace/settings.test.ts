/** The settings of a token that the stack owns: which have to change, after a change, as LaunchDarkly shows them, and what others changed. */
import assert from "node:assert/strict";

import {
  foreignChanges,
  settingChanges,
  shownSettings,
  takeOverDifferences,
  withoutUnknown,
  withSettings,
} from "../../../provider/decisions/replace/settings";
import { type Json, UNKNOWN_VALUE } from "../../../provider/model/json";
import type { OwnedState } from "../../../provider/model/ownedState";
import type { KeyRecord, Settings } from "../../../provider/model/answers";
import { markOf, ownedState, tokenRecord } from "../../support/ownedSamples";
import { rotatingAccessToken } from "../../../provider/credentials/rotatingAccessToken/credential";

const owner = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/launchdarkly:RotatingAccessToken::ci";
const mark = markOf(2);
const description = `text ${mark}`;
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

describe("the changes of a token that the stack owns", () => {
  it("are those that the program asks for, and no others", () => {
    const changes = (settings: object, more: Partial<OwnedState> = {}) =>
      settingChanges(rotatingAccessToken, ownedState(more), {
        owner,
        settings: { name: "ci", role: "writer", ...settings },
      });
    assert.deepEqual(changes({}), [], "a description that the program does not give is left");
    assert.deepEqual(changes({ role: undefined }), [], "so is a role");
    assert.deepEqual(changes({ description: "text" }), []);
    assert.deepEqual(changes({ name: "other" }), [set("name", "other")]);
    assert.deepEqual(changes({ description: "new" }), [set("description", `new ${mark}`)]);
    assert.deepEqual(changes({ role: undefined, customRoleIds: ["ops"] }), [
      set("customRoleIds", ["ops"]),
      { kind: "remove", setting: "role" },
    ]);
    const unmarked = { settings: { name: "ci", role: "writer", description: "text" } };
    assert.deepEqual(changes({}, unmarked), [set("description", `text ${mark}`)], "the mark is put back");
    const taken = { settings: { ...unmarked.settings, description: "text [Pulumi shop/dev/web 0123456789abcdef #0]" } };
    assert.deepEqual(changes({ name: "other" }, taken), [set("name", "other")], "another's mark is left");
    const attempt = mark.replace("]", "-5f3a09bc]");
    const made = { settings: { ...unmarked.settings, description: `text ${attempt}` } };
    assert.deepEqual(changes({}, made), [], "so is the attempt in its own");
    assert.deepEqual(changes({ description: "new" }, made), [set("description", `new ${attempt}`)]);
  });

  it("are none of an organization that the host does not know, but for another text before it", () => {
    const known = markOf(2, undefined, "acme/shop/dev/ci");
    const state = ownedState({ settings: { name: "ci", description: `text ${known}` } });
    const changes = (organization: string, description = "text") =>
      settingChanges(rotatingAccessToken, state, { owner: `${organization}/${owner}`, settings: { description } });
    assert.deepEqual(changes(""), []);
    assert.deepEqual(changes("", "new"), [set("description", `new ${known}`)]);
    assert.deepEqual(changes("organization"), [set("description", `text ${mark}`)], "it has none");
    assert.deepEqual(changes("b"), [set("description", `text ${markOf(2, undefined, "b/shop/dev/ci")}`)]);
  });
});

describe("the changes of a token that is taken over", () => {
  const rows: [what: string, shown: Partial<KeyRecord>, settings: object, told: string[]][] = [
    ["are none where it is what the program asks for", {}, {}, []],
    [
      "are none of what the program does not give",
      { role: "admin", defaultApiVersion: 20220603 },
      { role: undefined },
      [],
    ],
    ["are a name and a role", { name: "x", role: "admin" }, {}, ["name: x → ci", "role: admin → writer"]],
    ["are a description, but for its mark", {}, { description: "new" }, ["description: text → new"]],
    ["are none of a name that Pulumi does not know yet", {}, { name: UNKNOWN_VALUE }, []],
    ["are none of roles that Pulumi does not know yet", {}, { customRoleIds: [UNKNOWN_VALUE], role: undefined }, []],
    ["are none of a description that stays", {}, { description: "text" }, []],
    [
      "are the kind of role that another one takes the place of",
      {},
      { role: undefined, customRoleIds: ["ops"] },
      ["customRoleIds: undefined → ops", "role: writer → undefined"],
    ],
  ];
  for (const [what, shown, settings, told] of rows) {
    it(what, () => {
      const inputs = { settings: { name: "ci", role: "writer", ...settings } };
      const differences = takeOverDifferences(rotatingAccessToken, tokenRecord(shown), inputs);
      assert.deepEqual(
        differences.map(({ setting, was, is }) => `${setting}: ${String(was)} → ${String(is)}`),
        told,
      );
    });
  }
});

it("leaves settings out that are not known yet, and the inputs as they were given", () => {
  const inputs = { name: "ci", settings: { name: "ci", role: UNKNOWN_VALUE, description: null } };
  const known = withoutUnknown(inputs, new Set(["role", "triggers"]));
  assert.deepEqual(known, { name: "ci", settings: { name: "ci", description: null } });
  assert.equal(inputs.settings.role, UNKNOWN_VALUE);
});
