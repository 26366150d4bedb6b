/** The part of a chaos cycle that concerns the resources that own their token. */
import type { LoggedRequest } from "../../../sandbox/requestLog";
import type { Sandbox } from "../../../sandbox/sandbox";
import { CREATE } from "../../support/ownedProvider";
import { forgottenTokens, tokensToName, unsettledTokens, wrongTokens } from "./afterUp";
import type { Run } from "../recovery";
import type { RunRequests } from "../resets";
import type { Saved } from "../savedRotations";
import { planLateReset } from "../lateReset";
import type { OwnedPlan } from "./plan";
import { type SavedTokens, savedTokens } from "./saved";
import { type OwnedResource, take } from "./tokens";
import { isLateCreation, type TokenCounts, type TokenWatch, watchTokens } from "./watch";

export interface OwnedResult extends TokenCounts {
  /** Resources for which another token was due, that took one over, and that left the stack. */
  readonly rotations: number;
  readonly takeOvers: number;
  readonly destroyed: number;
  /** Runs in which the account was full, and cycles in which it knew no expiry. */
  readonly limits: number;
  readonly withoutExpiry: number;
  /** Tokens that a person was asked to delete. */
  readonly named: number;
  /** Tokens that no state knows at the end. */
  readonly forgotten: number;
}

export interface OwnedCycle {
  /** Carries out, at the latest, what was held back. */
  carryOut(): void;
  /** @param saved what the state holds; undefined if it can't be read */
  afterRun(run: RunRequests & Pick<Run, "status" | "output">, saved: Readings | undefined): void;
  /** Whether a token may be there that only another look finds. */
  mayHaveForgotten(): boolean;
  /** Deletes, as a person does who is asked to, what a run or a refresh has named, where it may leave that to a person. */
  followAdvice(output: string): void;
  /** What is left undone although nothing is due. */
  unsettled(): string[];
  end(): { readonly violations: string[]; readonly result: OwnedResult };
}

export type Readings = ReadonlyMap<string, Saved>;

interface Part {
  readonly one: OwnedResource;
  readonly watch: TokenWatch;
  readonly begun: SavedTokens | undefined;
  readonly isDue: boolean;
  saved: SavedTokens | undefined;
}

/** How the account changes in a cycle. */
function openAccount({ openQuestions, store }: Sandbox, plan: OwnedPlan | undefined): void {
  if (plan === undefined) return;
  const { knowsTokenExpiry, acceptsPastTokenExpiry, replacesWhatIsAbsent, spareTokens } = plan.account;
  // LaunchDarkly may learn what an expiry is. It does not forget one.
  if (knowsTokenExpiry || store.all().every(({ expiry }) => expiry === undefined)) {
    openQuestions.knowsTokenExpiry = knowsTokenExpiry;
  }
  openQuestions.acceptsPastTokenExpiry = acceptsPastTokenExpiry;
  openQuestions.replacesWhatIsAbsent = replacesWhatIsAbsent;
  openQuestions.tokenLimit = store.all().length + (spareTokens ?? Infinity);
}

/** As a person does who reads that the account is full. */
function liftLimit({ openQuestions }: Sandbox): void {
  openQuestions.tokenLimit = Infinity;
}

function meetsLimit({ route, status, fault }: LoggedRequest): boolean {
  return route === CREATE && status === 400 && fault === undefined;
}

/** @param before what the state holds */
export function beginOwned(
  sandbox: Sandbox,
  resources: readonly OwnedResource[],
  before: Readings | undefined,
  { plan, number, othersStay }: { plan: OwnedPlan | undefined; number: number; othersStay: boolean },
): OwnedCycle {
  const of = (one: OwnedResource, state: Readings | undefined): SavedTokens | undefined => {
    const saved = state?.get(one.name);
    return saved === undefined ? undefined : savedTokens(saved);
  };
  const parts = resources.map((one): Part => {
    const begun = of(one, before);
    const turn = plan?.turns.find(({ name }) => name === one.name);
    const isDue = turn !== undefined && !turn.leaves && (begun === undefined ? !turn.takesOver : turn.rotates);
    if (turn !== undefined) take(one, turn, number, sandbox);
    else if (!othersStay) one.inputs = undefined;
    return { one, begun, isDue, saved: begun, watch: watchTokens(sandbox, one, begun, isDue) };
  });
  for (const fault of plan?.faults ?? []) sandbox.faults.add(fault);
  const carryOut = planLateReset(sandbox, plan?.lateCreation);
  openAccount(sandbox, plan);

  const violations: string[] = [];
  let [kills, late, limits, named] = [0, 0, 0, 0];

  /** @param isLate whether the run has left a token that is made late, for the next one to find */
  function checkSuccess({ one, saved }: Part, isLate: boolean): void {
    violations.push(...wrongTokens(one, saved, sandbox));
    // What is made late for a run that was killed is found by another look.
    if (isLate || (late > 0 && kills > 0)) return;
    for (const id of forgottenTokens(one, saved, sandbox))
      violations.push(`the token ${id} of ${one.name} is forgotten`);
  }

  function followAdvice(output: string): void {
    if (kills === 0) return;
    for (const { one, begun, saved } of parts) {
      for (const id of tokensToName(one, { begun, saved }, sandbox).filter((id) => output.includes(id))) {
        named++;
        sandbox.store.delete(id);
      }
    }
  }

  return {
    carryOut,
    followAdvice,
    afterRun({ requests, status, killed, output }, state) {
      if (killed !== undefined) kills++;
      const isLate = requests.some(isLateCreation);
      if (isLate) late++;
      if (requests.some(meetsLimit)) {
        limits++;
        liftLimit(sandbox);
      }
      for (const part of parts) {
        if (killed !== undefined) part.watch.mayHaveStray();
        if (state === undefined) continue;
        part.saved = of(part.one, state);
        part.watch.isSaved(part.saved);
      }
      if (state === undefined) return;

      followAdvice(output);
      if (status === 0) for (const part of parts) checkSuccess(part, isLate);
    },
    mayHaveForgotten: () => parts.some(({ one, saved }) => forgottenTokens(one, saved, sandbox).length > 0),
    unsettled: () => parts.flatMap(({ one, saved }) => unsettledTokens(one, saved, sandbox.clock.now())),
    end() {
      liftLimit(sandbox);
      const forgotten = parts.flatMap(({ one, saved }) => forgottenTokens(one, saved, sandbox));
      for (const id of forgotten) violations.push(`the token ${id} is forgotten at the end`);
      for (const { one, begun, isDue, saved, watch } of parts) {
        violations.push(...watch.end());
        const isKept = begun !== undefined && one.inputs !== undefined;
        if (isKept && isDue === (saved?.key === begun.key)) {
          violations.push(`the state's key of ${one.name} is ${isDue ? "the old" : "another"} one`);
        }
        const { created, lost } = watch.counts;
        const allowed = (isDue ? 1 : 0) + lost + kills;
        if (created > allowed) violations.push(`${one.name} made ${created} tokens, ${allowed} allowed`);
      }
      const sum = (count: (counts: TokenCounts) => number) =>
        parts.reduce((total, { watch }) => total + count(watch.counts), 0);
      return {
        violations: [...new Set(violations)],
        result: {
          created: sum(({ created }) => created),
          lost: sum(({ lost }) => lost),
          retired: sum(({ retired }) => retired),
          deleted: sum(({ deleted }) => deleted),
          strays: sum(({ strays }) => strays),
          rotations: parts.filter(({ isDue }) => isDue).length,
          takeOvers: parts.filter(({ one, begun, isDue }) => begun === undefined && one.inputs !== undefined && !isDue)
            .length,
          destroyed: parts.filter(({ one, begun }) => begun !== undefined && one.inputs === undefined).length,
          limits,
          named,
          withoutExpiry: plan !== undefined && !sandbox.openQuestions.knowsTokenExpiry ? 1 : 0,
          forgotten: forgotten.length,
        },
      };
    },
  };
}
