/** What actionlint can't know of the workflows: that they fit this repository, and may do no more than they need. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { parse } from "yaml";

import { repository } from "../../tools/stack/workspace";
import { blocksIn, pages } from "../docs/pages";

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly id?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly if?: string;
  readonly needs?: string;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly unknown[]>> };
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: unknown;
  readonly env?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly engines: { readonly node: string };
  readonly scripts: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

const folder = path.join(repository, ".github", "workflows");
const text = (...parts: string[]) => readFileSync(path.join(repository, ...parts), "utf8");
const { name: packageName, version, scripts, engines, peerDependencies } = JSON.parse(text("package.json")) as Manifest;
const workflows = readdirSync(folder).map(
  (name) => [name, parse(text(".github", "workflows", name)) as Workflow] as const,
);

/** The actions that a text names, with their versions. */
const actionsIn = (yaml: string) =>
  [...yaml.matchAll(/\buses: (\S+)@(\S+)/g)].map(([, name = "", at = ""]) => ({ name, at }));

describe("the workflows", () => {
  for (const [name, { permissions, concurrency, env, jobs }] of workflows) {
    const steps = Object.values(jobs).flatMap((job) => job.steps);

    it(`run scripts that there are: ${name}`, () => {
      const called = steps.flatMap(({ run = "" }) => [...run.matchAll(/npm (?:run )?([\w:-]+)/g)]);
      assert.ok(called.length > 0);
      for (const [, script = ""] of called) {
        assert.ok(["ci", "install"].includes(script) || script in scripts, script);
      }
    });

    it(`may read the repository, and each job no more than it names: ${name}`, () => {
      assert.deepEqual(permissions, { contents: "read" });
      assert.deepEqual(
        Object.entries(jobs).flatMap(([id, job]) => (job.permissions?.["id-token"] === "write" ? [id] : [])),
        name === "release.yml" ? ["publish"] : [],
        "only a publication proves where it comes from",
      );
    });

    it(`end in time, do not run twice at once, and name each action's major version: ${name}`, () => {
      assert.ok(concurrency);
      for (const [id, job] of Object.entries(jobs)) assert.ok(job["timeout-minutes"], id);
      for (const { uses } of steps) if (uses !== undefined) assert.match(uses, /@v\d+$/);
    });

    it(`upload what they name, hidden folders among it: ${name}`, () => {
      for (const { uses = "", with: { path: paths, "include-hidden-files": isHidden } = {} } of steps) {
        if (!uses.startsWith("actions/upload-artifact@")) continue;
        const hidden = String(paths)
          .split(/\s+/)
          .filter((one) => one.split("/").some((part) => /^\.[^./]/.test(part)));
        assert.ok(hidden.length === 0 || isHidden === true, `nothing of ${hidden.join(" ")} is uploaded`);
      }
    });

    it(`take the Pulumi CLI that is built elsewhere: ${name}`, () => {
      const [, version] = /^const VERSION = "(.+)";$/m.exec(text("tools", "setup", "pulumi-cli.mjs")) ?? [];
      assert.ok(version);
      assert.equal(env?.["PULUMI_VERSION"] ?? version, version);
    });
  }

  it("take one version of each action, and those that users copy take the same", () => {
    const own = workflows.flatMap(([name]) => actionsIn(text(".github", "workflows", name)));
    const versions = new Map(own.map(({ name, at }) => [name, at]));
    const shown = [text("examples", "scheduled", "rotate.yml"), ...blocksIn(pages(), "yaml").map(({ code }) => code)];
    const copied = shown.flatMap(actionsIn).filter(({ name }) => versions.has(name));
    assert.ok(copied.length > 3);
    assert.deepEqual(
      [...own, ...copied].filter(({ name, at }) => versions.get(name) !== at),
      [],
    );
  });

  describe("of a release", () => {
    const { pack, publish, plugin } = workflows.find(([name]) => name === "release.yml")?.[1].jobs ?? assert.fail();
    const uploads = plugin?.steps.filter(({ run = "" }) => run.startsWith("gh release upload ")) ?? [];

    it("adds the plugin's files to the release in which Pulumi looks for them", () => {
      const { pluginDownloadURL } = JSON.parse(text("plugin", "schema.json")) as { pluginDownloadURL: string };
      const [, tag = ""] =
        /\/releases\/download\/([^/]+)$/.exec(pluginDownloadURL.replace("${VERSION}", version)) ?? [];
      assert.ok(tag.includes(version), pluginDownloadURL);
      const commands = uploads.map(({ run = "" }) => run.replace("$(jq --raw-output .version package.json)", version));
      assert.deepEqual(commands, [`gh release upload "${tag}" .plugin/*.tar.gz --clobber`]);
      const inputsOf = (job: Job | undefined, action: string) =>
        job?.steps.find(({ uses = "" }) => uses.startsWith(`actions/${action}@`))?.with;
      assert.deepEqual(inputsOf(pack, "upload-artifact"), {
        ...{ name: "plugin", path: ".plugin/*.tar.gz" },
        ...{ "include-hidden-files": true, "if-no-files-found": "error" },
      });
      assert.deepEqual(inputsOf(plugin, "download-artifact"), { name: "plugin", path: ".plugin" });
    });

    it("adds them where that package was published in the same run, and so leaves those of older releases alone", () => {
      assert.equal(plugin?.needs, "publish");
      const isPublished = `contains(fromJSON(needs.publish.outputs.published || '[]').*.name, '${packageName}')`;
      // Another package that could not be published does not stop it: the next run would publish nothing of this one.
      assert.equal(plugin.if, "${{ !cancelled() && " + isPublished + " }}");
      const published = publish?.steps.find(({ uses = "" }) => uses.startsWith("changesets/action/publish@"));
      assert.equal(
        publish?.outputs?.["published"],
        `\${{ steps.${String(published?.id)}.outputs.published-packages }}`,
      );
    });
  });

  it("test on every system, on each Node.js, and with the oldest SDK that the package supports", () => {
    const ci = workflows.find(([name]) => name === "ci.yml")?.[1] ?? assert.fail("no ci.yml");
    const { os, node } = ci.jobs["tests"]?.strategy?.matrix ?? assert.fail("no matrix");
    assert.deepEqual(os, ["ubuntu-latest", "macos-latest", "windows-latest"]);
    assert.deepEqual(node, [22, 24, 26]);
    assert.equal(engines.node, `>=${String(node[0])}`, "the oldest one that the package supports");
    const [oldest] = ci.jobs["sdk"]?.strategy?.matrix["sdk"] ?? assert.fail("no matrix");
    assert.ok(peerDependencies["@pulumi/pulumi"]?.startsWith(`>=${String(oldest)} `));
  });

  it("run every night what npm test leaves out", () => {
    const { jobs } = workflows.find(([name]) => name === "nightly.yml")?.[1] ?? assert.fail("no nightly.yml");
    const called = Object.values(jobs).flatMap(({ steps }) => steps.map(({ run = "" }) => run.replace("npm run ", "")));
    const nightly = called
      .map((name) => scripts[name] ?? "")
      .filter((script) => script.startsWith("TEST_THOROUGH=true"));
    const files = readdirSync(path.join(repository, "tests"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".test.ts"))
      .map((file) => ["tests", ...file.split(path.sep)].join("/"));
    const asking = files.filter((file) => /\bisThorough\b.* from "/.test(text(file)));
    assert.ok(asking.length > 5);
    assert.deepEqual(
      asking.filter((file) => !nightly.some((script) => script.split(" ").includes(file))),
      [],
    );
  });
});
