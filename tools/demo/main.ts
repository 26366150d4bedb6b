/**
 * `npm run demo`: the real Pulumi CLI rotates an access token, and an SDK key and a token of its own, at the sandbox, while
 * consumers use their keys: jobs call without a break, and a server with LaunchDarkly's own SDK sees each change of a flag.
 * Exits with 0 only if all that was shown is true.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

import { startSandbox } from "../../sandbox/sandbox";
import { createStack, type Stack } from "../stack/stack";
import { createWorkspace, repository } from "../stack/workspace";
import { claims, type Seen } from "./claims";
import { type Death, watchDeath } from "./consumer";
import * as credentials from "./credentials";
import { type DemoCredential, ending, lifeOf } from "./credentials";
import type { Timeline } from "./timeline";
import { timelineSvg } from "./timelineSvg";
import { timelineText } from "./timelineText";

/** Long enough for a slow machine to hand the new keys on, short enough to wait for. */
const GRACE_S = 8;

const picture = path.join(".demo", "timeline.svg");

async function main(): Promise<boolean> {
  const sandbox = await startSandbox();
  const workspace = createWorkspace(path.join(__dirname, "program"));
  try {
    const stack = await createStack({ workspace });
    const from = Date.now();
    const token = credentials.createAccessToken(sandbox);
    const sdkKey = credentials.createSdkKey(sandbox);
    const owned = credentials.createOwnedToken(sandbox);
    const all = [token, sdkKey, owned];
    say(
      `LaunchDarkly's stand-in runs on ${sandbox.url}. A CI job calls it with an access token, whose key ends in ${ending(token.firstKey ?? "")}. A server that runs LaunchDarkly's own SDK and a nightly job wait for an SDK key and a token that the stack is to make.`,
    );
    say(
      `The program tools/demo/program/index.ts rotates all three. An old key keeps working for ${GRACE_S} seconds here, so that nobody has to wait a day.`,
    );
    await stack.configAll({
      plaintext: {
        "launchdarkly:apiHost": sandbox.url,
        ...token.settings,
        ...sdkKey.settings,
        ...owned.settings,
        quarter: "2026-Q4",
        oldKeyExpiry: `${GRACE_S}s`,
      },
      secret: { "launchdarkly:accessToken": sandbox.adminKey },
    });
    const seen = await rotate(stack, all);
    await Promise.all(all.map(({ consumer }) => consumer.stop()));
    draw({ from, until: Date.now(), credentials: all.map(lifeOf) });
    const said = claims(sandbox, { token, sdkKey, owned }, seen);
    console.log(`\n${said.map(([claim, holds]) => `${holds ? "✓" : "✗ NOT TRUE:"} ${claim}`).join("\n")}`);
    return said.every(([, holds]) => holds);
  } finally {
    await sandbox.stop();
    workspace.remove();
  }
}

async function rotate(stack: Stack, all: readonly DemoCredential[]): Promise<Seen> {
  const first = await shown(stack, "up", "--yes", "--skip-preview");
  const firstDeaths = await handOn(stack, all);

  say("Somebody edits the trigger: quarter becomes 2027-Q1.");
  await stack.configAll({ plaintext: { quarter: "2027-Q1" } });
  const preview = await shown(stack, "preview");
  const second = await shown(stack, "up", "--yes", "--skip-preview");
  const secondDeaths = await handOn(stack, all);
  return {
    graceSeconds: GRACE_S,
    statuses: [first.status, preview.status, second.status],
    previewed: preview.output,
    deaths: [...firstDeaths, ...secondDeaths],
  };
}

/**
 * Gives the stack's outputs to the consumers, and waits until the keys are refused that they had before.
 *
 * @returns the ends of those keys
 */
async function handOn(stack: Stack, all: readonly DemoCredential[]): Promise<Death[]> {
  const outputs = await stack.outputs();
  const deaths = all.map(({ name, user, output, use, consumer }) => {
    const [before, key] = [consumer.currentKey(), String(outputs[output])];
    consumer.switchTo(key);
    if (before === undefined) {
      say(`The ${user} begins, with the ${name}. Its key ends in ${ending(key)}.`);
      return undefined;
    }
    say(`The ${user} switches to the key ending in ${ending(key)}. The one ending in ${ending(before)} is to die.`);
    return watchDeath(use, before);
  });
  return Promise.all(deaths.filter((death) => death !== undefined));
}

function draw(timeline: Timeline): void {
  say("What happened");
  console.log(timelineText(timeline, process.stdout.isTTY ? process.stdout.columns : 100));
  const file = path.join(repository, picture);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, timelineSvg(timeline));
  console.log(`The same as a picture: ${picture}`);
}

async function shown(stack: Stack, ...words: string[]) {
  say(`$ pulumi ${words.join(" ")}`);
  return stack.shown(...words, "--non-interactive", "--color", process.stdout.isTTY ? "always" : "never");
}

function say(text: string): void {
  console.log(`\n── ${text}\n`);
}

main().then(
  (isTrue) => {
    process.exitCode = isTrue ? 0 : 1;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
