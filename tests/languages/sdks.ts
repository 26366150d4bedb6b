/** The SDKs that Pulumi's generators make of the schema, and the examples of the docstrings: `npm run test:languages`. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import ts from "typescript";

import { committed, manifest } from "../../tools/plugin/committed";
import { type Generated, generateSdks, GO_SETTINGS, names } from "./generated";

interface Documented {
  readonly description: string;
}

const { resources, functions } = JSON.parse(readFileSync(committed, "utf8")) as {
  readonly resources: Record<string, Documented>;
  readonly functions: Record<string, Documented>;
};
const documented = Object.entries({ ...resources, ...functions }).map(
  ([token, { description }]) => [token.split(":")[2] ?? "", description] as const,
);

/** The example of a class or a function, in a language. */
function exampleOf(description: string, language: string): string {
  return new RegExp(`\`\`\`${language}\\n([^]*?\\n)\`\`\``).exec(description)?.[1] ?? assert.fail(description);
}

describe("the SDKs", function () {
  this.timeout(900_000);
  let sdks: Generated;
  before(() => {
    sdks = generateSdks();
  });
  after(() => {
    sdks.remove();
  });

  it("take the place of the dynamic resources by an alias", () => {
    for (const language of ["nodejs", "python", "go"]) {
      const files = readdirSync(path.join(sdks.folder, language), { recursive: true, encoding: "utf8" });
      const text = files
        .filter((file) => /\.(?:ts|py|go)$/.test(file))
        .map((file) => readFileSync(path.join(sdks.folder, language, file), "utf8"))
        .join("\n");
      for (const token of Object.keys(resources)) {
        const alias = `"pulumi-nodejs:dynamic/launchdarkly:${token.split(":")[2]}"`;
        assert.ok(text.includes(alias), `${language}: ${alias}`);
      }
    }
  });

  it("name the release, from which pulumi up installs the plugin", () => {
    const { pluginDownloadURL } = JSON.parse(readFileSync(committed, "utf8")) as { pluginDownloadURL: string };
    const read = (...file: string[]) => JSON.parse(readFileSync(path.join(sdks.folder, ...file), "utf8")) as unknown;
    const named = {
      go: read("go", "pulumi-plugin.json"),
      python: read("python", names.python, "pulumi-plugin.json"),
      nodejs: (read("nodejs", "package.json") as { pulumi: unknown }).pulumi,
    };
    for (const [language, plugin] of Object.entries(named)) {
      const { name, version, server } = plugin as Record<string, string>;
      // That of Python can't say that a version is not out yet.
      assert.equal(version?.replace(/-.*/, ""), manifest.version.replace(/-.*/, ""), language);
      assert.deepEqual([name, server], [names.package, pluginDownloadURL], language);
    }
  });

  it("compile in TypeScript, with the examples", () => {
    const examples = documented.map(([name, description]) => {
      const file = path.join(sdks.folder, `${name}.ts`);
      writeFileSync(file, exampleOf(description, "typescript"));
      return file;
    });
    const options: ts.CompilerOptions = {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.Node16,
      types: ["node"],
      typeRoots: [path.join(sdks.folder, "node_modules", "@types")],
      paths: { [names.nodejs]: [path.join(sdks.folder, "nodejs", "index.ts")] },
    };
    const diagnostics = ts.getPreEmitDiagnostics(ts.createProgram(examples, options));
    assert.equal(ts.formatDiagnostics(diagnostics, ts.createCompilerHost(options)), "");
  });

  it("have what the examples use in Python", () => {
    const files = documented.map(([name, description]) => {
      const file = path.join(sdks.folder, `${name}.py`);
      writeFileSync(file, exampleOf(description, "python"));
      return file;
    });
    const script = path.join(__dirname, "examples.py");
    const { status, stdout, stderr } = spawnSync("python", [script, ...files], {
      encoding: "utf8",
      env: { ...process.env, PYTHONPATH: sdks.python },
    });
    assert.equal(status, 0, stderr);
    assert.equal(stdout, `${documented.length} examples\n`);
  });

  it("compile in Go, with the examples, which are as gofmt writes them", () => {
    const files = documented.map(([name, description]) => {
      const folder = path.join(sdks.module, "examples", name.toLowerCase());
      mkdirSync(folder, { recursive: true });
      writeFileSync(path.join(folder, "main.go"), exampleOf(description, "go"));
      return path.join(folder, "main.go");
    });
    assert.equal(execFileSync("gofmt", ["-d", ...files], { encoding: "utf8" }), "");
    const words = { cwd: sdks.module, env: { ...process.env, ...GO_SETTINGS }, encoding: "utf8" } as const;
    const { status, stderr } = spawnSync("go", ["vet", "./examples/..."], words);
    assert.equal(status, 0, stderr);
  });
});
