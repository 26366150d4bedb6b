/** The resets of a credential in a cycle, and how many of them there may be. */
import type { LoggedRequest } from "../../sandbox/requestLog";
import { MOST_FAILURES } from "../../provider/rotation/repeatedCall";
import { type ChaosCredential, hasGrace } from "./credentials";
import type { Plan } from "./plan";
import type { Run } from "./recovery";

export interface RunRequests extends Pick<Run, "killed" | "isHooked"> {
  /** Those that were processed from the beginning of a `pulumi up` to that of the next one. */
  readonly requests: readonly LoggedRequest[];
}

/** What of a credential's resets is more, or less, than the cycle asked for. */
export function wrongResets(
  one: ChaosCredential,
  isDue: boolean,
  runs: readonly RunRequests[],
  { leavesGrace }: Pick<Plan, "leavesGrace">,
): string[] {
  const { name, kind } = one;
  const resets = resetsOf(
    one,
    runs.flatMap(({ requests }) => requests),
  );
  if (!isDue) return resets.length === 0 ? [] : [`${name} was reset ${resets.length} times, and nothing was due`];
  const violations = resets.length === 0 ? [`${name} was not reset`] : [];
  const kills = runs.filter(({ killed }) => killed !== undefined).length;
  const allowed =
    1 + kills + resets.filter(isLate).length + (kind.credential.isReadable ? 0 : resets.filter(isLost).length);
  if (resets.length > allowed) violations.push(`${name} was reset ${resets.length} times, ${allowed} allowed`);
  const more = kind.credential.isReadable ? repeated(one, runs) : repeatedByHooks(one, runs, leavesGrace);
  return [...violations, ...more];
}

export function resetsOf({ kind, credential }: ChaosCredential, requests: readonly LoggedRequest[]): LoggedRequest[] {
  const path = kind.credential.paths.reset(credential.identity);
  return requests.filter((request) => request.hasReset && request.path === path);
}

/** Whether the reset was carried out only when it may have been given up. */
export function isLate({ hasReset, fault }: LoggedRequest): boolean {
  return hasReset && fault?.startsWith("hold") === true;
}

/** Whether it made a key that nobody got to know from the answer. */
export function isLost({ hasReset, fault }: LoggedRequest): boolean {
  return hasReset && fault !== undefined && !/^(?:delay|alter)/.test(fault);
}

/**
 * A key that can be read is never lost with the answer: no run sends another reset after one that was carried out, and
 * neither does the next run unless this one was killed. But a provider that outlives a CLI that was killed may send one
 * of its own beside the next run's.
 */
function repeated(one: ChaosCredential, runs: readonly RunRequests[]): string[] {
  const inRun = runs.map(({ requests }) => resetsOf(one, requests));
  const violations = inRun.flatMap((resets, index) => {
    const prompt = resets.filter((reset) => !isLate(reset)).length;
    const allowed = runs[index - 1]?.killed === undefined ? 1 : 2;
    return prompt <= allowed ? [] : [`${one.name} was reset ${prompt} times in run ${index + 1}, ${allowed} allowed`];
  });
  const resetting = inRun.filter((resets) => resets.length > 0).length;
  const allowed = 1 + runs.filter(({ killed }) => killed !== undefined).length;
  if (resetting > allowed) violations.push(`${one.name} was reset in ${resetting} runs, ${allowed} allowed`);
  return violations;
}

/** The most resets of one call whose answers are lost, one after the other, where there is nothing left to lose. */
const LOST_IN_A_CALL = 3;

/**
 * A call that hooks have repeated goes on from what the run has done: while the key before has its grace, it sends no
 * other reset, however often it is repeated. Where that key is dead, each try may send some more, until the last one that
 * is left to it.
 */
function repeatedByHooks(one: ChaosCredential, runs: readonly RunRequests[], leavesGrace: boolean): string[] {
  const allowed = leavesGrace && hasGrace(one.kind) ? 1 : LOST_IN_A_CALL * MOST_FAILURES;
  return runs.flatMap(({ requests, isHooked }) => {
    const prompt = resetsOf(one, requests).filter((reset) => !isLate(reset)).length;
    if (!isHooked || prompt <= allowed) return [];
    return [`${one.name} was reset ${prompt} times in the run with hooks, ${allowed} allowed`];
  });
}
