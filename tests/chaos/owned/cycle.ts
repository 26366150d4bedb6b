/** The part of a chaos cycle that concerns the resources that own their token. */
import type { Sandbox } from "../../../sandbox/sandbox";
import { liftLimit, meetsLimit, openAccount } from "./account";
import { forgottenTokens, tokensToName, unsettledTokens, wrongTokens } from "./afterUp";
import type { Run } from "../recovery";
import type { RunRequests } from "../resets";
import { planLateReset } from "../lateReset";
import { comesNew, type Due, dueOf, eventOf, GOING, readingOf, type Readings, REPLACING } from "./events";
import type { OwnedEvent, OwnedPlan } from "./plan";
import type { SavedTokens } from "./saved";
import { isRepeatable, type OwnedResource, take } from "./tokens";
import { isLateCreation, type TokenCounts, type TokenWatch, watchTokens } from "./watch";

export interface OwnedResult extends TokenCounts {
  /** Resources for which another token was due, that took one over, and that left the stack. */
  readonly rotations: number;
  readonly takeOvers: number;
  readonly destroyed: number;
  /** Resources that were replaced, renamed with an alias and without, got other parents, and whose token another one took over. */
  readonly replaced: number;
  readonly renamed: number;
  readonly moved: number;
  readonly reparented: number;
  readonly handedOver: number;
  /** Current tokens that somebody else gave an end. */
  readonly foreignEnds: number;
  /** States that were restored. */
  readonly restored: number;
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
  afterRun(run: RunRequests & Omit<Run, "killed">, saved: Readings | undefined): void;
  /** Whether a token may be there that only another look finds. */
  mayHaveForgotten(): boolean;
  /** Whether one was replaced, so that the next run has the tokens of the one before among its own. */
  inherits(): boolean;
  /** Whether the state from before the cycle can be restored without making a resource come or go. */
  canBeRestored(): boolean;
  /** Says that it is restored, and perhaps the program with it. */
  restore(how: "up" | "refresh" | "rolledBack"): void;
  /** Deletes, as a person does who is asked to, what a run or a refresh has named, where it may leave that to a person. */
  followAdvice(output: string): void;
  /** What is left undone although nothing is due. */
  unsettled(): string[];
  end(): { readonly violations: string[]; readonly result: OwnedResult };
}

interface Part {
  readonly one: OwnedResource;
  readonly watch: TokenWatch;
  readonly begun: SavedTokens | undefined;
  readonly inputsBefore: OwnedResource["inputs"];
  readonly event: OwnedEvent | undefined;
  readonly due: Due;
  saved: SavedTokens | undefined;
  /** What the state held when an older one was restored. */
  later: SavedTokens | undefined;
  /** Whether the tokens of the one before are not in the state yet. */
  inherits: boolean;
}

/** @param before what the state holds */
export function beginOwned(
  sandbox: Sandbox,
  resources: readonly OwnedResource[],
  before: Readings | undefined,
  { plan, number, othersStay }: { plan: OwnedPlan | undefined; number: number; othersStay: boolean },
): OwnedCycle {
  const parts = resources.map((one): Part => {
    const begun = readingOf(one, before);
    const event = eventOf(one, plan, begun);
    const inputsBefore = one.inputs;
    const turn = plan?.turns.find(({ name }) => name === one.slot);
    if (turn !== undefined) take(one, { ...turn, event }, number, sandbox, begun);
    else if (!othersStay) one.inputs = undefined;
    const due = dueOf(one, begun, event, turn?.rotates === true);
    const [isReplaced, goes] = [REPLACING.includes(event), GOING.includes(event)];
    const watch = watchTokens(sandbox, one, { begun, mayBeMade: due !== "no", isReplaced, goes });
    return { one, begun, inputsBefore, event, due, saved: begun, later: undefined, inherits: isReplaced, watch };
  });
  for (const fault of plan?.faults ?? []) sandbox.faults.add(fault);
  const carryOut = planLateReset(sandbox, plan?.lateCreation);
  openAccount(sandbox, plan);

  const violations: string[] = [];
  let [kills, late, limits, named, restored] = [0, 0, 0, 0, 0];

  const toName = ({ one, begun, saved, event }: Part) =>
    kills === 0 ? [] : tokensToName(one, { begun, saved, isAnother: comesNew(event) });

  /** @param isLate whether the run has left a token that is made late, for the next one to find */
  function checkSuccess(part: Part, isLate: boolean): void {
    const { one, begun, saved, event } = part;
    violations.push(...wrongTokens(one, saved, sandbox.clock.now()));
    // What is made late for a run that was killed is found by another look.
    if (isLate || (late > 0 && kills > 0)) return;
    // Those of one that was replaced follow in the next run. The first token of a creation that was killed is named by a
    // run that makes another one, and otherwise by a refresh.
    const inherited = part.inherits ? (begun?.ids ?? []) : [];
    const allowed = new Set([...inherited, ...(event === "replace" ? toName(part) : [])]);
    for (const id of forgottenTokens(one, saved).filter((id) => !allowed.has(id)))
      violations.push(`the token ${id} of ${one.name} is forgotten`);
  }

  function followAdvice(output: string): void {
    for (const part of parts) {
      for (const id of toName(part).filter((id) => output.includes(id))) {
        named++;
        part.watch.isDeletedByHand(id);
        part.one.place.remove(id);
      }
    }
  }

  return {
    carryOut,
    followAdvice,
    afterRun({ requests, status, killed, output, isHooked }, state) {
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
        part.saved = readingOf(part.one, state);
        part.watch.isSaved(part.saved);
      }
      if (state === undefined) return;

      followAdvice(output);
      const isDone = status === 0 && !isHooked;
      if (isDone) for (const part of parts) checkSuccess(part, isLate);
      for (const part of parts) part.inherits &&= !isDone;
    },
    inherits: () => parts.some(({ event }) => REPLACING.includes(event)),
    canBeRestored: () =>
      parts.every(
        ({ one, begun, event }) =>
          (typeof begun?.key === "string") === (one.inputs !== undefined) && event === undefined,
      ),
    restore(how) {
      liftLimit(sandbox);
      restored++;
      for (const part of parts) {
        if (how === "rolledBack") part.one.inputs = part.inputsBefore;
        part.later = part.saved;
        part.watch.isRestored();
      }
    },
    mayHaveForgotten: () => parts.some(({ one, saved }) => forgottenTokens(one, saved).length > 0),
    unsettled: () => parts.flatMap(({ one, saved }) => unsettledTokens(one, saved, sandbox.clock.now())),
    end() {
      liftLimit(sandbox);
      const forgotten = parts.flatMap(({ one, saved }) => forgottenTokens(one, saved));
      for (const id of forgotten) violations.push(`the token ${id} is forgotten at the end`);
      for (const { one, begun, event, due, saved, later, watch } of parts) {
        violations.push(...watch.end());
        const isKept = begun !== undefined && one.inputs !== undefined;
        const isSame = saved?.key === begun?.key;
        if (isKept && due !== "perhaps" && (due === "yes") === isSame) {
          violations.push(`the state's key of ${one.name} is ${due === "yes" ? "the old" : "another"} one`);
        }
        // A key that can be read again is taken up by the state that does not have it.
        if (!isRepeatable(one) && later !== undefined && later.key !== begun?.key && saved?.key === later.key) {
          violations.push(`the restored state's key of ${one.name} is the later one`);
        }
        const { created, lost } = watch.counts;
        const isMadeAgain = later !== undefined && later.key !== begun?.key;
        const allowed = (due === "no" ? 0 : 1) + (isMadeAgain ? 1 : 0) + lost + kills;
        if (created > allowed)
          violations.push(`${one.name} made ${created} tokens, ${allowed} allowed (${String(event)})`);
      }
      const happened = (...events: OwnedEvent[]) =>
        parts.filter(({ event }) => event !== undefined && events.includes(event)).length;
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
          rotations: parts.filter(({ due }) => due === "yes").length,
          takeOvers: parts.filter(
            ({ one, begun, due }) => begun === undefined && one.inputs !== undefined && due === "no",
          ).length,
          destroyed: parts.filter(({ one, begun }) => begun !== undefined && one.inputs === undefined).length,
          replaced: happened("taint", "replace"),
          renamed: happened("rename"),
          moved: happened("move"),
          reparented: happened("parents"),
          handedOver: happened("handOver"),
          foreignEnds: parts.filter(({ one, begun }) => one.foreignEnds.has(begun?.id ?? "")).length,
          restored,
          limits,
          named,
          withoutExpiry: plan !== undefined && !sandbox.openQuestions.knowsTokenExpiry ? 1 : 0,
          forgotten: forgotten.length,
        },
      };
    },
  };
}
