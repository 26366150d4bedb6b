/** One cycle of the chaos run: rotations under faults and kills, the recovery, and the invariants. */
import { writeFileSync } from "node:fs";
import path from "node:path";

import type { LoggedRequest } from "../../sandbox/requestLog";
import { watchConsumers } from "./consumers";
import { type ChaosCredential, hasGrace, resourceOf } from "./credentials";
import { type HooksResult, hooksResult } from "./hooksResult";
import { plaintextKeys, wrongKeys } from "./keys";
import { planLateReset } from "./lateReset";
import { beginOwned, type OwnedResult } from "./owned/cycle";
import { comesNew, endTokens, eventOf, readingOf, type Readings, useTokens } from "./owned/events";
import { type OwnedResource, ownedResourceOf, savedOf, urnOf } from "./owned/tokens";
import { isLateCreation } from "./owned/watch";
import type { Plan } from "./plan";
import { type Run, type Site, upUntilItSucceeds } from "./recovery";
import { isLate, isLost, resetsOf, type RunRequests, wrongResets } from "./resets";
import { isEmpty, savedRotations } from "./savedRotations";

export interface Arena extends Site {
  readonly credentials: readonly ChaosCredential[];
  /** Those that own their token. */
  readonly owned: readonly OwnedResource[];
  /** The classes of those whose older graces a second reset leaves as they are, unless the plan says otherwise. */
  readonly keepingOlderGrace: ReadonlySet<string>;
  /** How far the sandbox's clock is from the real one. */
  clockSkewMs: number;
}

export interface CycleResult {
  readonly violations: string[];
  /** The classes of the rotations that were due, and of those that took a key over instead. */
  readonly rotations: string[];
  readonly takeOvers: string[];
  /** The classes of resets that were carried out, and whose answers were lost or late. */
  readonly lostAnswers: string[];
  /** Faults that happened, by kind. */
  readonly faults: string[];
  /** Kills that struck, by victim. */
  readonly kills: string[];
  /** Resets beyond one for each rotation. */
  readonly extraResets: number;
  /** How often `pulumi up` ran. */
  readonly ups: number;
  readonly hooks: HooksResult;
  readonly owned: OwnedResult;
  readonly runs: readonly (Run & RunRequests)[];
}

export async function runCycle(arena: Arena, plan: Plan, number: number): Promise<CycleResult> {
  const { sandbox, workspace, stack } = arena;
  const savedBefore = await savedRotations(stack);
  if (savedBefore !== undefined) useTokens(arena.owned, savedBefore);
  const replacing = await disturb(arena, plan, savedBefore);
  const before = new Set(savedBefore?.keys());
  const { othersStay } = plan;
  const stacked = ask(arena, plan, number);
  const drawn = stacked.filter(({ cycle }) => cycle === number);
  const takenOver = drawn.filter(({ name, kind }) => kind.credential.isReadable && !before.has(name));
  const due = drawn.filter((one) => !takenOver.includes(one));
  const carryOutLateReset = prepare(arena, plan);
  const owned = beginOwned(sandbox, arena.owned, savedBefore, { plan: plan.owned, number, othersStay });
  const ownedThere = arena.owned.filter(({ inputs }) => inputs !== undefined);
  const there = [...stacked, ...ownedThere].map(({ name }) => name);
  const hadKey = (name: string) => {
    const one = arena.owned.find((owned) => owned.name === name);
    const event = plan.owned?.turns.find((turn) => turn.name === one?.slot)?.event;
    // A new resource in its place has none until it is finished. Consumers hold the key of the old one.
    if (comesNew(event)) return false;
    return typeof (one === undefined ? savedBefore?.get(name) : savedOf(one, savedBefore))?.key === "string";
  };
  const kept = new Set(there.filter((name) => before.has(name)));
  const writeProgram = () => {
    const resources = [...stacked.map((one) => resourceOf(one, plan.leavesGrace)), ...ownedThere.map(ownedResourceOf)];
    writeFileSync(path.join(workspace.folder, "cycle.json"), JSON.stringify(resources));
  };
  writeProgram();
  const restores = stacked.length === 0 && owned.canBeRestored() ? plan.owned?.restores : undefined;
  const stateBefore = path.join(workspace.aside, "before.json");
  if (restores !== undefined) await succeed(arena, "stack", "export", "--file", stateBefore);

  const violations: string[] = [];
  const runs: (Run & RunRequests)[] = [];
  const consumers = watchConsumers(sandbox, plan.leavesGrace ? stacked.filter(({ kind }) => hasGrace(kind)) : []);
  let seen = sandbox.requests.length;
  async function afterRun(run: Run): Promise<void> {
    const { status, killed, isHooked } = run;
    if (status === null && (killed === undefined || killed === "provider")) violations.push("pulumi up did not end");
    if (isHooked) endStay(arena, plan);
    carryOutLateReset();
    owned.carryOut();
    await sandbox.idle();
    const saved = await savedRotations(stack);
    const all = { ...run, requests: sandbox.requests.slice(seen) };
    runs.push(all);
    seen = sandbox.requests.length;
    owned.afterRun(all, saved);
    consumers.beginRun({ wasKilled: killed !== undefined });
    // A state that can't be read yet is recovered by the next run.
    if (saved === undefined) return;
    for (const name of kept) if (!saved.has(name)) violations.push(`${name} is lost from the state`);
    for (const name of there) {
      const state = saved.get(name);
      if (state === undefined) continue;
      if (isEmpty(state)) violations.push(`the outputs of ${name} are lost from the state`);
      else if (isHooked && hadKey(name) && state.key === null)
        violations.push(`the key of ${name} is lost from the state`);
    }
    for (const [name, { key }] of saved) {
      if (there.includes(name)) kept.add(name);
      if (key !== null) consumers.mayHold(name, key);
    }
  }
  /** Until nothing is left to do, which a run says by asking LaunchDarkly for nothing. */
  async function settle(): Promise<string[]> {
    for (let ups = 0; ups < 3; ups++) {
      await upUntilItSucceeds(arena, afterRun);
      if (runs.at(-1)?.requests.length === 0) return owned.unsettled();
    }
    const { requests = [], output = "" } = runs.at(-1) ?? {};
    const routes = requests.map(({ route }) => route).join(", ");
    return [`pulumi up finds something to do every time: ${routes}\n${output.slice(-3000)}`];
  }
  const { kills, hooks } = plan;
  await upUntilItSucceeds(arena, afterRun, { kills, words: replacing, isHooked: hooks !== undefined });
  // The next run finds out what became of it.
  const wasLate = (request: LoggedRequest) => isLate(request) || isLateCreation(request);
  if (runs.some(({ requests }) => requests.some(wasLate))) await upUntilItSucceeds(arena, afterRun);
  sandbox.faults.clear();
  // The tokens of one that was replaced are found without a refresh.
  if (owned.inherits()) await upUntilItSucceeds(arena, afterRun);
  if (owned.mayHaveForgotten()) {
    const { output } = await stack.pulumi("refresh", "--yes", "--non-interactive", "--skip-preview");
    owned.followAdvice(output);
    await upUntilItSucceeds(arena, afterRun);
  }
  if (restores !== undefined) {
    owned.restore(restores);
    writeProgram();
    await succeed(arena, "stack", "import", "--file", stateBefore);
    await upUntilItSucceeds(arena, afterRun, { words: restores === "up" ? [] : ["--refresh"] });
  }
  if (plan.owned?.settles || hooks !== undefined) violations.push(...(await settle()));

  const printed = runs.map(({ output }) => output).join("");
  if (runs.at(-1)?.status !== 0) violations.push(`pulumi up does not succeed:\n${printed.slice(-3000)}`);
  const requests = runs.flatMap((run) => run.requests);
  const saved = await savedRotations(stack);
  const lostAnswers: string[] = [];
  let extraResets = 0;
  for (const one of stacked) {
    const isDue = due.includes(one);
    const resetRequests = resetsOf(one, requests);
    const resets = resetRequests.length;
    const key = saved?.get(one.name)?.key ?? "";
    const keepsOlderGrace = !plan.endsOlderGrace && arena.keepingOlderGrace.has(one.kind.credential.className);
    violations.push(...wrongResets(one, isDue, runs, plan));
    violations.push(...wrongKeys(one, plan, { key, isDue, resets, keepsOlderGrace }));
    lostAnswers.push(...resetRequests.filter(isLost).map(() => one.kind.credential.className));
    extraResets += Math.max(0, resets - 1);
    one.held = key;
  }
  const ownedEnd = owned.end();
  const ownedKeys = arena.owned.flatMap(({ keys }) => [...keys]);
  violations.push(...consumers.end(), ...ownedEnd.violations, ...plaintextKeys(sandbox, workspace, printed, ownedKeys));
  return {
    violations: [...new Set(violations)],
    rotations: due.map(({ kind }) => kind.credential.className),
    takeOvers: takenOver.map(({ kind }) => kind.credential.className),
    lostAnswers,
    faults: requests.map(({ fault }) => fault).filter((fault) => fault !== undefined),
    kills: runs.map(({ killed }) => killed).filter((victim) => victim !== undefined),
    extraResets,
    ups: runs.length,
    hooks: hooksResult(runs),
    owned: ownedEnd.result,
    runs,
  };
}

/** @returns the credentials that are in the stack by what the plan asks */
function ask({ credentials }: Arena, plan: Plan, number: number): ChaosCredential[] {
  for (const one of credentials) {
    if (plan.credentials.includes(one.name)) one.cycle = number;
    else if (!plan.othersStay) one.cycle = undefined;
  }
  return credentials.filter(({ cycle }) => cycle !== undefined);
}

/** @returns carries out a reset that the plan holds back */
function prepare(arena: Arena, plan: Plan): () => void {
  const { sandbox } = arena;
  const { routes } = plan.rateLimits;
  sandbox.rateLimiter.limits = { ...plan.rateLimits, routes: { ...routes, ...plan.owned?.rateLimits } };
  sandbox.latency.milliseconds = plan.latencyMs;
  sandbox.openQuestions.endsOlderGrace = plan.endsOlderGrace;
  sandbox.openQuestions.timestampsAsText = plan.timestampsAsText;
  sandbox.clock.move(plan.clockSkewMs - arena.clockSkewMs);
  arena.clockSkewMs = plan.clockSkewMs;
  // First, so that no other one ends what stays.
  for (const fault of plan.hooks?.faults ?? []) sandbox.faults.add(fault);
  for (const fault of plan.faults) sandbox.faults.add(fault);
  return planLateReset(sandbox, plan.lateReset);
}

/** What a run with hooks has met is over, and the other faults of the cycle may strike again. */
function endStay({ sandbox: { faults } }: Arena, plan: Plan): void {
  faults.clear();
  for (const fault of [...plan.faults, ...(plan.owned?.faults ?? [])]) faults.add(fault);
}

/**
 * What befalls resources that own their token before the cycle's first run.
 *
 * @returns the words of that run
 */
async function disturb(arena: Arena, { owned: plan }: Plan, before: Readings | undefined): Promise<string[]> {
  const { sandbox } = arena;
  if (endTokens(sandbox, arena.owned, before, plan)) {
    await succeed(arena, "refresh", "--yes", "--non-interactive", "--skip-preview");
  }
  const words: string[] = [];
  for (const one of arena.owned) {
    const event = eventOf(one, plan, readingOf(one, before));
    const urn = urnOf(one);
    if (event === "taint") await succeed(arena, "state", "taint", urn, "--yes", "--non-interactive");
    if (event === "replace") words.push("--replace", urn);
  }
  return words;
}

async function succeed({ stack }: Arena, ...words: string[]): Promise<void> {
  const { status, output } = await stack.pulumi(...words);
  if (status !== 0) throw new Error(`pulumi ${words.slice(0, 2).join(" ")} failed:\n${output}`);
}
