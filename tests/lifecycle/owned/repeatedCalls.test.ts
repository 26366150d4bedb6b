/**
 * Calls for a record that the stack owns which Pulumi repeats, as a hook `onError` has it: with the same old outputs, or with
 * those that the failed call has saved.
 */
import assert from "node:assert/strict";

import type { PlannedFault } from "../../../sandbox/faults";
import { PartialFailure } from "../../../provider/hosts/dynamic/provider";
import { MOST_FAILURES } from "../../../provider/rotation/repeatedCall";
import { eachKindProvider, nothing } from "../../support/kindProvider";
import { stored } from "../../support/inProcessProvider";
import { type OwnedKind, ownedKinds, standsForOthers } from "../../support/kinds";
import type { Properties } from "../../support/providerProcess";
import { WHO } from "../../support/routes";
import { isThorough } from "../../support/thorough";

/** At the most as often as a call may fail before it is the last one. What never gives up does so every time. */
const MOST_RETRIES = isThorough ? MOST_FAILURES - 1 : 5;

interface Cell {
  /** Whether it can happen to this kind. */
  readonly concerns: (kind: OwnedKind) => boolean;
  /** What the first calls meet. */
  readonly faults: (kind: OwnedKind) => readonly PlannedFault[];
  /** How many records are made while all calls fail. */
  readonly made: number;
  /** How many are made in all. */
  readonly all: number;
}

const always = { when: "before", times: Infinity } as const;
const refused = (status: number) => ({ kind: "status", status }) as const;
/** The first such request of a run asks whose key the stack's is. */
const verification = { route: WHO, skip: 1, ...always };
const isVerified = ({ VERIFY }: OwnedKind) => VERIFY.length > 0;
const isRepeatable = (kind: OwnedKind) => kind.isRepeatable;
/** A token may have been made, and nobody can look for it: the first list is the one before it. */
const noLook = ({ routes }: OwnedKind) => ({ route: routes.list, skip: 1, ...always, fault: refused(403) });
const lostOnce = (fault: PlannedFault["fault"]): Cell => ({
  concerns: (kind) => !kind.isRepeatable,
  faults: (kind) => [{ route: kind.MAKE, when: "after", fault }, noLook(kind)],
  made: 1,
  all: 2,
});

const cells: Readonly<Record<string, Cell>> = {
  "the verification is refused": {
    concerns: isVerified,
    faults: () => [{ ...verification, fault: refused(401) }],
    ...{ made: 1, all: 1 },
  },
  "the verification fails": {
    concerns: isVerified,
    faults: () => [{ ...verification, fault: refused(403) }],
    ...{ made: 1, all: 1 },
  },
  "the answer is lost": lostOnce({ kind: "drop" }),
  "the answer can't be read": lostOnce({ kind: "notJson" }),
  "the creation is refused": {
    concerns: () => true,
    faults: ({ MAKE }) => [{ route: MAKE, ...always, fault: refused(403) }],
    ...{ made: 0, all: 1 },
  },
  "each answer is lost, and so is each look": {
    concerns: isRepeatable,
    faults: ({ MAKE, routes }) => [
      { route: MAKE, when: "after", times: Infinity, fault: { kind: "drop" } },
      { route: routes.show, ...always, fault: refused(403) },
    ],
    ...{ made: 1, all: 1 },
  },
  "no answer shows a key, nor does any look": {
    concerns: isRepeatable,
    faults: ({ MAKE, routes }) =>
      [MAKE, routes.show].map((route) => ({
        ...{ route, when: "after", times: Infinity },
        fault: { kind: "alter", fields: { value: "****-ab12" } },
      })),
    ...{ made: 1, all: 1 },
  },
};

const sequences = [
  { whose: "the same old outputs", carries: false },
  { whose: "the outputs that the failed one has saved", carries: true },
];

for (const kind of ownedKinds) {
  describe(`a call for a ${kind.credential.className}, which is repeated`, function () {
    this.timeout(120_000);
    const subject = eachKindProvider(kind);

    /** Brings a resource to a call that meets the faults, and watches how many records there are. */
    async function begin(method: "create" | "update", carries: boolean, { faults, made: most }: Cell) {
      const { provider, inputs, keyIn, marked, made, upUntilDone, sandbox, accepts, assertSound } = subject();
      let olds = method === "create" ? undefined : await upUntilDone(nothing, inputs());
      const held = keyIn(olds);
      const needed = held === undefined ? 1 : 2;
      const news = inputs({ triggers: { a: 2 } });
      const before = made();
      for (const fault of faults(kind)) sandbox.faults.add(fault);
      const methods = await provider();
      const call = async (): Promise<Properties> => {
        if (olds === undefined) return stored((await methods.create(news)).outs);
        return stored((await methods.update("", olds, news)).outs);
      };
      return {
        call,
        /** The next run notices that something is left to do. */
        assertNoticed: async (left: Properties) => {
          assert.equal((await methods.diff("", left, news)).changes, true, "the next run notices");
        },
        /** Makes the call, which must fail. @returns what Pulumi has then */
        async fail(): Promise<Properties | undefined> {
          await assert.rejects(call(), (error: Error) => {
            if (carries && error instanceof PartialFailure) olds = stored(error.properties);
            return true;
          });
          assert.ok(marked().length <= needed, "no record too many");
          assert.ok(made() - before <= most, "no key too many");
          return olds;
        },
        async assertDone(left: Properties | undefined, { all }: Cell) {
          sandbox.faults.clear();
          const state = await upUntilDone({ state: left, error: undefined }, news);
          assert.equal(made() - before, all);
          assert.equal(marked().length, needed);
          assertSound(state);
          if (held !== undefined) assert.ok(accepts(held), "the key that everybody holds works");
        },
      };
    }

    for (const method of ["create", "update"] as const) {
      for (const { whose, carries } of sequences) {
        for (const [what, cell] of Object.entries(cells).filter(([, { concerns }]) => concerns(kind))) {
          it(`makes no record too many: ${method}, with ${whose}, when ${what}, ${MOST_RETRIES} times`, async () => {
            const { call, fail, assertDone } = await begin(method, carries, cell);
            for (let tries = 1; tries <= MOST_RETRIES; tries++) await fail();
            subject().sandbox.faults.clear();
            await assertDone(await call(), cell);
          });

          // Those that are alike, and what is saved where the same request makes the same key: every night.
          if (!isThorough && (!standsForOthers(kind) || (kind.isRepeatable && carries))) continue;

          it(`succeeds with the work left to do: ${method}, with ${whose}, when ${what}, and the hook never gives up`, async () => {
            const { call, fail, assertNoticed, assertDone } = await begin(method, carries, cell);
            for (let failures = 1; failures < MOST_FAILURES; failures++) await fail();
            // What saves nothing may fail for ever: the engine keeps the state as it was.
            if (cell.made === 0) return assertDone(await fail(), cell);
            const left = await call();
            assert.match(subject().shown.join("\n"), /warning: Left undone: 50 attempts of this run have failed/);
            await assertNoticed(left);
            return assertDone(left, cell);
          });
        }
      }
    }

    /** What stays, though the current record is there: an update of the settings, or the end of the one before. */
    const workOnOwned: Readonly<Record<string, () => Properties>> = {
      "the settings can't be changed": () => subject().subject.place?.edited ?? {},
      "the end of the record before can't be set": () => ({ oldKeyExpiry: "2h" }),
    };
    for (const [what, more] of Object.entries(workOnOwned)) {
      if (!isThorough && !standsForOthers(kind)) continue;

      it(`succeeds with the work left to do when ${what}, and the hook never gives up`, async () => {
        const { inputs, upUntilDone, provider, sandbox, keyIn, accepts, assertSound } = subject();
        const first = await upUntilDone(nothing, inputs());
        const grace = { triggers: { a: 2 }, oldKeyExpiry: "1h" };
        const rotated = await upUntilDone({ state: first, error: undefined }, inputs(grace));
        const news = inputs({ ...grace, ...more() });
        sandbox.faults.add({ route: kind.routes.change, ...always, fault: refused(403) });
        const methods = await provider();
        for (let failures = 1; failures < MOST_FAILURES; failures++)
          await assert.rejects(methods.update("", rotated, news));
        const left = stored((await methods.update("", rotated, news)).outs);
        assert.equal(keyIn(left), keyIn(rotated));
        assert.equal((await methods.diff("", left, news)).changes, true, "the next run notices");
        sandbox.faults.clear();
        const state = await upUntilDone({ state: left, error: undefined }, news);
        assert.equal((await methods.diff("", state, news)).changes, false);
        assertSound(state);
        assert.ok(accepts(keyIn(first)), "its grace is not over");
      });
    }
  });
}
