/** The resets of a credential in a cycle, and how many of them there may be. */
import type { LoggedRequest } from "../../sandbox/requestLog";
import type { ChaosCredential } from "./credentials";

export interface RunRequests {
  /** Those that were processed from the beginning of a `pulumi up` to that of the next one. */
  readonly requests: readonly LoggedRequest[];
  /** What was killed in it, if anything. */
  readonly killed: string | undefined;
}

/** What of a credential's resets is more, or less, than the cycle asked for. */
export function wrongResets(one: ChaosCredential, isDue: boolean, runs: readonly RunRequests[]): string[] {
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
  return [...violations, ...(kind.credential.isReadable ? repeated(one, runs) : [])];
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
