/** A resource that owns its records, and is replaced: rows of tests/hosts/contract.ts. */
import assert from "node:assert/strict";

import type { AnyKind } from "../support/kinds";
import type { Properties } from "../support/providerProcess";
import { type Row, sayings } from "./contractScene";

export const replacementRows = ({ credential }: AnyKind): Readonly<Record<string, Row>> =>
  credential.strategy === "replace"
    ? {
        "is replaced, and the key that people held has its grace": replaced("1h"),
        "is replaced, and the key that people held ends as the last step if that is asked for": replaced("immediate"),
      }
    : {};

const replaced =
  (oldKeyExpiry: string): Row =>
  async ({ kind, resource, subject, ...scene }, { process, scene: another }) => {
    const { news, preview, upDone, keyIn, sandbox } = scene;
    const other = another(kind, "other").subject;
    const moved = changedInputs(kind, subject.inputs, other.inputs);
    const edited = (number: number) => news(number, { ...moved, oldKeyExpiry });
    const kept = await upDone(news(2), await upDone(news(1)));
    const made = () => sandbox.requests.filter(({ route }) => route === kind.MAKE).length;
    const before = made();

    const { changes, replaces } = await preview(edited(2), kept);
    assert.deepEqual([changes, replaces], [true, Object.keys(moved)]);
    assert.match(sayings(process), /^Will replace .* changed\. A new \w+ is created\./m);
    await process.begin(sandbox);
    const next = await resource.replace(edited(2), kept);
    assert.equal(made() - before, 1, "one key is made");
    assert.notEqual(next.id, kept.id);
    assert.ok(other.accepts(keyIn(next)), "the new key works");
    const hasGrace = oldKeyExpiry !== "immediate";
    assert.equal(subject.accepts(keyIn(kept)), hasGrace);

    const settled = await upDone(edited(2), await upDone(edited(2), next));
    assert.deepEqual(await preview(edited(2), settled), { changes: false, replaces: [] });
    assert.equal(keyIn(settled), keyIn(next));
    assert.equal(subject.accepts(keyIn(kept)), hasGrace);
    await process.begin(sandbox);
    await resource.destroy(settled);
    assert.deepEqual(other.marked(), [], "what is there is the new resource's");
    const left = (subject.place ?? assert.fail()).records().filter(({ id }) => subject.marked().includes(id));
    assert.ok(
      left.every(({ expiry }) => expiry !== undefined),
      "what is left in another place ends by itself",
    );
  };

/** Inputs that replace the resource: another place, or another value of a switch. */
function changedInputs({ credential }: AnyKind, here: Properties, there: Properties): Properties {
  if (credential.strategy !== "replace") return assert.fail();
  const values = credential.fixed.map(({ input }) => [input, there[input] ?? false] as const);
  return Object.fromEntries(values.filter(([input, value]) => value !== here[input]));
}
