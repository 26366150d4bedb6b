/** Calls that Pulumi repeats, with the same old outputs or with those that a failed one has saved, for each credential. */
import assert from "node:assert/strict";

import { MOST_FAILURES } from "../../provider/rotation/repeatedCall";
import type { RotationProvider } from "../support/rotationProvider";
import { eachRotationProvider } from "../support/eachRotationProvider";
import { type Kind, kinds } from "../support/kinds";
import { rejection } from "../support/rejection";
import { onWhatIsSaved, rotationMethodsOf } from "../support/rotationMethods";
import type { CallError, Properties } from "../support/providerProcess";
import { WHO } from "../support/routes";
import { isThorough } from "../support/thorough";

/** So many failures leave room for the last call of a test to fail as well. What never gives up needs them all. */
const MOST_RETRIES = isThorough ? MOST_FAILURES - 2 : 5;

/** At so many failures the engine gives up, and drops what they have saved. */
const ENGINE_GIVES_UP = 100;

interface Cell {
  /** Whether it can happen to this kind. */
  readonly concerns: (kind: Kind) => boolean;
  readonly oldKeyExpiry: (kind: Kind) => string | undefined;
  /** Makes the first call fail, and the next ones as well, but for the last. */
  readonly fail: (subject: RotationProvider, kind: Kind, skip: number) => void;
  /** What the last call meets. */
  readonly end: (subject: RotationProvider) => void;
  /** How often the key is reset in all. */
  readonly resets: number;
  /** Whether the last call succeeds. */
  readonly succeeds: boolean;
}

const clear = ({ sandbox }: RotationProvider) => {
  sandbox.faults.clear();
};
const graceOf = ({ graces }: Kind) => graces[0];
const failingVerification = (status: number): Cell => ({
  concerns: ({ VERIFY }) => VERIFY.length > 0,
  oldKeyExpiry: graceOf,
  fail({ sandbox, token }) {
    const fault = { kind: "status", status } as const;
    sandbox.faults.add({ route: WHO, callerId: token.id, when: "before", times: Infinity, fault });
  },
  end: clear,
  resets: 1,
  succeeds: true,
});

/** Breaks the connection of the reset, before it is carried out or after, and hides the credential from every look. */
const inDoubt =
  (when: "before" | "after"): Cell["fail"] =>
  ({ sandbox }, { RESET, LOOK }, skip) => {
    sandbox.faults.add({ route: RESET, when, fault: { kind: "drop" } });
    sandbox.faults.add({ route: LOOK, when: "before", skip, times: Infinity, fault: { kind: "status", status: 403 } });
  };

const cells: Record<string, Cell> = {
  "the verification is refused": failingVerification(401),
  "the verification fails": failingVerification(403),
  "the answer is lost in the grace": {
    concerns: ({ credential, graces }) => !credential.isReadable && graces.length > 0,
    oldKeyExpiry: graceOf,
    fail({ sandbox }, { RESET }) {
      sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "drop" } });
    },
    end: clear,
    // Another one could end the grace: it is left to the next run.
    resets: 1,
    succeeds: false,
  },
  "the reset is in doubt, and was carried out": {
    concerns: ({ credential }) => credential.isReadable,
    oldKeyExpiry: graceOf,
    fail: inDoubt("after"),
    end: clear,
    resets: 1,
    succeeds: true,
  },
  "the reset is in doubt, was carried out, and leaves a grace": {
    concerns: ({ credential, graces }) => !credential.isReadable && graces.length > 0,
    oldKeyExpiry: graceOf,
    fail: inDoubt("after"),
    end: clear,
    resets: 1,
    succeeds: false,
  },
  "the reset is in doubt, was carried out, and leaves no key that works": {
    concerns: ({ credential }) => !credential.isReadable,
    oldKeyExpiry: () => "immediate",
    fail: inDoubt("after"),
    end: clear,
    // Nothing is left to lose.
    resets: 2,
    succeeds: true,
  },
  "the reset is in doubt, and was not carried out": {
    concerns: () => true,
    oldKeyExpiry: graceOf,
    fail: inDoubt("before"),
    end: clear,
    resets: 1,
    succeeds: true,
  },
  "the reset is refused": {
    concerns: () => true,
    oldKeyExpiry: graceOf,
    fail({ sandbox }, { RESET }) {
      sandbox.faults.add({ route: RESET, when: "before", times: Infinity, fault: { kind: "status", status: 403 } });
    },
    end: clear,
    resets: 1,
    succeeds: true,
  },
};

/** One whose key is shown once, and one whose key can be read again. */
const STANDING_FOR_OTHERS = kinds.filter(
  ({ credential: { isReadable } }, index) =>
    kinds.findIndex(({ credential }) => credential.isReadable === isReadable) === index,
);

const sequences = [
  { whose: "the same old outputs", carries: false, most: MOST_RETRIES },
  // Each of these begins where the one before has ended.
  { whose: "the outputs that the failed one has saved", carries: true, most: isThorough ? 10 : 5 },
];

for (const kind of kinds) {
  for (const { whose, carries, most } of sequences) {
    describe(`a call that is repeated with ${whose}, ${kind.credential.className}, in the dynamic-provider process`, () => {
      const subject = eachRotationProvider({ kind });

      for (const method of rotationMethodsOf(kind)) {
        const { name, prepare, rotate, leading } = carries ? onWhatIsSaved(method) : method;
        for (const [what, cell] of Object.entries(cells)) {
          if (!cell.concerns(kind)) continue;
          // Each refused verification is tried five times, with pauses.
          const retries = what.includes("verification is refused") ? 1 : most;

          it(`${name} goes on from what it has done when ${what}, ${retries} times`, async () => {
            const { sandbox, token, keyIn, currentKey, accepts } = subject();
            const olds = await prepare(subject());
            const expiry = cell.oldKeyExpiry(kind);
            const before = sandbox.requests.filter(({ hasReset }) => hasReset).length;
            const held = keyIn(olds) ?? token.key;
            cell.fail(subject(), kind, leading.includes(kind.LOOK) ? 1 : 0);
            let given: Properties = olds;
            let isSaved = false;
            for (let tries = 1; tries <= retries; tries++) {
              const { saved } = await rejection(rotate(subject(), given, expiry));
              assert.ok(!isSaved || saved !== undefined, "what a failure has saved is saved by the next one, too");
              isSaved = saved !== undefined;
              if (carries && saved !== undefined) given = saved.properties;
            }
            cell.end(subject());
            const last = rotate(subject(), given, expiry);
            if (cell.succeeds) {
              const outs = await last;
              assert.equal(keyIn(outs), currentKey());
              assert.equal(Number(outs["rotationCount"]) - Number(olds["rotationCount"] ?? 0), 1);
            } else {
              const { message, saved } = await rejection(last);
              assert.match(message, /was lost\. The old key works until \S+ Run pulumi up again/);
              assert.equal(keyIn(saved?.properties ?? {}) ?? token.key, held, "the state is saved as it was");
            }
            const resets = sandbox.requests.filter(({ hasReset }) => hasReset).length - before;
            assert.equal(resets, cell.resets);
            if (expiry !== undefined && expiry !== "immediate")
              assert.ok(accepts(held), "the key that people hold lives on");
          }).timeout(120_000);

          // How often a call has failed is counted in the same way for all of them.
          if (carries && !isThorough && !STANDING_FOR_OTHERS.includes(kind)) continue;
          // Pauses again, so refusedForEver.test.ts has it. What saves nothing may fail for ever: the engine keeps the state.
          if (what.includes("verification is refused") || what === "the reset is refused") continue;

          it(`${name} succeeds with the work left to do when ${what}, and the hook never gives up`, async () => {
            const { sandbox, provider, inputs, keyIn, currentKey, accepts, token } = subject();
            const olds = await prepare(subject());
            const resets = () => sandbox.requests.filter(({ hasReset }) => hasReset).length;
            const before = resets();
            const expiry = cell.oldKeyExpiry(kind);
            const held = keyIn(olds) ?? token.key;
            cell.fail(subject(), kind, leading.includes(kind.LOOK) ? 1 : 0);
            let given: Properties = olds;
            let failures = 0;
            let left: Properties | undefined;
            while (left === undefined) {
              assert.ok(++failures < ENGINE_GIVES_UP, "the engine gives up first");
              left = await rotate(subject(), given, expiry).catch((error: unknown) => {
                const { saved } = error as CallError;
                if (carries && saved !== undefined) given = saved.properties;
                return undefined;
              });
            }
            assert.match(
              provider.shown.join("\n"),
              /warning: Left undone( \(.*\))?: 50 attempts of this run have failed/,
            );
            assert.ok(resets() - before <= cell.resets, "as often as it must, however often the call is repeated");
            const news = inputs({
              triggers: { a: name === "create" ? 1 : 2 },
              ...(expiry !== undefined && { oldKeyExpiry: expiry }),
            });
            assert.equal((await provider.diff(left, news)).changes, true, "the next run notices");
            if (expiry !== undefined && expiry !== "immediate")
              assert.ok(accepts(held), "the key that people hold works");
            cell.end(subject());
            const outs = await provider.update(left, news);
            assert.equal(keyIn(outs), currentKey());
            assert.equal((await provider.diff(outs, news)).changes, false);
          }).timeout(120_000);
        }
      }
    });
  }
}
