/**
 * A newcomer's first five minutes: the packages as they are published, an empty folder outside the repository, the
 * stand-in started by `npx`, and the README's program and commands, with the real CLI. `npm run test:nightly`: it packs
 * both packages, and each of its steps has a test of its own in every run.
 */
import assert from "node:assert/strict";
import path from "node:path";

import { descendants } from "../../tools/stack/processTree";
import { createStack, type Stack } from "../../tools/stack/stack";
import { manifest, NAME } from "../matrix/layouts";
import { linkModules, unpack } from "../matrix/linked";
import { createPlace, type Place } from "../matrix/place";
import { pack } from "../package/packed";
import { packSandbox, type PackedSandbox, type StartedSandbox } from "../support/packedSandbox";
import type { ExportedResource } from "../support/rotationStack";
import { blocksIn, page } from "./pages";
import { type Command, commands } from "./shell";

const readme = page("README.md");
const [program] = blocksIn([readme], "ts");
const code = program?.code ?? assert.fail("the README has a program");

const pulumis = (all: readonly Command[]) =>
  all.filter(({ words }) => words[0] === "pulumi").map(({ words }) => words.slice(1));
/** What the README tells people to type, besides `pulumi up`. */
const typed = pulumis(blocksIn([readme], "sh").flatMap((block) => commands(block.code)));
/** The login keeps the state below the home folder of whoever runs the tests, whatever HOME says. The place's own does. */
const LOGIN = ["login", "--local"];
const settings = typed.filter((words) => words.join(" ") !== LOGIN.join(" "));

describe("a newcomer", function () {
  this.timeout(300_000);
  let place: Place;
  let packedSandbox: PackedSandbox;
  let sandbox: StartedSandbox;
  let stack: Stack;
  let printed = "";

  before(async () => {
    packedSandbox = packSandbox();
    place = createPlace({}, []);
    linkModules(place.folder);
    const packed = pack();
    unpack(packed.tarball, place.folder);
    packed.remove();
    const dependencies = { "@pulumi/pulumi": "*", [NAME]: "*" };
    place.put({ "package.json": manifest({ dependencies }), "Pulumi.yaml": "name: newcomer\nruntime: nodejs\n" });
    stack = await createStack({
      workspace: { folder: place.folder, aside: place.aside, remove: place.remove },
      // The program's types are checked by programs.test.ts.
      environment: { PULUMI_NODEJS_TRANSPILE_ONLY: "true" },
      isWithoutInit: true,
    });
    sandbox = await packedSandbox.startByNpx();
  });
  after(async () => {
    await sandbox.stop();
    packedSandbox.remove();
    place.remove();
  });

  async function pulumi(...words: string[]): Promise<string> {
    const { status, output } = await stack.pulumi(...words, "--non-interactive");
    printed += output;
    assert.equal(status, 0, output);
    return output;
  }

  /** The CLI asks for a secret that the command does not give. */
  async function paste(...words: string[]): Promise<void> {
    const { status, output } = await stack.given(sandbox.adminKey, ...words);
    printed += output;
    assert.equal(status, 0, output);
  }

  /** @returns the key */
  async function up(text: string): Promise<string> {
    place.put({ "index.ts": text });
    await pulumi("up", "--yes", "--skip-preview");
    return String((await stack.outputs())["token"]);
  }

  /** @returns the id of the token whose key it is, by LaunchDarkly's word */
  async function tokenOf(key: string): Promise<string> {
    const response = await fetch(`${sandbox.url}/api/v2/caller-identity`, { headers: { Authorization: key } });
    assert.equal(response.status, 200);
    return ((await response.json()) as { tokenId: string }).tokenId;
  }

  async function exported(): Promise<string> {
    return (await stack.pulumi("stack", "export")).standardOutput;
  }

  it("installs, starts the stand-in by npx, rotates a token, and reads why", async () => {
    const started = descendants(sandbox.id).map(({ command }) => command);
    const installed = path.join(packedSandbox.folder, "node_modules");
    assert.ok(
      started.some((command) => command.includes(installed)),
      "npx has started what is installed",
    );
    assert.equal(settings.length, typed.length - 1, "all but the login is typed here");
    for (const words of settings) await (words.includes("--secret") ? paste(...words) : pulumi(...words));
    // The stand-in's address is what it says itself; all other words are the README's.
    const [address] = pulumis(commands(sandbox.printed())).filter((words) => words.includes("launchdarkly:apiHost"));
    await pulumi(...(address ?? assert.fail(sandbox.printed())));
    assert.ok(readme.spans.includes("pulumi up"));

    const first = await up(code);
    assert.match(code, /2026-Q4/);
    const edited = code.replace("2026-Q4", "2027-Q1");
    place.put({ "index.ts": edited });
    assert.match(await pulumi("preview"), /Will rotate \(\w+\): triggers\.quarter changed/);
    const second = await up(edited);

    assert.notEqual(await tokenOf(first), await tokenOf(second), "both keys work, each of a token of its own");
    const text = await exported();
    const { deployment } = JSON.parse(text) as { deployment: { resources: ExportedResource[] } };
    const rotated = deployment.resources.find(({ type }) => type.endsWith(":RotatingAccessToken"));
    assert.equal(rotated?.outputs["lastRotationReason"], "triggers.quarter changed");
    for (const key of [first, second, sandbox.adminKey]) {
      assert.ok(!printed.includes(key) && !text.includes(key), "no key is printed, or in the state in plain text");
    }
  });
});
