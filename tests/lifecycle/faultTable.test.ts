/**
 * Every credential, whatever goes wrong: every fault of every request, outages from every request on, and a kill at every
 * request, of every kind of run, at accounts that answer LaunchDarkly's open questions differently.
 */
import assert from "node:assert/strict";

import type { LoggedRequest } from "../../sandbox/requestLog";
import { remembered } from "../support/account";
import { everyFault } from "../support/everyFault";
import { type KindProvider, type Run, startKindProvider } from "../support/kindProvider";
import { type AnyKind, everyKind, standsForOthers } from "../support/kinds";
import { keepsOlderGrace } from "../support/olderGraces";
import type { Properties } from "../support/providerProcess";
import { isThorough } from "../support/thorough";
import { ACCOUNTS, FAULTS, FEW_FAULTS, mostExtra, OUTAGES, type Scenario, scenarios } from "./scenarios";

/** All that there are, but for an answer that never comes: tests/lifecycle/answerTimeOuts.test.ts has it. */
const ALL_FAULTS = [...FAULTS, ...everyFault([]).filter(({ fault }) => fault.kind !== "hang")];

/** A refusal of what was carried out all the same: LaunchDarkly has none, and is believed. */
const isUntrue = ({ when, fault }: (typeof ALL_FAULTS)[number]) =>
  when === "after" && fault.kind === "status" && fault.status >= 400 && fault.status < 500 && fault.status !== 408;

/**
 * What may happen to one request. In `npm test` a rotation meets all that a provider tells apart; so does every run that
 * may leave a record which no state knows. A creation that may be sent twice has to bear refusals that are not true as well.
 */
function faultsOf(kind: AnyKind, scenario: string, isUsual: boolean): typeof ALL_FAULTS {
  const leavesRecords = kind.credential.strategy === "replace" && kind.losesKeys;
  const isFull = isUsual && standsForOthers(kind) && (scenario === "a rotation" || leavesRecords);
  if (!isThorough) return isFull ? FAULTS : FEW_FAULTS;
  return kind.isRepeatable ? ALL_FAULTS : ALL_FAULTS.filter((planned) => !isUntrue(planned));
}

/** Where accounts differ in what comes of a fault: a token is made, and one gets its end. */
const DIFFERING = ["the first up", "a rotation", "a rotation in the grace of another one"];

/**
 * Whether a scenario has its turn in `npm test`. A kind that others stand for has a rotation there, and accounts differ in
 * tokens that the stack owns. Every night all have theirs.
 */
function hasItsTurn(kind: AnyKind, scenario: string, isUsual: boolean): boolean {
  if (isThorough) return true;
  if (!standsForOthers(kind)) return isUsual && scenario === "a rotation";
  const isOwnedToken = kind.credential.strategy === "replace" && kind.credential.isAccessToken;
  return isUsual || (isOwnedToken && DIFFERING.includes(scenario));
}

/** The same after a kill, of which no state tells: none, where the same request makes the same key. */
const mostAfterKill = ({ isRepeatable }: AnyKind) => (isRepeatable ? 0 : 1);

/** Whether a key in its grace outlives the making of a second one. */
const survivesAnother = ({ kind, sandbox }: KindProvider) => !("rotatable" in kind) || keepsOlderGrace(kind, sandbox);

/** Sees to it at every request that there are not too many records, and that the key in use lives as long as it must. */
function watch(subject: KindProvider, { needed, keeps }: Scenario, held: unknown, survives: boolean) {
  const { kind, sandbox } = subject;
  const keysBefore = subject.made();
  const mustLive = () => keeps(kind) && (survives || subject.made() - keysBefore <= 1);
  // What a listener throws would be an error of the sandbox's.
  const violations: string[] = [];
  const onProcessed = ({ route }: LoggedRequest) => {
    const marked = subject.marked().length;
    if (marked > needed + 1) violations.push(`${route} leaves ${marked} records`);
    if (mustLive() && held !== undefined && !subject.accepts(held)) violations.push(`${route} ends a key`);
  };
  sandbox.events.on("processed", onProcessed);
  return {
    made: () => subject.made() - keysBefore,
    mustLive,
    end() {
      sandbox.events.off("processed", onProcessed);
      assert.deepEqual(violations, []);
    },
  };
}

/** `up`s until all is done that is due. */
async function completed(subject: KindProvider, outcome: Run, news: Properties): Promise<Properties> {
  const { requests } = subject.sandbox;
  const isDone = outcome.error === undefined && outcome.state !== undefined;
  const done = isDone ? outcome.state : await subject.upUntilDone(outcome, news);
  subject.assertSound(done);
  const final = await subject.upUntilDone({ state: done, error: undefined }, news);
  subject.assertSound(final);
  const last = requests.length;
  await subject.upUntilDone({ state: final, error: undefined }, news);
  assert.equal(requests.length, last, "nothing is due any more");
  return final;
}

/** Fails unless the previous record ends later than it did, both as the state says and at the sandbox. */
function assertProlonged({ subject, sandbox }: KindProvider, before: Properties | undefined, after: Properties): void {
  const [was, is] = [before, after].map((state) => Date.parse(String(state?.["oldKeyExpiresAt"])));
  assert.ok(Number(is) > Number(was), `the end moves from ${String(before?.["oldKeyExpiresAt"])} to a later one`);
  const ends = subject.place?.records().flatMap(({ expiry }) => (expiry === undefined ? [] : [expiry])) ?? [];
  assert.deepEqual(ends, sandbox.openQuestions.knowsTokenExpiry || ends.length > 0 ? [is] : []);
}

/** A run of a scenario, as often as a table needs it. To be called in a `describe`. */
function eachRun(kind: AnyKind, scenario: Scenario, openQuestions: object) {
  let subject: KindProvider;
  let prepared: Run;
  let bringBack: () => void;
  let survives: boolean;

  before(async () => {
    subject = await startKindProvider(kind, { openQuestions });
    prepared = await scenario.prepare(subject);
    bringBack = remembered(subject.sandbox.store);
    survives = survivesAnother(subject);
  });
  after(() => subject.stop());

  /** Has the account and the stack where the run begins, whatever the run before has left. */
  function begin(): Run {
    subject.sandbox.faults.clear();
    subject.shown.length = 0;
    bringBack();
    return structuredClone(prepared);
  }

  /** Runs it with faults, and then without, until it succeeds. */
  return async function run(plan: (faults: KindProvider["sandbox"]["faults"]) => void, isKilled = false) {
    const { sandbox, keyIn } = subject;
    const before = begin();
    const { news, held = keyIn(before.state) } = scenario.ask(subject);
    const watched = watch(subject, scenario, held, survives);
    const begun = sandbox.requests.length;
    plan(sandbox.faults);
    const ended = await subject.up(before, news);
    const count = sandbox.requests.length - begun;
    sandbox.faults.clear();
    // What the stack owns ends with the next run at the earliest, and what is reset when it is asked to.
    const isEnded = kind.credential.strategy === "reset" && !scenario.keeps(kind);
    if (held !== undefined && !isEnded) {
      assert.ok(subject.accepts(held), "its users get the new key only after this run");
    }
    // What a run has done that is killed before the end, no state knows.
    const final = await completed(subject, isKilled ? { ...before, error: new Error("killed") } : ended, news);
    watched.end();
    if (scenario.prolongs) assertProlonged(subject, before.state, final);
    if (held !== undefined) assert.equal(subject.accepts(held), watched.mustLive());
    assert.equal(keyIn(final) === held, scenario.makes(kind) === 0);
    subject.assertSilent();
    const posts = sandbox.requests.slice(begun).filter(({ route }) => route === kind.MAKE).length;
    return { count, extra: watched.made() - scenario.makes(kind), extraPosts: posts - scenario.makes(kind) };
  };
}

for (const kind of everyKind) {
  for (const [account, { concerns, openQuestions }] of Object.entries(ACCOUNTS)) {
    if (!concerns(kind)) continue;
    const isUsual = Object.keys(openQuestions).length === 0;
    for (const [what, scenario] of Object.entries(scenarios)) {
      if (!scenario.concerns(kind) || !hasItsTurn(kind, what, isUsual)) continue;
      const faults = faultsOf(kind, what, isUsual);

      describe(`${what} of a resource ${kind.credential.className}, at ${account}`, function () {
        this.timeout(240_000);
        const run = eachRun(kind, scenario, openQuestions);

        it("comes out right whatever happens to one request", async () => {
          const { count } = await run(() => undefined);
          for (let skip = 0; skip < count; skip++) {
            for (const planned of faults) {
              const name = `${planned.when} ${JSON.stringify(planned.fault)} of request ${skip}`;
              const { extra, extraPosts } = await run((all) => {
                all.add({ ...planned, skip });
              }).catch((error: unknown) => assert.fail(`${name}: ${String(error)}`));
              assert.ok(extra <= mostExtra(kind), `${name}: ${extra} keys too many`);
              assert.ok(extraPosts <= 1, `${name}: ${extraPosts} requests for a key too many`);
            }
          }
        });

        it("comes out right whatever happens to all requests of a run from one on", async () => {
          const { count } = await run(() => undefined);
          for (let skip = 0; skip < count; skip++) {
            for (const planned of OUTAGES) {
              const name = `${planned.when} ${JSON.stringify(planned.fault)} from request ${skip}`;
              const { extra } = await run((all) => {
                all.add({ ...planned, skip, times: Infinity });
              }).catch((error: unknown) => assert.fail(`${name}: ${String(error)}`));
              assert.ok(extra <= mostExtra(kind), `${name}: ${extra} keys too many`);
            }
          }
        });

        it("comes out right wherever the run is killed: the provider, the CLI or both", async () => {
          const { count } = await run(() => undefined);
          for (let sent = 0; sent <= count; sent++) {
            // So many requests get through, and no state knows of them. All do where the CLI alone is killed.
            const { extra } = await run((all) => {
              all.add({ when: "before", fault: { kind: "drop" }, skip: sent, times: Infinity });
            }, true).catch((error: unknown) => assert.fail(`killed after ${sent} requests: ${String(error)}`));
            assert.ok(extra <= mostAfterKill(kind), `killed after ${sent} requests: ${extra} keys too many`);
          }
        });
      });
    }
  }
}
