/** The command that starts the sandbox. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";

import { credentials } from "../../provider/credentials/all";
import { programsFor } from "../../sandbox/programs";
import { type Rotatable, rotatables } from "../../sandbox/rotatable";
import { repository } from "../../tools/stack/workspace";

const WORDS = ["-r", "ts-node/register", "sandbox/main.ts"];

/** Runs it with these words until it ends by itself. */
function run(...words: string[]) {
  return spawnSync(process.execPath, [...WORDS, ...words], { cwd: repository, encoding: "utf8" });
}

describe("npm run sandbox", () => {
  it("prints a URL, an admin key and a sample token that work, and ends when told to", async () => {
    const child = spawn(process.execPath, WORDS, { cwd: repository, stdio: ["ignore", "pipe", "inherit"] });
    try {
      let printed = "";
      while (!printed.includes("Requests:")) {
        const [chunk] = (await once(child.stdout, "data")) as [Buffer];
        printed += chunk.toString();
      }
      const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(printed) ?? [""];
      const [, adminKey = ""] = /^admin key\s+(\S+)$/m.exec(printed) ?? [];
      const [, id = ""] = /^sample token id\s+(\S+)$/m.exec(printed) ?? [];
      const [, key = ""] = /^sample key\s+(\S+)$/m.exec(printed) ?? [];
      const identity = await fetch(`${url}/api/v2/caller-identity`, { headers: { Authorization: key } });
      assert.equal(((await identity.json()) as { tokenId: string }).tokenId, id);
      const headers = { Authorization: adminKey };
      const reset = await fetch(`${url}/api/v2/tokens/${id}/reset`, { method: "POST", headers });
      assert.equal(reset.status, 200);
      await reset.arrayBuffer();

      for (const { className } of credentials) assert.ok(printed.includes(`new ${className}(`), className);
      for (const program of Object.values(programsFor({ id }))) {
        for (const line of program.trim().split("\n")) assert.ok(printed.includes(line), line);
      }
      await assertKeysWork(printed);
      await assertPathsReset(printed, url, adminKey);
    } finally {
      child.kill("SIGTERM");
      const [status] = (await once(child, "exit")) as [number | null];
      assert.equal(status, 0);
    }
  });

  it("explains its options", () => {
    const { status, stdout } = run("--help");
    assert.equal(status, 0);
    for (const option of ["--port", "--file", "--help"]) assert.ok(stdout.includes(option), option);
  });

  it("says what is wrong with an option, without a stack trace", () => {
    for (const words of [
      ["--prot", "4000"],
      ["--port", "many"],
      ["--port", "70000"],
    ]) {
      const { status, stdout, stderr } = run(...words);
      assert.equal(status, 1);
      assert.equal(stdout, "");
      assert.match(stderr, /--help tells the options/);
      assert.doesNotMatch(stderr, /^\s+at /m);
    }
  });
});

/** Every key that it prints is one that its consumers can use as the line says. */
async function assertKeysWork(printed: string): Promise<void> {
  const uses = [...printed.matchAll(/curl -i -H "Authorization: (\S+)" (\S+)/g)].slice(1);
  assert.ok(uses.length >= 3);
  for (const [, consumed = "", address = ""] of uses) {
    const response = await fetch(address, { headers: { Authorization: consumed } });
    assert.equal(response.status, 200, address);
    await response.arrayBuffer();
  }
}

/** It prints a line of a program for each class, which names something that can be reset. */
async function assertPathsReset(printed: string, url: string, adminKey: string): Promise<void> {
  for (const [className, { resetRoute }] of Object.entries<Rotatable>(rotatables)) {
    const [line] =
      new RegExp(`new ${className}\\(.*`).exec(printed) ?? assert.fail(`sandbox/samples.ts: no ${className}`);
    const values = [...line.matchAll(/(?:Id|Key): "(\w+)"/g)].map(([, value]) => value);
    const [method = "", path = ""] = resetRoute.split(" ");
    const target = path.replaceAll(/:\w+/g, () => values.shift() ?? assert.fail(line));
    const response = await fetch(`${url}${target}`, { method, headers: { Authorization: adminKey } });
    assert.equal(response.status, 200, target);
    await response.arrayBuffer();
  }
}
