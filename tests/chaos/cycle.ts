/** One cycle of the chaos run: a rotation under faults and kills, the recovery, and the invariants. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import type { LoggedRequest } from "../../sandbox/requestLog";
import type { Sandbox } from "../../sandbox/sandbox";
import { watchConsumers } from "./consumers";
import { planLateReset } from "./lateReset";
import type { Plan } from "./plan";
import { type Run, type Site, upUntilItSucceeds } from "./recovery";
import { savedRotations } from "./savedRotations";

export interface Arena extends Site {
  /** The tokens that a cycle may rotate, and the key that their consumer holds. */
  readonly tokens: { readonly id: string; held: string }[];
  /** How far the sandbox's clock is from the real one. */
  clockSkewMs: number;
}

export interface CycleResult {
  readonly violations: string[];
  /** Faults that happened, by kind. */
  readonly faults: string[];
  /** Kills that struck, by victim. */
  readonly kills: string[];
  /** Resets beyond one for each token. */
  readonly extraResets: number;
  /** How often `pulumi up` ran. */
  readonly ups: number;
}

export async function runCycle(arena: Arena, plan: Plan, number: number): Promise<CycleResult> {
  const { sandbox, workspace, stack, tokens } = arena;
  const rotated = tokens.slice(0, plan.resources);
  const cycle = { tokenIds: rotated.map(({ id }) => id), trigger: number, oldKeyExpiry: plan.oldKeyExpiry };
  writeFileSync(path.join(workspace.folder, "cycle.json"), JSON.stringify(cycle));
  const firstRequest = sandbox.requests.length;
  const kept = [...((await savedRotations(stack))?.keys() ?? [])].filter((id) => cycle.tokenIds.includes(id));
  const carryOutLateReset = prepare(arena, plan);

  const violations: string[] = [];
  const consumers = watchConsumers(sandbox, plan.oldKeyExpiry === "immediate" ? [] : rotated);
  async function afterRun({ status, killed }: Run): Promise<void> {
    if (status === null && (killed === undefined || killed === "provider")) violations.push("pulumi up did not end");
    carryOutLateReset();
    await sandbox.idle();
    // A state that can't be read yet is recovered by the next run.
    const saved = await savedRotations(stack);
    if (saved === undefined) return;
    for (const id of kept) if (!saved.has(id)) violations.push(`${id} is lost from the state`);
    for (const [id, key] of saved) if (key !== null) consumers.mayHold(id, key);
    consumers.beginRun({ wasKilled: killed !== undefined });
  }
  const runs = await upUntilItSucceeds(arena, plan.kills, afterRun);
  const isLate = (request: LoggedRequest) => request.hasReset && request.fault?.startsWith("hold") === true;
  if (sandbox.requests.slice(firstRequest).some(isLate)) {
    // The next run finds out what became of it.
    runs.push(...(await upUntilItSucceeds(arena, [], afterRun)));
  }
  sandbox.faults.clear();

  const requests = sandbox.requests.slice(firstRequest);
  const printed = runs.map(({ output }) => output).join("");
  const kills = runs.map(({ killed }) => killed).filter((victim) => victim !== undefined);
  const saved = await savedRotations(stack);
  if (runs.at(-1)?.status !== 0) violations.push(`pulumi up does not succeed:\n${printed.slice(-3000)}`);
  let extraResets = 0;
  for (const token of rotated) {
    const resets = requests.filter(({ hasReset, path: at }) => hasReset && at.includes(token.id));
    // A late one takes the next run's to make up for it, besides its own.
    const allowed = 1 + resets.filter(isLost).length + resets.filter(isLate).length + kills.length;
    if (resets.length > allowed) violations.push(`${token.id} was reset ${resets.length} times, ${allowed} allowed`);
    extraResets += Math.max(0, resets.length - 1);
    const key = saved?.get(token.id) ?? "";
    if (!isAlive(sandbox, token.id, key)) violations.push(`the state's key of ${token.id} does not authenticate`);
    if (plan.oldKeyExpiry === "1h" && !plan.endsOlderGrace && !isAlive(sandbox, token.id, token.held)) {
      violations.push(`the consumer's key of ${token.id} died during the grace`);
    }
    token.held = key;
  }
  violations.push(...consumers.end(), ...leaks(arena, printed));
  const faults = requests.map(({ fault }) => fault).filter((fault) => fault !== undefined);
  return { violations, faults, kills, extraResets, ups: runs.length };
}

/** @returns carries out a reset that the plan holds back */
function prepare(arena: Arena, plan: Plan): () => void {
  const { sandbox } = arena;
  sandbox.rateLimiter.limits = plan.rateLimits;
  sandbox.latency.milliseconds = plan.latencyMs;
  sandbox.openQuestions.endsOlderGrace = plan.endsOlderGrace;
  sandbox.openQuestions.timestampsAsText = plan.timestampsAsText;
  sandbox.clock.move(plan.clockSkewMs - arena.clockSkewMs);
  arena.clockSkewMs = plan.clockSkewMs;
  for (const fault of plan.faults) sandbox.faults.add(fault);
  return planLateReset(sandbox, plan.lateReset);
}

/** Whether nobody got to know the key that the reset made. */
function isLost({ fault }: LoggedRequest): boolean {
  return fault !== undefined && !/^(?:delay|alter)/.test(fault);
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
