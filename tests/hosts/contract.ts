/**
 * What every host has to hold, for every credential, whichever its strategy: one table. A host runs it by calling
 * `holdTheContract` in a test file, as tests/hosts/dynamic.test.ts does.
 */
import assert from "node:assert/strict";

import { UNKNOWN_VALUE } from "../../provider/model/json";
import { type AnyKind, everyKind } from "../support/kinds";
import { failFromKeyOn, PARTIAL } from "./contractFaults";
import { holdInterrupts } from "./contractInterrupts";
import { ownKeyRows } from "./contractOwnKey";
import { reasonRows } from "./contractReasons";
import { replacementRows } from "./contractReplacement";
import { changesAt, eachContract, type Row, type Scene } from "./contractScene";
import { holdSharedRun } from "./contractSharedRun";
import type { HostUnderTest, Kept } from "./hostUnderTest";

/** To be called in a test file. */
export function holdTheContract(host: HostUnderTest): void {
  describe(`the contract, ${host.name}`, () => {
    const contract = eachContract(host);
    for (const kind of everyKind) {
      describe(kind.credential.className, () => {
        const scene = () => contract().scene(kind);
        for (const [name, row] of Object.entries(rowsOf(kind))) {
          it(name, () => row(scene(), contract()));
        }
      });
    }
    holdSharedRun(host, contract);
    holdInterrupts(host, contract);
  });
}

const rowsOf = (kind: AnyKind): Readonly<Record<string, Row>> => ({
  "lives from its preview to its destroy, and all that is said of it is said on its row": life,
  "is compared in a refresh with no check before: nothing fails, nothing is announced or asked": comparedAlone,
  "is read and destroyed as often as the engine asks": readAgain,
  "is previewed while an input is not known yet, each in turn": unknownInputs,
  ...reasonRows(kind),
  ...ownKeyRows(kind),
  ...replacementRows(kind),
  ...Object.fromEntries(partialRows(kind)),
});

const life: Row = async (
  { kind, resource, subject, news, keyIn, made, preview, upDone, finish, sandbox },
  { process },
) => {
  const rows = [];
  assert.equal((await preview(news(1))).changes, true);
  rows.push(...process.shown());
  const kept = await upDone(news(1));
  rows.push(...process.shown());
  assert.equal(made(), kind.beginsWithKey ? 1 : 0);
  assert.deepEqual(await preview(news(2), kept), { changes: true, replaces: [] });
  rows.push(...process.shown());
  assert.ok(rows.length >= 3, "each of them says something");
  for (const { urn, message } of rows) assert.equal(urn, resource.urn, message);

  const rotated = await finish(news(2), kept);
  assert.equal(made(), kind.beginsWithKey ? 2 : 1);
  assert.notEqual(keyIn(rotated), keyIn(kept));
  assert.equal(subject.accepts(keyIn(kept)), kind.graces.length > 0, "the old key has its grace");
  await process.begin(sandbox);
  const { kept: seen = assert.fail("it is there"), changes } = await resource.refresh(rotated);
  assert.equal(changes, false);
  await process.begin(sandbox);
  await resource.destroy(seen);
  const isLeft = kind.credential.strategy === "reset";
  assert.equal(subject.accepts(keyIn(seen)), isLeft, "what the stack owns goes, and nothing else");
};

/** The inputs of a last run that no edit of the program mends any more. */
const ODD = [
  { triggers: { number: 2 } },
  { triggers: { number: 2 }, oldKeyExpiry: "2020-01-01T00:00:00Z" },
  { triggers: { number: 2 }, frozen: true },
  { rotateAfter: "1ms" },
  { rotateAfter: "soon" },
  { gone: 1 },
];

const comparedAlone: Row = async ({ resource, news, upDone, sandbox }, { process }) => {
  const kept = await upDone(news(1));
  for (const settings of [undefined, {}]) {
    for (const odd of ODD) {
      await process.begin(sandbox, settings);
      const before = sandbox.requests.length;
      assert.deepEqual((await resource.compare(kept, news(1, odd))).replaces, []);
      assert.deepEqual(process.shown(), [], JSON.stringify(odd));
      assert.equal(sandbox.requests.length, before, "nothing is asked");
    }
  }
};

const readAgain: Row = async ({ resource, news, made, upDone, sandbox }, { process }) => {
  const kept = await upDone(news(2), await upDone(news(1)));
  const before = made();
  const changes = changesAt(sandbox);
  const seen: (Kept | undefined)[] = [];
  await process.begin(sandbox);
  for (let times = 1; times <= 2; times++) seen.push((await resource.refresh(kept)).kept);
  assert.deepEqual(seen[0], seen[1]);
  assert.equal(changesAt(sandbox), changes, "a refresh changes nothing");
  await process.begin(sandbox);
  for (let times = 1; times <= 2; times++) await resource.destroy(kept);
  assert.equal(made(), before);
};

const unknownInputs: Row = async ({ kind, news, preview, upDone }, { process }) => {
  const kept = await upDone(news(1));
  for (const name of kind.inputNames) {
    const open = kind.together.includes(name) ? kind.together : [name];
    const unknown = Object.fromEntries(open.map((input) => [input, UNKNOWN_VALUE]));
    const attempt = async () => {
      await preview(news(1, unknown));
      for (const number of [1, 2]) {
        const { replaces } = await preview({ ...news(number), ...unknown }, kept);
        assert.deepEqual(replaces, [], "nobody knows that it has to be replaced");
        const said = process.shown().map(({ message }) => message);
        assert.ok(!said.some((message) => message.includes(UNKNOWN_VALUE)), said.join());
      }
    };
    await attempt().catch((error: unknown) => assert.fail(`${name}: ${String(error)}`));
  }
};

/** Each way in which a call may fail that has sent for a key; at once, and repeated. */
function partialRows(kind: AnyKind): [string, Row][] {
  const calls = kind.beginsWithKey ? ["create", "update"] : ["update"];
  const cells = Object.entries(PARTIAL).filter(([, { concerns }]) => concerns(kind));
  return calls.flatMap((call) =>
    cells.flatMap(([what, cell]): [string, Row][] => {
      const number = call === "create" ? 1 : 2;
      const begin = async ({ upDone, news }: Scene) => (call === "create" ? undefined : upDone(news(1)));

      const saved: Row = async (scene) => {
        const { news, made, up, preview, finish, sandbox } = scene;
        const kept = await begin(scene);
        const before = made();
        failFromKeyOn(scene, cell);
        const failed = await up(news(number), kept);
        assert.ok(failed.error !== undefined && failed.kept !== undefined, "the call fails, and has a state saved");
        sandbox.faults.clear();
        assert.equal((await preview(news(number), failed.kept)).changes, true, "the next run notices");
        const final = await finish(news(number), failed.kept);
        const { outputs } = failed.kept;
        assert.deepEqual(
          Object.keys(final.outputs).filter((name) => !(name in outputs)),
          [],
          "an output is missing",
        );
        assert.equal(made() - before, cell.keys(kind));
      };
      const repeated =
        (carries: boolean): Row =>
        async (scene) => {
          const { resource, news, made, up, finish, keyIn, subject, sandbox } = scene;
          const kept = await begin(scene);
          const before = made();
          failFromKeyOn(scene, cell);
          let last = await up(news(number), kept);
          for (let times = 1; times <= 3; times++) {
            last = await resource.repeat(news(number), carries ? last.kept : kept);
            assert.ok(last.error !== undefined && last.kept !== undefined, "it fails again, and has the state saved");
            assert.ok(made() - before <= 1, "no second key");
          }
          sandbox.faults.clear();
          last = await resource.repeat(news(number), carries ? last.kept : kept);
          await finish(news(number), last.kept);
          assert.equal(made() - before, cell.keys(kind));
          if (kept !== undefined) assert.equal(subject.accepts(keyIn(kept)), kind.graces.length > 0);
        };
      return [
        [`keeps its whole state when ${what}, in ${call}, and the next up goes on from it`, saved],
        [`makes no key too many when ${call} is repeated as it was, because ${what}`, repeated(false)],
        [`makes no key too many when ${call} is repeated with what was saved, because ${what}`, repeated(true)],
      ];
    }),
  );
}
