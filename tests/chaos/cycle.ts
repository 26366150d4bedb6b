/** One cycle of the chaos run: a rotation under faults and kills, the README's recovery, and the invariants. */
import { once } from "node:events";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import type { Sandbox } from "../../sandbox/sandbox";
import { descendants, killAll, type Process, providers } from "../../tools/stack/processTree";
import type { Stack } from "../../tools/stack/stack";
import type { Workspace } from "../../tools/stack/workspace";
import { RESET } from "../support/routes";
import { type Consumers, watchConsumers } from "./consumers";
import type { Kill, Plan } from "./plan";
import { savedKeys } from "./savedKeys";

export interface Arena {
  readonly sandbox: Sandbox;
  readonly workspace: Workspace;
  readonly stack: Stack;
  /** The tokens that a cycle may rotate, and the key that their consumer holds. */
  readonly tokens: { readonly id: string; held: string }[];
}

export interface CycleResult {
  readonly violations: string[];
  /** Faults that happened, by kind. */
  readonly faults: string[];
  readonly wasKilled: boolean;
  /** Resets beyond one for each token. */
  readonly extraResets: number;
  /** How often `pulumi up` ran. */
  readonly ups: number;
}

/** More than any plan's faults can fail. */
const MOST_UPS = 12;

export async function runCycle(arena: Arena, plan: Plan, number: number): Promise<CycleResult> {
  const { sandbox, workspace, tokens } = arena;
  const rotated = tokens.slice(0, plan.resources);
  const cycle = { tokenIds: rotated.map(({ id }) => id), trigger: number, oldKeyExpiry: plan.oldKeyExpiry };
  writeFileSync(path.join(workspace.folder, "cycle.json"), JSON.stringify(cycle));
  const firstRequest = sandbox.requests.length;
  sandbox.rateLimiter.limits = plan.resetsPerWindow === undefined ? {} : { routes: { [RESET]: plan.resetsPerWindow } };
  sandbox.latency.milliseconds = plan.latencyMs;
  sandbox.openQuestions.endsOlderGrace = plan.endsOlderGrace;
  sandbox.openQuestions.timestampsAsText = plan.timestampsAsText;
  for (const fault of plan.faults) sandbox.faults.add(fault);

  const consumers = watchConsumers(sandbox, plan.oldKeyExpiry === "immediate" ? [] : rotated);
  const first = await upUnderFire(arena, plan);
  const recovery = await recover(arena, first, consumers);
  killAll(first.orphans);
  sandbox.faults.clear();

  const requests = sandbox.requests.slice(firstRequest);
  const resets = (id: string) => requests.filter(({ path: at, hasReset }) => hasReset && at.includes(id)).length;
  const lost = (id: string) =>
    requests.filter(
      ({ path: at, hasReset, fault }) =>
        hasReset && at.includes(id) && fault !== undefined && !/^(?:delay|alter)/.test(fault),
    ).length;
  const violations = [
    ...(recovery.status === 0 ? [] : [`pulumi up does not succeed:\n${recovery.output.slice(-3000)}`]),
    ...(recovery.status === 0 ? await stateViolations(arena, rotated) : []),
    ...rotated.flatMap(({ id, held }) => {
      const found: string[] = [];
      const allowed = 1 + lost(id) + (first.wasKilled ? 1 : 0);
      if (resets(id) > allowed) found.push(`${id} was reset ${resets(id)} times, ${allowed} allowed`);
      if (plan.oldKeyExpiry === "1h" && !plan.endsOlderGrace && !isAlive(sandbox, id, held)) {
        found.push(`the consumer's key of ${id} died during the grace`);
      }
      return found;
    }),
    ...consumers.end(),
    ...leaks(arena, recovery.output),
  ];
  const outputs = recovery.status === 0 ? await keys(arena.stack) : {};
  for (const token of rotated) token.held = outputs[token.id] ?? token.held;
  return {
    violations,
    faults: requests.map(({ fault }) => fault).filter((fault) => fault !== undefined),
    wasKilled: first.wasKilled,
    extraResets: rotated.reduce((sum, { id }) => sum + Math.max(0, resets(id) - 1), 0),
    ups: 1 + recovery.ups,
  };
}

/** `pulumi up`, and a kill at the planned moment. */
async function upUnderFire({ sandbox, stack }: Arena, { kill }: Plan) {
  const child = stack.start("up", "--yes", "--non-interactive", "--skip-preview");
  let output = "";
  let wasKilled = false as boolean;
  let started: Process[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));

  let requests = 0;
  let timer: NodeJS.Timeout | undefined;
  const strike = (victim: Kill["victim"]) => {
    if (child.exitCode !== null) return;
    wasKilled = true;
    started = descendants(child.pid ?? 0);
    if (victim !== "cli") killAll(providers(started));
    if (victim !== "provider") child.kill("SIGKILL");
  };
  const count = () => {
    if (kill !== undefined && timer === undefined && ++requests > kill.afterRequests) {
      timer = setTimeout(strike, kill.delayMs, kill.victim);
    }
  };
  sandbox.events.on("arrived", count);
  // Not "close": the orphans of a killed CLI keep its output open.
  const [status] = (await once(child, "exit")) as [number | null];
  clearTimeout(timer);
  sandbox.events.off("arrived", count);
  return { status, output, wasKilled, orphans: wasKilled && kill?.victim !== "provider" ? started : [] };
}

/** The procedure of the README, to the letter. */
async function recover(
  { stack, workspace }: Arena,
  first: { readonly status: number | null; readonly output: string; readonly wasKilled: boolean },
  consumers: Consumers,
) {
  let { status, output } = first;
  let last = output;
  let ups = 0;
  while (status !== 0 && ups < MOST_UPS) {
    for (const [id, key] of await savedKeys(stack)) consumers.mayHold(id, key);
    if (last.includes("the stack is currently locked")) await stack.pulumi("cancel", "--yes");
    if (last.includes("failed to load checkpoint")) deleteTornAttributes(workspace);
    consumers.beginRun({ wasKilled: ups === 0 && first.wasKilled });
    const result = await stack.pulumi("up", "--yes", "--non-interactive", "--skip-preview");
    status = result.status;
    last = result.output;
    output += last;
    ups++;
  }
  return { status, output, ups };
}

/** What the CLI writes beside the state, and leaves empty if it is killed then. */
function deleteTornAttributes({ aside }: Workspace): void {
  rmSync(path.join(aside, "state", ".pulumi", "stacks", "chaos", "dev.json.attrs"));
}

async function keys(stack: Stack): Promise<Record<string, string>> {
  return ((await stack.outputs())["tokens"] ?? {}) as Record<string, string>;
}

async function stateViolations({ sandbox, stack }: Arena, rotated: Arena["tokens"]): Promise<string[]> {
  const held = await keys(stack);
  return rotated.flatMap(({ id }) => {
    const key = held[id];
    if (key === undefined) return [`${id} is lost from the state`];
    return isAlive(sandbox, id, key) ? [] : [`the state's key of ${id} does not authenticate`];
  });
}

function isAlive(sandbox: Sandbox, id: string, key: string): boolean {
  return sandbox.store.findByKey(key, sandbox.clock.now())?.id === id;
}

/** Keys in plain text in what the CLI printed, or in any file of the stack. */
function leaks({ sandbox, workspace }: Arena, printed: string): string[] {
  const secrets = sandbox.store.all().flatMap((token) => token.keys.map(({ value }) => value));
  const state = path.join(workspace.aside, "state");
  const files = readdirSync(state, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const places = [printed, ...files.map((entry) => readFileSync(path.join(entry.parentPath, entry.name), "utf8"))];
  return places.some((place) => secrets.some((secret) => place.includes(secret))) ? ["a key in plain text"] : [];
}
