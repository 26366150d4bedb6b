/** Each example declares its settings, says when to take it, and can be copied by `pulumi new`. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";

import { parse } from "yaml";

import { repository } from "../../tools/stack/workspace";
import { examples, examplesIn, names, type Project, read, runtimeOf } from "./projects";

const run = promisify(execFile);

/** A project with the plugin names its folder by a path, which the CLI looks for when it has copied one. */
const templates = examplesIn("nodejs");

/** The folders below the examples that hold a project, those of stacks beside an example among them. */
const projects = readdirSync(examples, { recursive: true, encoding: "utf8" })
  .filter((file) => path.basename(file) === "Pulumi.yaml" && !file.includes("node_modules"))
  .map((file) => path.join("examples", path.dirname(file)));

/** Where the program of a language is, and how it reads a setting. */
const PROGRAMS: Readonly<Record<string, { readonly file: string; readonly reading: RegExp }>> = {
  nodejs: { file: "index.ts", reading: /config\.(get|require)(Secret)?\w*(?:<[^(]*>)?\("(\w+)"\)/g },
  python: { file: "__main__.py", reading: /config\.(get|require)(_secret)?\w*\("(\w+)"\)/g },
  go: { file: "main.go", reading: /settings\.(Get|Require)(Secret)?\w*\("(\w+)"\)/g },
  yaml: { file: "Pulumi.yaml", reading: /\$\{()()(\w+)\}/g },
};

/** The settings that a program reads, and whether it can do without. */
function settingsOf(
  folder: string,
): { readonly name: string; readonly isSecret: boolean; readonly isNeeded: boolean }[] {
  const project = read(folder);
  const { file, reading } = PROGRAMS[runtimeOf(project)] ?? assert.fail(folder);
  const program = readFileSync(path.join(repository, folder, project.main ?? file), "utf8");
  return [...program.matchAll(reading)].map(([, verb = "", secret = "", name = ""]) => ({
    name,
    isSecret: secret !== "",
    isNeeded: verb.toLowerCase() === "require",
  }));
}

describe("the projects of the examples", () => {
  for (const folder of [...projects, "."]) {
    it(`declare every setting that the program reads: ${folder}`, () => {
      const { config = {}, template } = read(folder);
      // The CLI takes no declaration of a secret that may be left out, so only the template has it.
      const declared = { ...template?.config, ...config };
      const settings = settingsOf(folder);
      assert.ok(settings.length > 0, "the program reads settings");
      for (const { name, isSecret, isNeeded } of settings) {
        // The host of YAML warns of each description, at every run: there they are comments.
        assert.ok(runtimeOf(read(folder)) === "yaml" || declared[name]?.description, name);
        assert.equal(declared[name]?.secret ?? false, isSecret, name);
        if (isNeeded) assert.equal(config[name]?.type, "string", name);
      }
      const names = settings.map(({ name }) => name);
      assert.deepEqual(
        Object.keys(config).filter((name) => !names.includes(name)),
        [],
        "nothing else is declared",
      );
    });
  }

  it("are the same in the root and in the quickstart, whose program the root runs", () => {
    assert.deepEqual(read(".").config, read("examples/quickstart").config);
  });
});

describe("each example", () => {
  for (const name of templates) {
    it(`asks for its settings and the admin key when a project is made of it: ${name}`, () => {
      const { config = {}, template } = read(`examples/${name}`);
      assert.ok(template?.description);
      assert.equal(template.config?.["launchdarkly:accessToken"]?.secret, true);
      for (const [key, { description }] of Object.entries(config)) {
        // One with a default needs no question.
        if (!("default" in (config[key] ?? {}))) assert.equal(template.config[key]?.description, description, key);
      }
    });

    it(`can be copied by what its README says: ${name}`, () => {
      const text = readFileSync(path.join(examples, name, "README.md"), "utf8");
      assert.ok(text.includes(`\npulumi new …/examples/${name} --generate-only\n`));
    });
  }

  for (const name of names) {
    it(`says when to take it, how to run it, and how to make a project of it: ${name}`, () => {
      const text = readFileSync(path.join(examples, name, "README.md"), "utf8");
      assert.match(text, /^Take it /m);
      assert.match(text, /^## Run it$/m);
      assert.match(text, /^## A project of your own$/m);
      for (const { name: setting } of settingsOf(`examples/${name}`).filter(({ isNeeded }) => isNeeded)) {
        assert.ok(text.includes(setting), setting);
      }
    });

    it(`needs nothing outside of its folder: ${name}`, () => {
      const folder = path.join(examples, name);
      const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
        (file) => /\.(?:ts|json)$/.test(file) && !file.includes("node_modules"),
      );
      for (const source of sources) {
        const text = readFileSync(path.join(folder, source), "utf8");
        for (const [, target = ""] of text.matchAll(/(?:from |import\(|"file:)"?(\.\.?\/[^"]*)"/g)) {
          const outside = path.relative(folder, path.resolve(folder, path.dirname(source), target)).startsWith("..");
          assert.ok(!outside, `${source} names ${target}`);
        }
      }
    });
  }
});

describe("a file that several examples have, because each is copied alone", () => {
  it("is the same in all of them", () => {
    const copies = ["consumers", "sdk-keys", "service-and-app"].map((name) =>
      readFileSync(path.join(examples, name, "keyFile.ts"), "utf8"),
    );
    assert.equal(new Set(copies).size, 1);
  });
});

describe("pulumi new", function () {
  this.timeout(120_000);

  it("copies every example in TypeScript", async () => {
    const temporary = mkdtempSync(path.join(os.tmpdir(), "pulumi-new-"));
    const environment = {
      ...process.env,
      PULUMI_HOME: path.join(temporary, "home"),
      PULUMI_BACKEND_URL: `file://${temporary}`,
      PULUMI_CONFIG_PASSPHRASE: "a throwaway stack",
      PULUMI_SKIP_UPDATE_CHECK: "true",
    };
    try {
      for (const name of templates) {
        const folder = path.join(temporary, name);
        const words = ["new", path.join(examples, name), "--generate-only", "--yes", "--dir", folder, "--name", "own"];
        await run("pulumi", words, { env: environment });
        const project = parse(readFileSync(path.join(folder, "Pulumi.yaml"), "utf8")) as Project & { name: string };
        assert.equal(project.name, "own");
        assert.equal(project.template, undefined);
        assert.deepEqual(
          Object.keys(project.config ?? {}).filter((key) => !key.startsWith("pulumi:")),
          Object.keys(read(`examples/${name}`).config ?? {}),
        );
        assert.ok(existsSync(path.join(folder, "index.ts")));
      }
    } finally {
      rmSync(temporary, { recursive: true });
    }
  });
});
