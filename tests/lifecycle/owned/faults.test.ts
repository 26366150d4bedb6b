/**
 * A token that the stack owns, whatever goes wrong: every fault of every request, outages from every request on, and a
 * kill at every request, of every kind of run, at accounts that answer LaunchDarkly's open questions differently.
 */
import assert from "node:assert/strict";

import type { AccessToken } from "../../../sandbox/accessToken";
import type { LoggedRequest } from "../../../sandbox/requestLog";
import { CREATE, type OwnedProvider, type Run, startOwnedProvider } from "../../support/ownedProvider";
import type { Properties } from "../../support/providerProcess";
import { isThorough } from "../../support/thorough";
import { ACCOUNTS, FAULTS, FEW_FAULTS, OUTAGES, type Scenario, scenarios } from "./scenarios";

/** Sees to it at every request that there are not too many tokens, and that the key in use lives as long as it must. */
function watchTokens(subject: OwnedProvider, { needed, keeps }: Scenario, held: unknown) {
  const { events, store } = subject.sandbox;
  const ids = new Set(store.all().map(({ id }) => id));
  const first = ids.size;
  // What a listener throws would be an error of the sandbox's.
  const violations: string[] = [];
  const watch = ({ route }: LoggedRequest) => {
    for (const { id } of store.all()) ids.add(id);
    const marked = subject.marked().length;
    if (marked > needed + 1) violations.push(`${route} leaves ${marked} tokens`);
    if (keeps && held !== undefined && !subject.accepts(held)) violations.push(`${route} ends a key`);
  };
  events.on("processed", watch);
  return {
    made: () => ids.size - first,
    end() {
      events.off("processed", watch);
      assert.deepEqual(violations, []);
    },
  };
}

/** `up`s until all is done that is due. */
async function completed(subject: OwnedProvider, outcome: Run, news: Properties): Promise<Properties> {
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

for (const [account, openQuestions] of Object.entries(ACCOUNTS)) {
  const isUsual = Object.keys(openQuestions).length === 0;
  const faults = isThorough || isUsual ? FAULTS : FEW_FAULTS;
  for (const [what, scenario] of Object.entries(scenarios)) {
    describe(`${what} of a token that the stack owns, at ${account}`, function () {
      this.timeout(240_000);
      let subject: OwnedProvider;
      let prepared: Run;
      let tokens: AccessToken[];

      before(async () => {
        subject = await startOwnedProvider({ openQuestions });
        prepared = await scenario.prepare(subject);
        tokens = subject.sandbox.store.all();
      });
      after(() => subject.stop());

      /** Has the account and the stack where the run begins, whatever the run before has left. */
      function begin(): Run {
        const { store, faults } = subject.sandbox;
        faults.clear();
        subject.shown.length = 0;
        for (const { id } of store.all()) store.delete(id);
        for (const token of tokens) store.save(token);
        return structuredClone(prepared);
      }

      /** Runs it with faults, and then without, until it succeeds. */
      async function run(plan: (subject: OwnedProvider) => void, isKilled = false) {
        const { sandbox } = subject;
        const before = begin();
        const news = scenario.news(subject);
        const held = before.state?.["token"] ?? news["initialToken"];
        const watch = watchTokens(subject, scenario, held);
        const begun = sandbox.requests.length;
        plan(subject);
        const ended = await subject.up(before, news);
        const count = sandbox.requests.length - begun;
        sandbox.faults.clear();
        if (held !== undefined) assert.ok(subject.accepts(held), "its users get the new key only after this run");
        // What a run has done that is killed before the end, no state knows.
        const final = await completed(subject, isKilled ? { ...before, error: new Error("killed") } : ended, news);
        watch.end();
        if (held !== undefined) assert.equal(subject.accepts(held), scenario.keeps);
        assert.equal(final["token"] === held, scenario.makes === 0);
        subject.assertSilent();
        const posts = sandbox.requests.slice(begun).filter(({ route }) => route === CREATE).length;
        return { count, made: watch.made(), posts };
      }

      it("comes out right whatever happens to one request", async () => {
        const { count } = await run(() => undefined);
        for (let skip = 0; skip < count; skip++) {
          for (const planned of faults) {
            const name = `${planned.when} ${JSON.stringify(planned.fault)} of request ${skip}`;
            const { made, posts } = await run(({ sandbox }) => {
              sandbox.faults.add({ ...planned, skip });
            }).catch((error: unknown) => assert.fail(`${name}: ${String(error)}`));
            assert.ok(made - scenario.makes <= 1, `${name}: ${made} made`);
            assert.ok(posts - scenario.makes <= 1, `${name}: ${posts} POSTs`);
          }
        }
      });

      it("comes out right whatever happens to all requests of a run from one on", async () => {
        const { count } = await run(() => undefined);
        for (let skip = 0; skip < count; skip++) {
          for (const planned of OUTAGES) {
            const name = `${planned.when} ${JSON.stringify(planned.fault)} from request ${skip}`;
            const { made } = await run(({ sandbox }) => {
              sandbox.faults.add({ ...planned, skip, times: Infinity });
            }).catch((error: unknown) => assert.fail(`${name}: ${String(error)}`));
            assert.ok(made - scenario.makes <= 1, `${name}: ${made} made`);
          }
        }
      });

      it("comes out right wherever the run is killed: the provider, the CLI or both", async () => {
        const { count } = await run(() => undefined);
        for (let sent = 0; sent <= count; sent++) {
          // So many requests get through, and no state knows of them. All do where the CLI alone is killed.
          const { made } = await run(({ sandbox }) => {
            sandbox.faults.add({ when: "before", fault: { kind: "drop" }, skip: sent, times: Infinity });
          }, true).catch((error: unknown) => assert.fail(`killed after ${sent} requests: ${String(error)}`));
          assert.ok(made - scenario.makes <= 1, `killed after ${sent} requests: ${made} made`);
        }
      });
    });
  }
}
