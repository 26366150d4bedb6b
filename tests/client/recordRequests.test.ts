/** The requests for records that the stack owns: how they read, and what an answer to a creation comes to. */
import assert from "node:assert/strict";

import { LaunchDarklyError, type Operation } from "../../provider/client/errors";
import {
  cleaned,
  createOperation,
  processCreate,
  processRecord,
  recordOperation,
} from "../../provider/client/recordRequests";
import type { Reply } from "../../provider/client/transport";
import { rotatingAccessToken } from "../../provider/credentials/rotatingAccessToken/credential";
import { rotatingSdkKey } from "../../provider/credentials/rotatingSdkKey/credential";
import type { KeyRecord } from "../../provider/model/answers";
import { reply } from "../support/answeredClient";

const KEY = "api-aaaaaaaa-0000-4000-8000-0123456789ab";
const NEW = "api-bbbbbbbb-0000-4000-8000-0123456789cd";
const PLACE = { projectKey: "shop", environmentKey: "production" };
const made = (body: unknown) => reply(body, 201);

describe("a request for a record", () => {
  it("has what the credential says of all its requests", () => {
    const operation = recordOperation("read", rotatingSdkKey, PLACE, "k1", { method: "GET" });
    assert.deepEqual(operation, {
      method: "GET",
      action: `read ${rotatingSdkKey.wording.noun} k1`,
      path: rotatingSdkKey.paths.record(PLACE, "k1"),
      apiVersion: "beta",
      otherwise: rotatingSdkKey.otherwise,
      missing: rotatingSdkKey.wording.missing,
    });
    const token = recordOperation("delete", rotatingAccessToken, {}, "t1", { method: "DELETE", permission: "p" });
    assert.ok(!("apiVersion" in token) && !("otherwise" in token));
    assert.deepEqual([token.action, token.permission], ["delete access token t1", "p"]);
  });

  it("makes one by its name and its settings", () => {
    const settings = { name: "ci", role: "writer", description: undefined };
    const operation = createOperation(rotatingAccessToken, "ci\n", settings, { serviceToken: true });
    assert.deepEqual(operation, {
      action: 'create the access token "ci"',
      method: "POST",
      path: "/api/v2/tokens",
      body: { name: "ci", role: "writer", serviceToken: true },
      permission: "createAccessToken",
    });
    const key = createOperation(rotatingSdkKey, "ci", { name: "ci" }, PLACE, "k1");
    assert.deepEqual([key.apiVersion, key.missing], ["beta", rotatingSdkKey.wording.missingPlace]);
    assert.equal((key.body as { key?: unknown }).key, "k1");
  });
});

describe("a record in an answer", () => {
  const record = (more: object) =>
    ({ id: "t1", key: null, lastFour: null, description: null, name: "ci", ...more }) as unknown as KeyRecord;

  it("repeats no key but its own", () => {
    const shown = cleaned(record({ name: `of ${KEY} and hunter2`, key: NEW, description: NEW }), ["hunter2"]);
    assert.deepEqual(shown, record({ name: "of api-…89ab and …ter2", key: NEW, description: "api-…89cd" }));
    assert.equal(cleaned(record({ description: "hunter2" }), ["hunter2"]).description, "…ter2");
  });

  const operation = { action: "read it", method: "GET", path: "/it" } as const;
  const shown = { _id: "t1", token: "1111", name: `of ${KEY}` };
  const read = (answer: Reply) => processRecord(rotatingAccessToken, operation, answer, KEY);

  it("is there in every success that shows one", () => {
    for (const status of [200, 202, 299]) assert.equal(read(reply(shown, status))?.["name"], "of api-…89ab");
    assert.equal(read(reply({}, 200)), undefined);
  });

  for (const answer of [
    reply(shown, 199),
    reply(shown, 300),
    reply(shown, 404),
    { kind: "lost", reason: "r" } as const,
  ]) {
    it(`is in nothing else: ${"status" in answer ? answer.status : answer.kind}`, () => {
      assert.throws(() => read(answer), LaunchDarklyError);
    });
  }
});

describe("an answer to a creation", () => {
  const operation: Operation = { action: "create ci", method: "POST", path: "/it" };
  const process = (answer: Reply) => processCreate(rotatingAccessToken, operation, answer, KEY, 7);
  const error = (code: string, message = "no") => ({ code, message });

  it("has the key, and what is shown of the record without it", () => {
    const created = process(made({ _id: "t1", token: NEW, name: `${NEW} ${KEY}` }));
    assert.ok(created.kind === "created");
    assert.deepEqual([created.key, created.at, created.record?.id], [NEW, 7, "t1"]);
    assert.equal(created.record?.["name"], "api-…89cd api-…89ab");
  });

  it("has the key though it shows no record", () => {
    const created = process(made({ token: NEW }));
    assert.deepEqual(created, { kind: "created", key: NEW, record: undefined, at: 7 });
  });

  const rows: [what: string, answer: Reply, outcome: object][] = [
    ["a refusal", reply(error("forbidden"), 403), { kind: "refused", isLimit: false }],
    ["a limit, by its code", reply(error("token_limit_reached"), 400), { kind: "refused", isLimit: true }],
    ["a limit, by its words", reply(error("x", "Too many tokens"), 403), { kind: "refused", isLimit: true }],
    ["a quota", reply(error("x", "over QUOTA"), 403), { kind: "refused", isLimit: true }],
    ["a maximum", reply(error("x", "the maximum is 5"), 403), { kind: "refused", isLimit: true }],
    ["a refusal without words", reply(undefined, 400), { kind: "refused", isLimit: false }],
    ["an odd refusal", reply({ code: 1, message: ["limit"] }, 400), { kind: "refused", isLimit: false }],
    ["a rate limit", reply(error("rate_limited"), 429), { kind: "notProcessed", isRateLimited: true }],
    ["a conflict", reply(error("conflict"), 409), { kind: "notProcessed", isRateLimited: false }],
    ["no connection", { kind: "unsent", reason: "r" }, { kind: "notProcessed", isRateLimited: false }],
    ["a lost answer", { kind: "lost", reason: "r" }, { kind: "unknown", mayBeLate: true }],
    ["an outage", reply(error("x"), 500), { kind: "unknown", mayBeLate: false }],
    ["a gateway's", reply(error("x"), 503), { kind: "unknown", mayBeLate: true }],
    ["a time-out of the server's", reply(error("x"), 408), { kind: "unknown", mayBeLate: true }],
    ["a success without a key", made({ _id: "t1", token: "****cd" }), { kind: "unknown", mayBeLate: false }],
    [
      "a key in a refusal, which is not believed",
      reply({ ...error("x"), token: NEW }, 400),
      { kind: "refused", isLimit: false },
    ],
  ];
  for (const [what, answer, outcome] of rows) {
    it(`is ${what}`, () => {
      const { error: problem, ...said } = { error: undefined, ...process(answer) };
      assert.deepEqual(said, outcome);
      assert.ok(problem instanceof LaunchDarklyError);
      assert.match(problem.message, /ci|api-…89ab/);
    });
  }
});
