/** The runs of one cell: up, an edited trigger, preview, up, up without a change, destroy. Each counts its requests. */
import assert from "node:assert/strict";
import path from "node:path";

import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { type CommandResult, createStack, type Stack } from "../../tools/stack/stack";
import type { Place } from "./place";

export interface Rotated {
  readonly sandbox: Sandbox;
  readonly stack: Stack;
  /** Everything that was printed. */
  printed(): string;
  /** Runs a verb and says what it asked the sandbox for. */
  act(verb: Verb): Promise<CommandResult & { readonly requests: string[] }>;
  /** Edits the trigger. */
  edit(): Promise<void>;
  stop(): Promise<void>;
}

export const VERBS = {
  preview: ["preview", "--non-interactive"],
  up: ["up", "--yes", "--non-interactive", "--skip-preview"],
  "expect-no-changes": ["up", "--yes", "--non-interactive", "--skip-preview", "--expect-no-changes"],
  destroy: ["destroy", "--yes", "--non-interactive", "--skip-preview"],
} as const;
export type Verb = keyof typeof VERBS;

/** The requests by which the sandbox is asked to change something. */
interface Changes {
  readonly created: readonly string[];
  readonly rotated: readonly string[];
  readonly destroyed: readonly string[];
}

const CHANGES: Readonly<Record<string, Changes>> = {
  AccessTokenRotation: {
    created: ["POST /api/v2/tokens/:id/reset"],
    rotated: ["POST /api/v2/tokens/:id/reset"],
    destroyed: [],
  },
  RotatingAccessToken: {
    created: ["POST /api/v2/tokens"],
    rotated: ["POST /api/v2/tokens", "PATCH /api/v2/tokens/:id"],
    destroyed: ["DELETE /api/v2/tokens/:id", "DELETE /api/v2/tokens/:id"],
  },
  SdkKeyRotation: {
    created: [],
    rotated: ["POST /api/v2/projects/:projectKey/environments/:environmentKey/apiKey"],
    destroyed: [],
  },
};

/** @returns what the resources ask for that the texts have */
export function changesOf(texts: readonly string[]): Changes {
  const found = Object.entries(CHANGES).flatMap(([name, changes]) =>
    texts.some((text) => text.includes(name)) ? [changes] : [],
  );
  return {
    created: found.flatMap(({ created }) => created),
    rotated: found.flatMap(({ rotated }) => rotated),
    destroyed: found.flatMap(({ destroyed }) => destroyed),
  };
}

export interface How {
  /** The folder of the project. @default the place's */
  readonly project?: string | undefined;
  /** What runs in the place of the CLI: a verb and the trigger are its last words. */
  readonly by?: readonly string[] | undefined;
  /** Of Node.js; `<folder>` is the place's. */
  readonly nodeOptions?: string | undefined;
}

export async function createRotated(place: Place, { project = "", by, nodeOptions }: How = {}): Promise<Rotated> {
  const folder = path.join(place.folder, project);
  // As createStack has them.
  const variables = {
    PULUMI_HOME: path.join(place.aside, "pulumi-home"),
    PULUMI_BACKEND_URL: `file://${path.join(place.aside, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "a throwaway stack",
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
  const workspace = { folder, aside: place.aside, remove: place.remove };
  const options = nodeOptions === undefined ? {} : { NODE_OPTIONS: nodeOptions.replace("<folder>", place.folder) };
  const stack = await createStack({ workspace, environment: { ...place.environment, ...options } });
  const sandbox = await startSandbox();
  const token = sandbox.createToken({ name: "reset", role: "writer" });
  const { environmentKey } = sandbox.createEnvironment();
  let quarter = 1;
  let printed = "";
  await stack.configAll({
    plaintext: { "launchdarkly:apiHost": sandbox.url, tokenId: token.id, environmentKey, quarter: `Q${quarter}` },
    secret: { "launchdarkly:accessToken": sandbox.adminKey },
  });
  return {
    sandbox,
    stack,
    printed: () => printed,
    async act(verb) {
      const seen = sandbox.requests.length;
      const result =
        by === undefined
          ? await stack.pulumi(...VERBS[verb])
          : await place.try([...by, verb, `Q${quarter}`], project, variables);
      printed += result.output;
      return { ...result, requests: sandbox.requests.slice(seen).map(({ route }) => route) };
    },
    edit: () => stack.configAll({ plaintext: { quarter: `Q${++quarter}` } }),
    stop: () => sandbox.stop(),
  };
}

/** All but the first up. */
export async function goesOn(rotated: Rotated, changes: Changes): Promise<void> {
  await rotated.edit();
  await asks(rotated, "preview", []);
  await asks(rotated, "up", changes.rotated);
  await asksNothing(rotated);
  await asks(rotated, "destroy", changes.destroyed);
}

/** Runs an up that must find no change, and needs no request to find that. */
export async function asksNothing(rotated: Rotated): Promise<void> {
  const { requests, status, output } = await rotated.act("expect-no-changes");
  assert.equal(status, 0, output);
  assert.deepEqual(requests, [], "an up without a change asks for nothing");
}

/**
 * Runs the verb, and holds it to the changes it asks for.
 *
 * @throws {AssertionError} with what was printed
 */
export async function asks(rotated: Rotated, verb: Verb, changes: readonly string[]): Promise<CommandResult> {
  const { requests, ...result } = await rotated.act(verb);
  assert.equal(result.status, 0, `pulumi ${verb}:\n${result.output}`);
  const asked = requests.filter((route) => !route.startsWith("GET "));
  assert.deepEqual(asked.sort(), [...changes].sort(), `pulumi ${verb}`);
  return result;
}

/** Runs an up that must fail before anything is sent. */
export async function refuses(rotated: Rotated, says: RegExp): Promise<void> {
  const { requests, status, output } = await rotated.act("up");
  assert.notEqual(status, 0, `It works:\n${output}`);
  assert.deepEqual(requests, [], "nothing is sent");
  assert.match(output, says);
}
