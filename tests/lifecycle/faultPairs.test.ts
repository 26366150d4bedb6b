/** Pairs of two faults in one rotation, for each credential: it ends with a working key. */
import assert from "node:assert/strict";

import { PartialFailure, type Provider } from "../../provider/hosts/dynamic/provider";
import { UserError } from "../../provider/messages/words";
import type { Fault, PlannedFault } from "../../sandbox/faults";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { inProcessProvider } from "../support/inProcessProvider";
import type { Properties } from "../support/providerProcess";
import { kinds } from "../support/kinds";
import { WHO } from "../support/routes";
import { isThorough } from "../support/thorough";

/** Whatever a provider tells apart, but for answers that are only late. */
const FAULTS: Pick<PlannedFault, "when" | "fault">[] = [
  ...[400, 401, 403, 404, 409, 429, 500, 503].map((status) => ({ when: "before" as const, fault: fault(status) })),
  { when: "before", fault: { kind: "drop" } },
  { when: "before", fault: fault(200, "") },
  { when: "after", fault: { kind: "drop" } },
  { when: "after", fault: { kind: "truncate" } },
  { when: "after", fault: { kind: "notJson" } },
  { when: "after", fault: fault(500) },
  { when: "after", fault: fault(200, '{"token":"ab12"}') },
];

/** One that is refused, one whose answer is lost, and one of which nobody knows: each other fault meets these. */
const FEW = FAULTS.filter(({ when, fault: one }) =>
  one.kind === "status" ? one.status === (when === "before" ? 403 : 500) : one.kind === "drop" && when === "after",
);
/** The others meet each other every night. */
const PAIRS = FAULTS.flatMap((first) => FAULTS.map((second) => [first, second] as const)).filter(
  (pair) => isThorough || pair.some((one) => FEW.includes(one)),
);

/** As many runs may fail as there are faults. */
const MOST_RUNS = 3;

function fault(status: number, body?: string): Fault {
  return { kind: "status", status, headers: { "Retry-After": "0" }, ...(body !== undefined && { body }) };
}

for (const kind of kinds) {
  const { credential: port, rotatable, LOOK, RESET, graces, noGraces } = kind;

  describe(`a rotation of ${port.className} that meets two faults`, function () {
    this.timeout(240_000);
    let sandbox: Sandbox;
    let provider: Provider;

    before(async () => {
      sandbox = await startSandbox();
      provider = await inProcessProvider(sandbox, { random: () => 0, wait: () => Promise.resolve() }, { port });
    });
    after(() => sandbox.stop());

    /** Runs the update until it succeeds, as `pulumi up` would with the states in between. */
    async function updateUntilItSucceeds(olds: Properties, news: Properties): Promise<Properties> {
      let state: object = olds;
      for (let runs = 1; ; runs++) {
        try {
          // Each run begins with it.
          await provider.check(news, news);
          return (await provider.update("", { ...state }, news)).outs as Properties;
        } catch (error) {
          assert.ok(error instanceof UserError, String(error));
          assert.ok(runs < MOST_RUNS, error.message);
          if (error instanceof PartialFailure) state = error.properties;
        }
      }
    }

    // Only a key that LaunchDarkly's API accepts is verified by using it.
    const routes = [RESET, LOOK, ...(port.accessTokenId === undefined ? [] : [WHO])];
    // What ends at once meets one fault at a time in tests/lifecycle/faultTable.test.ts, and two every night.
    const ends = isThorough || graces.length === 0 ? [...graces, ...noGraces] : graces;
    for (const oldKeyExpiry of ends) {
      const hasGrace = graces.includes(oldKeyExpiry ?? "");
      for (const route of routes) {
        it(`the first at the reset, the second at ${route}: ends with a working key, oldKeyExpiry ${String(oldKeyExpiry)}`, async () => {
          for (const [first, second] of PAIRS) {
            const one = rotatable.add(sandbox, "ci");
            const { identity, firstKey: key } = one;
            const caller = route === WHO ? { callerId: identity["tokenId"] ?? "" } : {};
            sandbox.faults.add({ route: RESET, ...first });
            sandbox.faults.add({ route, ...caller, ...second });
            const from = sandbox.requests.length;
            const { outputs } = port;
            const olds = { ...identity, triggers: 1, [outputs.key]: key, [outputs.lastFour]: key.slice(-4) };
            const news = { ...identity, triggers: 2, ...(oldKeyExpiry !== undefined && { oldKeyExpiry }) };
            const outs = await updateUntilItSucceeds(olds, news);
            sandbox.faults.clear();

            const what = JSON.stringify([first, second]);
            assert.equal(outs[outputs.key], one.currentKey(), what);
            assert.deepEqual([outs["lostReset"], outs["verificationPending"]], [null, false], what);
            const resets = sandbox.requests.slice(from).filter(({ hasReset }) => hasReset);
            const lost = resets.filter((request) => request.fault !== undefined);
            // A key that can be read is never reset again because its answer was lost.
            assert.equal(resets.length, port.isReadable ? 1 : 1 + lost.length, what);
            assert.equal(one.accepts(key), hasGrace, what);
          }
        });
      }
    }
  });
}
