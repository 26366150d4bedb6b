/** What asks for a rotation, or for none: rows of tests/hosts/contract.ts, for every class. */
import assert from "node:assert/strict";

import type { AnyKind } from "../support/kinds";
import type { Properties } from "../support/providerProcess";
import { changesAt, type Row } from "./contractScene";
import type { HostProcess, Kept } from "./hostUnderTest";

export const reasonRows = (kind: AnyKind): Readonly<Record<string, Row>> => ({
  "rotates by age, once, and its preview says why": age,
  "goes on with the current key after somebody else has changed it": drift,
  "takes over a key that is in use, and makes none": takeOver,
  "does nothing while it is frozen, and says what is due": frozen,
  ...(kind.beginsWithKey && { "is not created frozen": createdFrozen }),
});

const said = (process: HostProcess) => process.shown().map(({ message }) => message);

const LONG_AGO = "2026-01-01T00:00:00.000Z";

/** The same, as if the key had been there for long. */
function aged(kept: Kept): Kept {
  const outputs = Object.fromEntries(
    Object.entries(kept.outputs).map(([name, value]) => {
      const begins = ["lastRotatedAt", "adoptedAt"].includes(name) && typeof value === "string";
      return [name, begins ? LONG_AGO : value];
    }),
  );
  return { ...kept, outputs };
}

const MONTHLY: Properties = { rotateAfter: "30d" };
const OLD = /\d+ days old, rotateAfter is 30d/;

const age: Row = async ({ news, upDone, preview, finish, made, keyIn, sandbox }, { process }) => {
  const asked = news(1, MONTHLY);
  const young = await upDone(asked);
  assert.deepEqual(await preview(asked, young), { changes: false, replaces: [] }, "it is not due yet");
  const kept = aged(young);
  const before = made();

  assert.deepEqual(await preview(asked, kept), { changes: true, replaces: [] });
  const [announced = assert.fail("the preview says why")] = said(process);
  assert.match(announced, /^Will (?:reset|rotate) /);
  assert.match(announced, OLD);
  await process.begin(sandbox);
  const rotated = await finish(asked, kept);
  assert.equal(made() - before, 1, "once");
  assert.notEqual(keyIn(rotated), keyIn(kept));
  assert.match(String(rotated.outputs["lastRotationReason"]), OLD);
};

const drift: Row = async ({ kind, resource, subject, ...scene }, { process }) => {
  const { news, upDone, finish, made, keyIn, sandbox } = scene;
  const { strategy, isReadable } = kind.credential;
  const kept = await upDone(news(1));
  const before = made();
  subject.changeElsewhere();
  const changes = changesAt(sandbox);

  await process.begin(sandbox);
  const { kept: seen = assert.fail("it is there") } = await resource.refresh(kept);
  const [told = assert.fail("the refresh tells it"), ...others] = said(process);
  assert.match(told, strategy === "reset" ? /^Reset outside Pulumi / : /^Changed outside Pulumi /);
  assert.deepEqual(others, []);
  await resource.refresh(seen);
  assert.deepEqual(said(process), [told], "once");
  assert.equal(changesAt(sandbox), changes, "a refresh changes nothing");

  const healed = await finish(news(1), seen);
  const isReset = strategy === "reset" && !isReadable;
  assert.equal(made() - before, isReset ? 1 : 0, "another key only where nobody can read the current one");
  assert.equal(keyIn(healed) === keyIn(kept), strategy === "replace");
  await process.begin(sandbox);
  await resource.refresh(healed);
  assert.deepEqual(said(process), []);
};

const takeOver: Row = async ({ kind, subject, ...scene }, { process }) => {
  const { news, preview, upDone, finish, made, keyIn, sandbox } = scene;
  const { inputs, key } = subject.takeOver();
  const isMade = ({ route }: { readonly route: string }) => route === kind.MAKE;
  const requests = sandbox.requests.filter(isMade).length;
  await preview(news(1, inputs));
  assert.match(said(process)[0] ?? "", /^Will take over /);
  const kept = await upDone(news(1, inputs));
  assert.equal(keyIn(kept), key);
  assert.equal(kept.outputs["rotationCount"], 0);
  await finish(news(1, inputs), kept);
  // The inputs of a take-over may stay, or go.
  const settled = await finish(news(1), kept);
  assert.equal(keyIn(settled), key);
  assert.equal(sandbox.requests.filter(isMade).length, requests, "no key is asked for");

  const rotated = await finish(news(2, inputs), settled);
  assert.equal(made(), 1);
  assert.notEqual(keyIn(rotated), key);
  assert.equal(subject.accepts(key), kind.graces.length > 0, "the key that people held has its grace");
};

const frozen: Row = async ({ news, preview, upDone, finish, keyIn, made, sandbox }, { process }) => {
  const kept = aged(await upDone(news(1)));
  const before = [made(), changesAt(sandbox)];
  const reasons: readonly (readonly [Properties, RegExp])[] = [
    [news(2), /triggers\.number changed/],
    [news(1, MONTHLY), OLD],
    [news(2, MONTHLY), /triggers\.number changed; .* old/],
  ];
  for (const [asked, why] of reasons) {
    const held = { ...asked, frozen: true };
    assert.deepEqual(await preview(held, kept), { changes: false, replaces: [] });
    // The plugin's host is told of no preview where nothing follows.
    assert.match(said(process).join("\n"), /^(?:Will not|Not) (?:reset|rotated?) .*: frozen is true, though a /);
    assert.match(said(process).join("\n"), why);
    assert.equal(keyIn(await upDone(held, kept)), keyIn(kept));
  }
  assert.deepEqual([made(), changesAt(sandbox)], before, "nothing is made or changed");
  const rotated = await finish(news(2), kept);
  assert.notEqual(keyIn(rotated), keyIn(kept), "what was held back comes then");
};

const createdFrozen: Row = async ({ news, preview, up, made }) => {
  const held = news(1, { frozen: true });
  const refusal = /frozen must not be true when the resource is created/;
  await assert.rejects(preview(held), refusal);
  const { kept, error } = await up(held);
  assert.match(String(error), refusal);
  assert.equal(kept, undefined);
  assert.equal(made(), 0);
};
