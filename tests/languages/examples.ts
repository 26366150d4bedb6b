/** What the README of an example with the plugin says under "Run it", typed into the real CLI: `npm run test:languages`. */
import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import { committed } from "../../tools/plugin/committed";
import { repository } from "../../tools/stack/workspace";
import { examples, examplesIn } from "../examples/projects";
import { runIt } from "../examples/runItBlock";
import { GO_SETTINGS, modulesOfCli, PIP_WITHOUT_INDEX } from "./generated";

describe('what an example with the plugin says under "Run it"', function () {
  this.timeout(900_000);
  /** As a clone has them: the plugin and its SDKs beside the examples. */
  let clone: string;
  before(() => {
    clone = mkdtempSync(path.join(os.tmpdir(), "clone-"));
  });
  after(() => {
    rmSync(clone, { recursive: true, force: true });
  });

  const run = (cwd: string, program: string, ...words: string[]) =>
    execFileSync(program, words, { cwd, stdio: ["ignore", "ignore", "inherit"] });

  /** Without an index of packages: what the set-up has is in the new environment, too. */
  function makeEnvironment(folder: string) {
    run(folder, "python", "-m", "venv", "--without-pip", "venv");
    const [own = "", base = ""] = [path.join(folder, "venv", "bin", "python"), "python"].map((python) =>
      execFileSync(python, ["-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], {
        encoding: "utf8",
      }).trim(),
    );
    writeFileSync(path.join(own, "set-up.pth"), `${base}\n`);
  }

  /** With the modules that the CLI was built with, in the place of those that a proxy has. */
  function addModules(folder: string) {
    const { requirements, checksums } = modulesOfCli();
    appendFileSync(path.join(folder, "go.mod"), requirements);
    cpSync(checksums, path.join(folder, "go.sum"));
  }

  for (const name of examplesIn("yaml", "python", "go")) {
    it(`does what its comments say: ${name}`, async () => {
      const folder = path.join(clone, "examples", name);
      mkdirSync(folder, { recursive: true });
      cpSync(path.join(examples, name), folder, { recursive: true });
      const made = path.join(clone, ".plugin");
      await runIt(name, {
        workspace: { folder, aside: path.join(clone, "aside", name), remove: () => undefined },
        // The host of Python looks there for it, because it is older than the environment's setting.
        environment: {
          ...GO_SETTINGS,
          PATH: [path.join(folder, "venv", "bin"), process.env["PATH"]].join(path.delimiter),
        },
        instead: {
          "npm run plugin:pack": () => run(repository, process.execPath, "tools/plugin/pack.mjs", "--target", made),
          "npm run plugin:sdks": () => run(repository, "generate-sdks", committed, path.join(made, "sdks")),
          "python -m venv venv": () => {
            makeEnvironment(folder);
          },
          // It is on PATH above.
          ". venv/bin/activate": () => undefined,
          "pip install -r requirements.txt": () =>
            run(folder, "python", "-m", "pip", "--python", "venv", ...PIP_WITHOUT_INDEX, "-r", "requirements.txt"),
          "go mod tidy": () => {
            addModules(folder);
          },
        },
      });
    });
  }
});
