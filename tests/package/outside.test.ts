/**
 * What of the world outside each part of provider/ may touch, as ARCHITECTURE.md says: Pulumi, HTTP, the clock, chance and the
 * environment.
 */
import assert from "node:assert/strict";
import path from "node:path";

import { core, filesBelow, provider, type Words, wordsIn, wordsOf } from "./sources";

/** The files of which something is true, by their names below provider/. */
function filesWith(isTrue: (words: Words) => boolean, files = filesBelow(provider)): string[] {
  const found = files.filter((file) => isTrue(wordsOf(file)));
  return found.map((file) => path.relative(provider, file).split(path.sep).join("/")).sort();
}

const HOSTS = ["hosts/dynamic/processHost.ts", "hosts/plugin/pluginHost.ts"];

describe("Pulumi", () => {
  const importsPulumi = ({ imports }: Words) => imports.some((one) => /^@pulumi(\/|$)/.test(one));

  it("is imported by no file of the core, not even a type", () => {
    assert.deepEqual(filesWith(importsPulumi, core), []);
  });

  it("is imported by the hosts, the classes with their arguments, and findAccessToken alone", () => {
    const others = filesWith(importsPulumi).filter((file) => !file.startsWith("hosts/"));
    const isClass = (file: string) => /^credentials\/(.+\/)?(resource|args|environmentArgs)\.ts$/.test(file);
    assert.deepEqual(
      others.filter((file) => !isClass(file)),
      ["lookup/findAccessToken.ts"],
    );
  });

  for (const name of [
    "__provider",
    "__preview",
    "__urn",
    "__settings",
    "PartialFailure",
    "EngineClient",
    "LogRequest",
  ]) {
    it(`has ${name} in the hosts alone`, () => {
      const files = filesWith(({ texts }) => texts.includes(name));
      assert.notEqual(files.length, 0);
      assert.deepEqual(
        files.filter((file) => !file.startsWith("hosts/")),
        [],
      );
    });
  }

  it("gets stubs from the dynamic host, and only classes hand them over", () => {
    const isStub = (text: string) => /^stub(Of|OfOwner)?$/.test(text);
    const others = filesWith(({ texts }) => texts.some(isStub)).filter((file) => !file.startsWith("hosts/dynamic/"));
    assert.notEqual(others.length, 0);
    assert.ok(
      others.every((file) => /^credentials\/\w+\/resource\.ts$/.test(file)),
      others.join(),
    );
  });
});

describe("HTTP", () => {
  const hasModule = ({ imports }: Words) => imports.some((one) => /^(node:)?https?$/.test(one));
  const sends = ({ imports, texts }: Words) =>
    imports.some((one) => /^(node:)?(axios|undici|http2)$/.test(one)) ||
    texts.some((one) => ["fetch", "XMLHttpRequest", "WebSocket", "EventSource"].includes(one));

  it("is sent by client/transport.ts alone, which has axios", () => {
    assert.deepEqual(filesWith(sends), ["client/transport.ts"]);
  });

  it("has Node's modules in the transport, its connections and the tunnels alone", () => {
    const files = ["client/connections.ts", "client/proxy.ts", "client/transport.ts"];
    assert.deepEqual(filesWith(hasModule), files);
  });

  it("is sent to proxies by client/proxy.ts alone, as CONNECT", () => {
    assert.deepEqual(
      filesWith(({ texts }) => texts.includes("CONNECT")),
      ["client/proxy.ts"],
    );
  });
});

/** What reads the clock, chance or the environment, by the modules and globals that have it. */
const AMBIENT = [
  /^(Date\.now|new Date\(\)|Date\(\)|performance\.(now|timeOrigin)|process\.(hrtime|uptime))$/,
  /^(node:)?(process\.(env|hrtime|uptime)|perf_hooks\..+)$/,
  /^(Math\.random|crypto\..+)$/,
  /^(node:)?crypto\.(?!createHash$).+$/,
];

const readsAmbient = ({ uses }: Words) => uses.some((use) => AMBIENT.some((pattern) => pattern.test(use)));

describe("the clock, chance and the environment", () => {
  it("are read by the two hosts alone, but for one switch of the SDK's", () => {
    const [dynamic = "", plugin = ""] = HOSTS;
    assert.deepEqual(filesWith(readsAmbient), [dynamic, "hosts/dynamic/rotation.ts", plugin]);
    const { uses } = wordsOf(path.join(provider, "hosts", "dynamic", "rotation.ts"));
    assert.equal(uses.filter((use) => AMBIENT.some((pattern) => pattern.test(use))).length, 1);
  });

  for (const code of [
    "const at = new Date();",
    "const at = new Date().toISOString();",
    "const at = Date();",
    "const at = Date.now();",
    "const at = performance.now();",
    'import { performance as clock } from "node:perf_hooks";',
    'import { randomUUID } from "node:crypto";',
    'import { randomBytes as bytes } from "crypto";',
    "const id = crypto.randomUUID();",
    "const some = Math.random();",
    'import { env } from "node:process";',
    'import { env as settings } from "process";',
    'const home = process["env"].HOME;',
    "const { env } = process;",
    "const { env: settings } = process;",
  ]) {
    it(`are seen in ${code}`, () => {
      assert.ok(readsAmbient(wordsIn(code)));
    });
  }

  for (const code of ["new Date(0)", "new Date(now).toISOString()", 'import { createHash } from "node:crypto";']) {
    it(`are not seen in ${code}`, () => {
      assert.ok(!readsAmbient(wordsIn(code)));
    });
  }
});
