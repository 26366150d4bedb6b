/** A whole key where a name belongs is refused, and its ending is all that is kept; names that begin like keys stay. */
import assert from "node:assert/strict";

import { triggerChanges } from "../../provider/decisions/rotationReason";
import { wasProcessed } from "../../provider/decisions/resetStep";
import { keyStatus } from "../../provider/decisions/keyStatus";
import { relayProxyKey } from "../../provider/credentials/relayProxyKey/credential";
import { rotatingAccessToken } from "../../provider/credentials/rotatingAccessToken/credential";
import { rotatingSdkKey } from "../../provider/credentials/rotatingSdkKey/credential";
import { sdkKey } from "../../provider/credentials/sdkKey/credential";
import { withoutKeys } from "../../provider/model/redact";
import { readOutputs } from "../../provider/model/outputs";
import { everyKind } from "../support/kinds";
import type { Properties } from "../support/providerProcess";

const KEYS = ["api", "sdk", "mob", "rel"].map((prefix) => `${prefix}-bbbbbbbb-0000-4000-8000-0123456789cd`);
const LIKE_A_KEY = ["api-gateway", "sdk-2026-11-28", "mob-apps-of-the-production-cluster", "rel-1"];

describe("a whole key", () => {
  for (const key of KEYS) {
    it(`is refused as a project, an environment, a role, a name and a description, and not shown: ${key.slice(0, 4)}…`, () => {
      const owned = { owner: "o", name: "ci" };
      const refused = [
        sdkKey.inputs.safeParse({ projectKey: key, environmentKey: "production" }),
        sdkKey.inputs.safeParse({ projectKey: "web", environmentKey: key }),
        ...[{ role: key }, { customRoleIds: ["a", key] }, { name: `my ${key}` }, { description: `of ${key}` }].map(
          (more) => rotatingAccessToken.inputs.safeParse({ ...owned, ...more }),
        ),
      ];
      for (const { success, error } of refused) {
        assert.ok(!success);
        assert.match(error.message, /key/);
        assert.ok(!error.message.includes(key));
      }
    });
  }

  for (const { credential, inputNames } of everyKind) {
    const { className } = credential;
    const secret = [credential.strategy === "reset" ? credential.initialKey : credential.initial.key];
    const owner = credential.strategy === "replace" ? { owner: "o" } : {};
    const right: Properties = Object.fromEntries(
      ["tokenId", "configurationId", "projectKey", "environmentKey", "name"]
        .filter((input) => inputNames.includes(input))
        .map((input) => [input, "a1"]),
    );

    it(`is refused in each input of ${className} that is kept in plain text, and not shown`, () => {
      assert.ok(credential.inputs.safeParse({ ...owner, ...right }).success, "what is right is taken");
      const plain = inputNames.filter((input) => input !== "triggers" && !secret.includes(input));
      for (const input of plain) {
        for (const key of KEYS) {
          const values = [key, `x-${key}`, [key], [`x-${key}`], [{ effect: key }], [{ [key]: ["allow"] }], { a: key }];
          for (const value of values) {
            const { success, error } = credential.inputs.safeParse({ ...owner, ...right, [input]: value });
            assert.ok(!success, `${className} takes ${input}: ${JSON.stringify(value)}`);
            assert.ok(!error.message.includes(key), error.message);
          }
        }
      }
    });
  }

  it("is told from a name that only begins like one", () => {
    for (const name of LIKE_A_KEY) {
      assert.equal(withoutKeys(name), name);
      assert.ok(sdkKey.inputs.safeParse({ projectKey: name, environmentKey: name }).success, name);
      assert.ok(rotatingAccessToken.inputs.safeParse({ owner: "o", name, role: name }).success);
      const inlineRole = [{ effect: "allow", actions: ["*"], resources: [`proj/${name}`] }];
      assert.ok(rotatingAccessToken.inputs.safeParse({ owner: "o", name, inlineRole }).success);
      const place = { projectKey: name, environmentKey: name };
      assert.ok(rotatingSdkKey.inputs.safeParse({ owner: "o", name, ...place, viewKeys: [name] }).success);
    }
  });

  it("is taken out of the name of a trigger, whose reason a state keeps, as are control characters", () => {
    const name = `\u001b[2J\u202e${String(KEYS[0])}\u0007\r`;
    assert.deepEqual(triggerChanges({}, { [name]: 1 }), [{ name: "triggers.api-…89cd", change: "added" }]);
  });

  it("is cut to its ending where a relay configuration shows it", () => {
    for (const displayKey of [...KEYS, "…0123456789cd", "89cd\u001b[2J", " 89cd "]) {
      assert.equal(relayProxyKey.readFound({ displayKey })?.lastFour, "89cd");
    }
  });

  it("or more of one than an ending, in a state of an older release, is no drift and no reset", () => {
    const fullKey = String(KEYS[3]);
    for (const displayKey of ["89cd", "6789cd", fullKey, "9cd"]) {
      const state = readOutputs(relayProxyKey, { configurationId: "c1", fullKey, displayKey, triggers: {} });
      assert.ok(!("problems" in state));
      assert.equal(keyStatus(state).kind, "held");
      const found = relayProxyKey.readFound({ displayKey: "6789cd" });
      assert.ok(found !== undefined && !wasProcessed(state, 0, found));
    }
  });
});
