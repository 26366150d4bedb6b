/** Watches, through a cycle of the chaos run, whether the consumers of credentials can go on working. */
import type { LoggedRequest } from "../../sandbox/requestLog";
import type { Sandbox } from "../../sandbox/sandbox";
import type { ChaosCredential } from "./credentials";
import { isLate, resetsOf } from "./resets";

export interface Consumers {
  /** Says that another `pulumi up` begins. */
  beginRun(previous: { readonly wasKilled: boolean }): void;
  /** Says that a consumer of the credential may hold this key from now on. */
  mayHold(name: string, key: string): void;
  /** Ends the watch, and tells what was promised and not kept. */
  end(): string[];
}

/** What is known of one credential's keys. */
interface Watch {
  readonly of: ChaosCredential;
  readonly mayBeHeld: Set<string>;
  /** Keys made in this cycle, with the number of the run. */
  readonly madeIn: Map<string, number>;
  readonly madeLate: Set<string>;
  isServed: boolean;
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
 *
 * A key that can be read is not lost with an answer: no run may break the promise over it, but the one after a kill.
 */
export function watchConsumers(sandbox: Sandbox, credentials: readonly ChaosCredential[]): Consumers {
  const watches = credentials.map((one): Watch => {
    return { of: one, mayBeHeld: new Set([one.held]), madeIn: new Map(), madeLate: new Set(), isServed: true };
  });
  const killedRuns = new Set<number>();
  const violations: string[] = [];
  let run = 0;

  const servesAny = ({ of, mayBeHeld }: Watch) => [...mayBeHeld].some((key) => of.credential.accepts(key));
  for (const watch of watches) watch.isServed = servesAny(watch);

  function mustEndGrace({ of, mayBeHeld, madeIn, madeLate }: Watch, made: string, replaced: string): boolean {
    // A key that is held when it is replaced gets a grace of its own.
    if (mayBeHeld.has(replaced)) return false;
    const { isReadable } = of.kind.credential;
    const replacedIn = madeIn.get(replaced) ?? -1;
    const isBesideLate = madeLate.has(made) || madeLate.has(replaced);
    if (isBesideLate && (!isReadable || replacedIn === run)) return true;
    // The provider may outlive the CLI, and its reset may come when the next run has begun.
    if (isReadable) return killedRuns.has(replacedIn) || killedRuns.has(replacedIn - 1);
    return killedRuns.has(run - 1) || replacedIn < run;
  }

  function onReset(request: LoggedRequest): void {
    for (const watch of watches.filter(({ of }) => resetsOf(of, [request]).length > 0)) {
      const [made = "", replaced = made] = watch.of.credential.allKeys();
      watch.madeIn.set(made, run);
      if (isLate(request)) watch.madeLate.add(made);
      if (!watch.isServed || servesAny(watch)) continue;
      watch.isServed = false;
      if (mustEndGrace(watch, made, replaced)) continue;
      violations.push(`a reset in run ${run + 1} ended the last key that a consumer of ${watch.of.name} may hold`);
    }
  }
  sandbox.events.on("reset", onReset);

  return {
    beginRun({ wasKilled }) {
      if (wasKilled) killedRuns.add(run);
      run++;
    },
    mayHold(name, key) {
      for (const watch of watches.filter(({ of }) => of.name === name)) {
        watch.mayBeHeld.add(key);
        watch.isServed ||= servesAny(watch);
      }
    },
    end() {
      sandbox.events.off("reset", onReset);
      return violations;
    },
  };
}
