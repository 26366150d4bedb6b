/** The stacks that the tests write without the CLI: the CLI takes them for its own. */
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import YAML from "yaml";

import { createStack, type Stack } from "../../tools/stack/stack";
import { createWorkspace, type Workspace } from "../../tools/stack/workspace";
import { createWrittenStack } from "../support/writtenStack";

const PROJECT = "launchdarkly-rotation-quickstart";
/** Among them words that YAML takes for something else. */
const PLAIN = { quarter: "2026-11-29", tokenId: "1e3", "launchdarkly:apiHost": "yes", list: '["a", "b"]' };
const SECRET = { "launchdarkly:accessToken": "api-11111111-2222-4333-8444-555555555555", none: "" };

describe("a stack that is written without the CLI", function () {
  this.timeout(120_000);
  const workspaces: Workspace[] = [];
  after(() => {
    for (const workspace of workspaces) workspace.remove();
  });

  /** What the CLI makes of settings, and the kinds of what is in the files. */
  async function made(create: (workspace: Workspace) => Promise<Stack>) {
    const workspace = createWorkspace();
    workspaces.push(workspace);
    const stack = await create(workspace);
    await stack.configAll({ plaintext: { quarter: "before" } });
    await stack.configAll({ plaintext: PLAIN, secret: SECRET });
    const { standardOutput, output, status } = await stack.pulumi("config", "--show-secrets", "--json");
    assert.equal(status, 0, output);
    const file = readFileSync(path.join(workspace.folder, "Pulumi.dev.yaml"), "utf8");
    const { config, ...others } = YAML.parse(file) as { config: Record<string, unknown> };
    const kinds = Object.entries(config).map(([key, value]) => [key, typeof value === "string" ? value : "secure"]);
    const checkpoint = path.join(workspace.aside, "state", ".pulumi", "stacks", PROJECT, "dev.json");
    const exported = (await stack.pulumi("stack", "export")).standardOutput;
    return {
      settings: JSON.parse(standardOutput) as unknown,
      kinds: Object.fromEntries(kinds) as unknown,
      others: Object.keys(others),
      hasCheckpoint: existsSync(checkpoint),
      resources: (JSON.parse(exported) as { deployment: { resources?: unknown } | null }).deployment?.resources,
    };
  }

  it("is one of the CLI's, with the same settings, the secret ones encrypted", async () => {
    const written = await made((workspace) => createWrittenStack(workspace, {}));
    assert.deepEqual(written, await made((workspace) => createStack({ workspace })));
    assert.ok(written.hasCheckpoint);
  });

  it("has the outputs and the export that the CLI shows", async () => {
    const workspace = createWorkspace();
    workspaces.push(workspace);
    const program = `
      import { secret } from "@pulumi/pulumi";
      export const plain = { list: ["a", 1, null], empty: {} };
      export const hidden = secret("a secret");
      export const nested = { hidden: secret({ key: "another" }) };
    `;
    writeFileSync(path.join(workspace.folder, "index.ts"), program);
    const stack = await createWrittenStack(workspace, { PULUMI_NODEJS_TRANSPILE_ONLY: "true" });
    await stack.configAll({ plaintext: PLAIN });
    assert.deepEqual(await stack.outputs(), {});
    const { status, output } = await stack.pulumi("up", "--yes", "--non-interactive", "--skip-preview");
    assert.equal(status, 0, output);
    const shown = await stack.pulumi("stack", "output", "--json", "--show-secrets");
    assert.deepEqual(await stack.outputs(), JSON.parse(shown.standardOutput));
    const exported = await stack.pulumi("stack", "export");
    assert.deepEqual(JSON.parse(stack.exported()), JSON.parse(exported.standardOutput));
  });
});
