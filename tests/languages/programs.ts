/** Programs in Pulumi's other languages, with their hosts, their SDKs and the packed plugin: `npm run test:languages`. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";

import { programsFor } from "../../sandbox/programs";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { manifest } from "../../tools/plugin/committed";
import { PACKAGE } from "../../tools/plugin/names";
import { type CommandResult, createStack, type Stack } from "../../tools/stack/stack";
import { repository } from "../../tools/stack/workspace";
import { blocksIn, page } from "../docs/pages";
import { everyKind, kinds } from "../support/kinds";
import { createServers } from "../support/servers";
import { type Generated, generateSdks, GO_SETTINGS, installForNodejs } from "./generated";

describe("a program", function () {
  this.timeout(900_000);
  let sdks: Generated;
  let packed: string;
  let sandbox: Sandbox;
  before(() => {
    sdks = generateSdks();
    installForNodejs(sdks);
    // Beside the projects, which name it by a path.
    packed = path.join(sdks.module, "plugin");
    const words = ["tools/plugin/pack.mjs", "--target", packed];
    execFileSync(process.execPath, words, { cwd: repository, stdio: ["ignore", "ignore", "inherit"] });
  });
  after(() => {
    sdks.remove();
  });
  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.stop());

  /** A stack of a project in the module's folder, configured for one of everything that is reset, each of the name ci. */
  async function stackOf(language: string, name = language): Promise<{ stack: Stack; folder: string }> {
    const folder = path.join(sdks.module, name);
    cpSync(path.join(__dirname, "programs", language), folder, { recursive: true });
    const stack = await createStack({
      workspace: { folder, aside: path.join(sdks.folder, `${name}-state`), remove: () => undefined },
      environment: { ...GO_SETTINGS, PYTHONPATH: sdks.python },
    });
    const settings = Object.fromEntries(
      kinds.flatMap(({ rotatable }) => Object.entries(rotatable.add(sandbox, "ci").identity)),
    );
    await stack.configAll({
      plaintext: {
        [`${PACKAGE}:apiHost`]: sandbox.url,
        ...{ quarter: "2026-Q3", ...settings },
      },
      secret: { [`${PACKAGE}:accessToken`]: sandbox.adminKey },
    });
    return { stack, folder };
  }
  async function succeed(result: Promise<CommandResult>): Promise<string> {
    const { status, output } = await result;
    assert.equal(status, 0, output);
    assert.ok(!sandbox.store.everyKey().some((key) => output.includes(key)), "a key is shown");
    return output;
  }
  const changes = () => sandbox.requests.filter(({ method }) => method !== "GET").length;

  for (const language of ["yaml", "python", "go", "nodejs"]) {
    it(`has every kind of key, previews why it rotates, and nothing changes without a change: ${language}`, async () => {
      const { stack } = await stackOf(language);
      const preview = await succeed(stack.pulumi("preview", "--non-interactive"));
      assert.match(preview, /Will reset \(.+\): first rotation by this stack\./);
      assert.equal(changes(), 0, "a preview changes nothing");
      await succeed(stack.pulumi("up", "--yes", "--non-interactive", "--skip-preview"));
      const { reason: first, ...before } = await stack.outputs();
      assert.equal(first, "first rotation by this stack");
      await succeed(stack.pulumi("preview", "--non-interactive", "--expect-no-changes"));

      await stack.configAll({ plaintext: { quarter: "2026-Q4" } });
      const next = await succeed(stack.pulumi("preview", "--non-interactive"));
      assert.match(next, /Will reset \(.+\): triggers\.quarter changed\./);
      await succeed(stack.pulumi("up", "--yes", "--non-interactive", "--skip-preview"));
      const { reason, ...keys } = await stack.outputs();
      assert.equal(reason, "triggers.quarter changed");
      assert.equal(Object.keys(keys).length, everyKind.length, `programs/${language} has a key of each credential`);
      for (const [name, key] of Object.entries(keys)) {
        assert.ok(sandbox.store.everyKey().includes(String(key)), `${name} is a key`);
        assert.notEqual(key, before[name], `${name} is another one`);
      }
      await succeed(stack.pulumi("refresh", "--yes", "--non-interactive", "--skip-preview"));
      await succeed(stack.pulumi("destroy", "--yes", "--non-interactive", "--skip-preview"));
    });
  }

  it("rotates what the sandbox prints a program for, in every language", async () => {
    const token = sandbox.createToken({ name: "sample token" });
    const { yaml, python, go } = programsFor(token);
    const files = { yaml: ["Pulumi.yaml", yaml], python: ["__main__.py", python], go: ["main.go", go] } as const;
    for (const [language, [name, code]] of Object.entries(files)) {
      const { stack, folder } = await stackOf(language, `${language}-printed`);
      const file = path.join(folder, name);
      const project = language === "yaml" ? readFileSync(file, "utf8").replace(/^(?:config|variables):[^]*/m, "") : "";
      writeFileSync(file, `${project}${code}`);
      const before = sandbox.store.find(token.id)?.keys[0].value;
      await succeed(stack.pulumi("up", "--yes", "--non-interactive", "--skip-preview"));
      const key = sandbox.store.find(token.id)?.keys[0].value;
      assert.notEqual(key, before);
      const { token: shown, ownedToken } = await stack.outputs();
      assert.equal(shown, key);
      assert.ok(sandbox.store.findByKey(String(ownedToken), sandbox.clock.now()), "it creates one, too");
    }
  });

  for (const [language, name] of [
    ["yaml", "Pulumi.yaml"],
    ["python", "__main__.py"],
    ["go", "main.go"],
  ] as const) {
    it(`previews a token, as the page shows it under "A program": ${language}`, async () => {
      const { stack, folder } = await stackOf(language, `${language}-shown`);
      const blocks = blocksIn([page("docs/languages.md")], language);
      const block =
        blocks.find(({ code }) => code.includes('"nightly"') || code.startsWith("name: keys")) ?? assert.fail();
      const own = block.code
        .replace("name: keys", "name: rotate-in-yaml")
        .replace("/path/to/the/clone/.plugin/folder", "../plugin/folder");
      writeFileSync(path.join(folder, name), own);
      const preview = await succeed(stack.pulumi("preview", "--non-interactive"));
      assert.match(preview, /Will create \(nightly\): access token "nightly"/);
      assert.equal(changes(), 0);
    });
  }

  it("gets the plugin by itself from the address of a release, and rotates", async () => {
    const servers = createServers();
    const asked: string[] = [];
    const server = createServer(({ url = "" }, response) => {
      asked.push(url);
      response.end(readFileSync(path.join(packed, path.basename(url))));
    });
    try {
      const port = await servers.listen(server);
      const { stack, folder } = await stackOf("yaml", "yaml-installed");
      const file = path.join(folder, "Pulumi.yaml");
      const installing = blocksIn([page("docs/languages.md")], "yaml").find(({ code }) =>
        code.includes("pluginDownloadURL"),
      );
      const released = manifest.version.replace(/-.*/, "");
      const code = (installing?.code ?? assert.fail())
        .replaceAll(released, manifest.version)
        .replace("https://github.com", `http://127.0.0.1:${port}`);
      const declare = (quarter: string) => {
        writeFileSync(file, `name: rotate-in-yaml\nruntime: yaml\n${code.replace("2026-Q4", quarter)}`);
      };
      const upAndKey = async () => {
        await succeed(stack.pulumi("up", "--yes", "--non-interactive", "--skip-preview"));
        return (await stack.outputs())["token"];
      };
      declare("2026-Q4");
      const first = await upAndKey();
      declare("2027-Q1");
      const next = await upAndKey();
      const home = "/pulumi-launchdarkly-rotation/pulumi-launchdarkly-rotation";
      const release = `${home}/releases/download/pulumi-launchdarkly-rotation@${manifest.version}`;
      assert.deepEqual(asked.map(path.posix.dirname), [release], "once, from the release");
      assert.ok([first, next].every((key) => sandbox.store.findByKey(String(key), sandbox.clock.now())));
      assert.notEqual(next, first);
    } finally {
      await servers.stop();
    }
  });
});
