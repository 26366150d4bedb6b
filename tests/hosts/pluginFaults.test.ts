/** The plugin, whatever happens to one request of a creation or a rotation: one class of each strategy, by gRPC. */
import assert from "node:assert/strict";

import type { PlannedFault } from "../../sandbox/faults";
import { FAULTS, FEW_FAULTS, mostExtra } from "../lifecycle/scenarios";
import { remembered } from "../support/account";
import { idsIn } from "../support/kindProvider";
import { type AnyKind, everyKind } from "../support/kinds";
import { eachContract, type Scene } from "./contractScene";
import { isThorough } from "../support/thorough";
import type { Kept } from "./hostUnderTest";
import { promptPlugin } from "./promptPlugin";

/** Every night each status of a refusal, too: the core tells them apart, and the table of the core has all of them. */
const EACH_FAULT = isThorough ? FAULTS : FEW_FAULTS;

/** Sees to it at every request that there are not too many records, and that the key that people hold works. */
function watch({ subject, sandbox }: Scene, held: unknown) {
  const needed = held === undefined ? 1 : 2;
  // What a listener throws would be an error of the sandbox's.
  const violations: string[] = [];
  const onProcessed = ({ route }: { readonly route: string }) => {
    const marked = subject.marked().length;
    if (marked > needed + 1) violations.push(`${route} leaves ${marked} records`);
    if (held !== undefined && !subject.accepts(held)) violations.push(`${route} ends a key`);
  };
  sandbox.events.on("processed", onProcessed);
  return () => {
    sandbox.events.off("processed", onProcessed);
    assert.deepEqual(violations, []);
  };
}

/** Fails if a record with a mark is not in the state. */
function assertKnown({ kind: { credential }, subject }: Scene, { outputs }: Kept) {
  const known = credential.strategy === "reset" ? [] : idsIn(outputs, credential.outputs);
  assert.deepEqual(subject.marked().sort(), known.sort(), "no record is forgotten");
}

/** An `up`, perhaps with a fault, and others without until all is done. @returns how many requests the first one has sent */
async function run(scene: Scene, kept: Kept | undefined, planned?: PlannedFault): Promise<number> {
  const { kind, sandbox, news, up, finish, made, keyIn } = scene;
  const number = kept === undefined ? 1 : 2;
  const [begun, before] = [sandbox.requests.length, made()];
  const end = watch(scene, keyIn(kept));
  if (planned !== undefined) sandbox.faults.add(planned);
  const ended = await up(news(number), kept);
  const count = sandbox.requests.length - begun;
  sandbox.faults.clear();
  const final = await finish(news(number), ended.kept);
  end();
  assertKnown(scene, final);
  assert.notEqual(keyIn(final), keyIn(kept));
  assert.ok(made() - before <= 1 + mostExtra(kind), `${made() - before} keys are made`);
  const asked = sandbox.requests.slice(begun).filter(({ route }) => route === kind.MAKE).length;
  assert.ok(asked <= 2, `${asked} requests for a key`);
  return count;
}

/** Where a run begins. */
const BEGINNINGS: Readonly<Record<string, (scene: Scene) => Promise<Kept | undefined>>> = {
  "a creation": () => Promise.resolve(undefined),
  "a rotation": ({ upDone, news }) => upDone(news(1)),
};

const kindOf = (name: string): AnyKind =>
  everyKind.find(({ credential }) => credential.className === name) ?? assert.fail(name);

describe("the plugin, whatever happens to one request", function () {
  this.timeout(120_000);
  const contract = eachContract(promptPlugin);

  for (const className of ["AccessTokenRotation", "RotatingAccessToken"]) {
    for (const [what, begin] of Object.entries(BEGINNINGS)) {
      it(`brings ${what} to its end: ${className}`, async () => {
        const { sandbox, scene: sceneOf } = contract();
        const scene = sceneOf(kindOf(className));
        const kept = await begin(scene);
        const bringBack = remembered(sandbox.store);
        const count = await run(scene, kept);
        for (const fault of EACH_FAULT) {
          for (let skip = 0; skip < count; skip++) {
            bringBack();
            const name = `${fault.when} ${JSON.stringify(fault.fault)} of request ${skip}`;
            await run(scene, kept, { ...fault, skip }).catch((error: unknown) =>
              assert.fail(`${name}: ${String(error)}`),
            );
          }
        }
      });
    }
  }
});
