/**
 * `npm run demo`: the real Pulumi CLI rotates a token of the sandbox twice, while a consumer calls with its key and
 * is never refused. Exits with 0 only if all that was shown is true.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { createStack, type Stack } from "../stack/stack";
import { createWorkspace, repository } from "../stack/workspace";
import { type Consumer, startConsumer, watchDeath } from "./consumer";
import type { Timeline } from "./timeline";
import { timelineSvg } from "./timelineSvg";
import { timelineText } from "./timelineText";

/** Long enough for a slow machine to hand the new key on, short enough to wait for. */
const GRACE = "12s";

const picture = path.join(".demo", "timeline.svg");

async function main(): Promise<boolean> {
  const sandbox = await startSandbox();
  const workspace = createWorkspace();
  try {
    const token = sandbox.createToken({ name: "ci deploys", role: "writer" });
    say(
      `The quickstart, with ${GRACE} for oldKeyExpiry, so that nobody has to wait a day. LaunchDarkly's stand-in runs on ${sandbox.url}; a consumer starts to call it with the key …${ending(token.key)}`,
    );
    const stack = await createStack({ workspace });
    await stack.configAll({
      plaintext: {
        "launchdarkly:apiHost": sandbox.url,
        tokenId: token.id,
        quarter: "2026-Q4",
        oldKeyExpiry: GRACE,
      },
      secret: { "launchdarkly:accessToken": sandbox.adminKey },
    });

    const from = Date.now();
    const consumer = startConsumer(sandbox.url, token.key);
    const rotated = await rotateTwice(sandbox, stack, consumer, token);
    await consumer.stop();
    return report(sandbox, consumer, rotated, { id: token.id, from });
  } finally {
    await sandbox.stop();
    workspace.remove();
  }
}

interface Rotated {
  readonly statuses: (number | null)[];
  readonly previewed: string;
  readonly deaths: { readonly lastAccepted: number; readonly firstRefused: number }[];
}

async function rotateTwice(
  sandbox: Sandbox,
  stack: Stack,
  consumer: Consumer,
  token: { readonly key: string },
): Promise<Rotated> {
  const first = await shown(stack, "up", "--yes", "--skip-preview");
  const firstDeath = watchDeath(sandbox.url, token.key);
  const firstKey = await handOn(stack, consumer);

  say("Somebody edits the trigger: quarter becomes 2027-Q1");
  await stack.configAll({ plaintext: { quarter: "2027-Q1" } });
  const preview = await shown(stack, "preview");
  const second = await shown(stack, "up", "--yes", "--skip-preview");
  const secondDeath = watchDeath(sandbox.url, firstKey);
  await handOn(stack, consumer);

  say("Waiting for the old key to die at its time");
  const deaths = await Promise.all([firstDeath, secondDeath]);
  return { statuses: [first.status, preview.status, second.status], previewed: preview.output, deaths };
}

/** Gives the stack's output to the consumer. */
async function handOn(stack: Stack, consumer: Consumer): Promise<string> {
  const key = String((await stack.outputs())["token"]);
  consumer.switchTo(key);
  say(`The consumer switches to the stack's new output, the key …${ending(key)}`);
  return key;
}

function report(sandbox: Sandbox, consumer: Consumer, rotated: Rotated, { id, from }: { id: string; from: number }) {
  const timeline = timelineOf(sandbox, consumer, id, from);
  say("What happened");
  console.log(timelineText(timeline, process.stdout.isTTY ? process.stdout.columns : 100));
  const file = path.join(repository, picture);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, timelineSvg(timeline));
  console.log(`The same as a picture: ${picture}`);

  const resets = sandbox.requests.filter(({ route }) => route === "POST /api/v2/tokens/:id/reset").length;
  const expiries = timeline.keys.map(({ expiresAt }) => expiresAt).filter((at) => at !== undefined);
  const claims: [string, boolean][] = [
    ["every command succeeded", rotated.statuses.every((status) => status === 0)],
    [
      "the preview said why, and what happens to the old key",
      /will be reset: triggers\.quarter changed\. The current key \(ending in \w{4}\) keeps working for 12 seconds\./.test(
        rotated.previewed,
      ),
    ],
    ["the token was reset exactly twice", resets === 2 && timeline.keys.length === 3],
    ["no call of the consumer was rejected", timeline.calls > 0 && timeline.rejected === 0],
    [
      "both old keys were accepted up to their expiry and refused from then on",
      rotated.deaths.every(({ lastAccepted, firstRefused }, index) => {
        const expiry = expiries[index] ?? Number.NaN;
        return lastAccepted > 0 && lastAccepted < expiry && firstRefused >= expiry;
      }),
    ],
  ];
  console.log(`\n${claims.map(([claim, holds]) => `${holds ? "✓" : "✗ NOT TRUE:"} ${claim}`).join("\n")}`);
  return claims.every(([, holds]) => holds);
}

function timelineOf(sandbox: Sandbox, consumer: Consumer, id: string, from: number): Timeline {
  const until = Date.now();
  const resets = sandbox.requests.filter(({ route }) => route === "POST /api/v2/tokens/:id/reset").map(({ at }) => at);
  const oldestFirst = [...(sandbox.store.find(id)?.keys ?? [])].reverse();
  const keys = oldestFirst.map(({ value, expiresAt }, index) => {
    const use = consumer.uses.findIndex(({ key }) => key === value);
    return {
      ending: ending(value),
      bornAt: index === 0 ? from : (resets[index - 1] ?? from),
      expiresAt: expiresAt ?? undefined,
      usedFrom: consumer.uses[use]?.from,
      usedUntil: consumer.uses[use + 1]?.from,
    };
  });
  return { from, until, keys, calls: consumer.calls(), rejected: consumer.rejected() };
}

async function shown(stack: Stack, ...words: string[]) {
  say(`$ pulumi ${words.join(" ")}`);
  return stack.shown(...words, "--non-interactive", "--color", process.stdout.isTTY ? "always" : "never");
}

function ending(key: string): string {
  return key.slice(-4);
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
