/** A look at a credential that is reset, and what becomes of a request for a key whose answer has none. */
import assert from "node:assert/strict";

import {
  bodyOfSuccess,
  lookOperation,
  processLook,
  processReset,
  resetOperation,
  withoutResult,
} from "../../provider/client/credentialRequests";
import { LaunchDarklyError } from "../../provider/client/errors";
import { accessToken } from "../../provider/credentials/accessToken/credential";
import { sdkKey } from "../../provider/credentials/sdkKey/credential";
import type { ResetCredential } from "../../provider/model/credential";
import { LOST, refusal, reply } from "../support/answeredClient";

const KEY = "api-aaaaaaaa-0000-4000-8000-0123456789ab";
const SDK_KEY = "sdk-bbbbbbbb-0000-4000-8000-0123456789cd";
const PLACE = { projectKey: "shop", environmentKey: "production" };

describe("the requests for a credential", () => {
  it("read as what they do, and go to its address", () => {
    assert.deepEqual(lookOperation(sdkKey, PLACE), {
      action: "read SDK key of environment shop/production",
      permission: "viewSdkKey",
      missing: sdkKey.wording.missing,
      method: "GET",
      path: "/api/v2/projects/shop/environments/production",
    });
    assert.deepEqual(resetOperation(sdkKey, PLACE, 7), {
      action: "reset SDK key of environment shop/production",
      permission: "updateApiKey",
      missing: sdkKey.wording.missing,
      method: "POST",
      path: "/api/v2/projects/shop/environments/production/apiKey",
      query: { expiry: "7" },
    });
    assert.equal(resetOperation(accessToken, { tokenId: "t1" }, undefined).query, undefined);
    assert.equal(lookOperation(accessToken, { tokenId: "t1" }).permission, undefined);
  });
});

describe("the answer to a look", () => {
  const look = (credential: ResetCredential, answer: Parameters<typeof processLook>[2]) =>
    processLook(credential, lookOperation(credential, credential === sdkKey ? PLACE : { tokenId: "t1" }), answer, KEY);

  it("shows the credential, without keys where they do not belong", () => {
    const found = look(sdkKey, reply({ apiKey: SDK_KEY, name: `of ${SDK_KEY} and ${KEY}` }));
    assert.deepEqual([found.key, found.lastFour], [SDK_KEY, "89cd"]);
    assert.deepEqual(found.details, { name: "of sdk-…89cd and api-…89ab" });
    const token = look(accessToken, reply({ token: "1111", name: "ci" }));
    assert.deepEqual([token.key, token.lastFour, token.details["name"]], [null, "1111", "ci"]);
  });

  it("says what the role lacks where a key is hidden that can be read", () => {
    const hidden = reply({ apiKey: "sdk-****89cd", name: "production" });
    const expected = {
      code: "forbidden",
      status: 200,
      message: /hides the SDK key: the role of the key api-…89ab must allow the action viewSdkKey\.$/,
    };
    assert.throws(() => look(sdkKey, hidden), expected);
    const nameless = { ...sdkKey, actions: { reset: "updateApiKey" } };
    assert.throws(() => processLook(nameless, lookOperation(sdkKey, PLACE), hidden, KEY), /must allow viewing it\.$/);
  });

  for (const answer of [
    LOST,
    reply({ token: "1111" }, 202),
    refusal(403),
    refusal(404),
    reply({}),
    reply({ token: "" }),
  ]) {
    it(`shows nothing: ${JSON.stringify(answer)}`, () => {
      assert.throws(() => look(accessToken, answer), LaunchDarklyError);
    });
  }
});

describe("a request for a key whose answer has none", () => {
  const error = new LaunchDarklyError("refused", "odd");
  const unknown = (mayBeLate: boolean) => ({ kind: "unknown", error, mayBeLate });
  const rows: [answer: Parameters<typeof withoutResult>[0], outcome: object][] = [
    [
      { kind: "unsent", reason: "r" },
      { kind: "notProcessed", error },
    ],
    [LOST, unknown(true)],
    ...[200, 201, 299].map((status): [ReturnType<typeof reply>, object] => [reply({}, status), unknown(false)]),
    ...[429, 409].map((status): [ReturnType<typeof reply>, object] => [
      refusal(status),
      { kind: "notProcessed", error },
    ]),
    ...[408, 501, 502, 503, 504].map((status): [ReturnType<typeof reply>, object] => [refusal(status), unknown(true)]),
    [refusal(500), unknown(false)],
    ...[199, 300, 400, 401, 403, 404, 499].map((status): [ReturnType<typeof reply>, object] => [
      refusal(status),
      { kind: "refused", error },
    ]),
  ];
  for (const [answer, outcome] of rows) {
    it(`is ${JSON.stringify(outcome)} by ${"status" in answer ? answer.status : answer.kind}`, () => {
      assert.deepEqual(withoutResult(answer, error), outcome);
    });
  }

  it("has a body where it is a success alone", () => {
    const bodies = [reply("a", 199), reply("b", 200), reply("c", 299), reply("d", 300), LOST].map(bodyOfSuccess);
    assert.deepEqual(bodies, [undefined, "b", "c", undefined, undefined]);
  });

  it("is a refusal that names another way, where the reset is gone and there is one", () => {
    const operation = resetOperation(accessToken, { tokenId: "t1" }, undefined);
    for (const answer of [reply(undefined, 405), reply(undefined, 410), reply(undefined, 501), reply(undefined, 404)]) {
      const gone = processReset(accessToken, operation, answer, KEY, 7);
      assert.ok(gone.kind === "refused" && gone.error instanceof LaunchDarklyError && gone.error.code === "refused");
      assert.match(gone.error.message, /does not offer the reset/);
    }
    for (const answer of [refusal(404), refusal(403), LOST])
      assert.doesNotMatch(JSON.stringify(processReset(accessToken, operation, answer, KEY, 7)), /does not offer/);
    const other = processReset(sdkKey, resetOperation(sdkKey, PLACE, 7), refusal(405), KEY, 7);
    assert.ok(other.kind === "refused" && !/offer/.test(other.error.message));
  });
});
