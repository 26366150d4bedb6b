/** The run that compares the sandbox with LaunchDarkly's own description. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";

import { readAccepted } from "../../sandbox/conformance/accepted";
import { repository } from "../../tools/stack/workspace";

const KEYS = "/api/v2/projects/{projectKey}/environments/{environmentKey}/sdk-keys";

describe("npm run sandbox:conformance", () => {
  it("accepts differences of operations, parameters and schemas that LaunchDarkly describes", () => {
    const { baseline, description } = readAccepted();
    const { entries } = baseline;
    assert.deepEqual(
      [...new Set(entries.map(({ operation }) => operation))].sort(),
      [
        ...["DELETE", "GET", "PATCH"].map((method) => `${method} ${KEYS}/{sdkKeyKey}`),
        `GET ${KEYS}`,
        "GET /api/v2/tokens",
        "PATCH /api/v2/tokens/{id}",
        "POST /api/v2/account/relay-auto-configs/{id}/reset",
        `POST ${KEYS}`,
        "POST /api/v2/tokens/{id}/reset",
      ].sort(),
    );
    assert.ok(entries.every(({ reason }) => reason !== ""));
    const { get } = description.paths["/api/v2/tokens"] ?? {};
    const { schema } = get?.parameters?.find(({ name }) => name === "limit") ?? {};
    assert.deepEqual(schema, { type: "integer", format: "int64", minimum: 1 });
    assert.ok(!("servers" in description), "no tool is to call LaunchDarkly by mistake");
  });

  it("says what to do where there is no Python", () => {
    const words = ["-r", "ts-node/register", "sandbox/conformance/main.ts"];
    const env = { ...process.env, PATH: "", Path: "" };
    const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: repository, encoding: "utf8", env });
    assert.deepEqual([status, stdout], [1, ""]);
    assert.match(stderr, /^sandbox:conformance: schemathesis needs Python 3\.11 or newer, and npm test does not\./);
    assert.doesNotMatch(stderr, /^\s+at /m);
  });
});
