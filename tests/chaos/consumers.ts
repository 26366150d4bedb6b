/** Watches, through a cycle of the chaos run, whether the consumers of a token can go on working. */
import type { LoggedRequest } from "../../sandbox/requestLog";
import type { Sandbox } from "../../sandbox/sandbox";

export interface Consumers {
  /** Says that another `pulumi up` begins. */
  beginRun(previous: { readonly wasKilled: boolean }): void;
  /** Says that a consumer of the token may hold this key from now on. */
  mayHold(id: string, key: string): void;
  /** Ends the watch, and tells what was promised and not kept. */
  end(): string[];
}

/**
 * The promise is that at no moment of a grace every key is dead that a consumer may hold: the one it held before the
 * cycle, and any that was in the state after a `pulumi up`.
 *
 * Where a reset ends the grace of older keys, one kind of reset must break it: after an answer was lost, only another
 * reset brings a key into the state, and it ends the grace of the key that the consumers hold. That is for a person to
 * decide, who has read until when that key works, so it must be left to the next `pulumi up`. After a kill nobody can
 * tell whether a reset was under way, so the run after it counts as the next one even if that reset is carried out late.
 * And nobody can keep a reset from ending a grace that is carried out beside another one, after it was given up.
 */
export function watchConsumers(sandbox: Sandbox, tokens: readonly { id: string; held: string }[]): Consumers {
  const mayBeHeld = new Map(tokens.map(({ id, held }) => [id, new Set([held])]));
  const madeInRun = new Map<string, number>();
  const madeLate = new Set<string>();
  const violations: string[] = [];
  let run = 0;
  let isAfterKill = false;

  const isServed = (id: string) =>
    [...(mayBeHeld.get(id) ?? [])].some((key) => sandbox.store.findByKey(key, sandbox.clock.now())?.id === id);
  const served = new Set([...mayBeHeld.keys()].filter(isServed));

  function processed({ hasReset, path, fault }: LoggedRequest): void {
    const token = hasReset ? sandbox.store.all().find(({ id }) => path.includes(id)) : undefined;
    if (token === undefined) return;
    const [made, replaced = made] = token.keys;
    madeInRun.set(made.value, run);
    if (fault?.startsWith("hold")) madeLate.add(made.value);
    if (!served.has(token.id) || isServed(token.id)) return;
    served.delete(token.id);
    const wasLost = !mayBeHeld.get(token.id)?.has(replaced.value);
    const isLeftToNextRun = isAfterKill || (madeInRun.get(replaced.value) ?? -1) < run;
    const isLate = madeLate.has(made.value) || madeLate.has(replaced.value);
    if (sandbox.openQuestions.endsOlderGrace && ((wasLost && isLeftToNextRun) || isLate)) return;
    violations.push(`a reset in run ${run + 1} ended the last key that a consumer of ${token.id} may hold`);
  }
  sandbox.events.on("processed", processed);

  return {
    beginRun(previous) {
      run++;
      isAfterKill = previous.wasKilled;
    },
    mayHold(id, key) {
      mayBeHeld.get(id)?.add(key);
      if (isServed(id)) served.add(id);
    },
    end() {
      sandbox.events.off("processed", processed);
      return violations;
    },
  };
}
