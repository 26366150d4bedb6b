/** The token that the stack authenticates with: rows of tests/hosts/contract.ts, for each class of access tokens. */
import assert from "node:assert/strict";

import type { AnyKind } from "../support/kinds";
import type { Properties } from "../support/providerProcess";
import { type Row, sayings, type Scene } from "./contractScene";

export const ownKeyRows = (kind: AnyKind): Readonly<Record<string, Row>> =>
  isAccessToken(kind)
    ? {
        "is not rotated without allowSelfRotation if the stack authenticates with it": refused,
        "is rotated with allowSelfRotation, and the rest of the run goes on": allowed,
      }
    : {};

const isAccessToken = ({ credential }: AnyKind) =>
  credential.strategy === "reset" ? credential.accessTokenId !== undefined : credential.isAccessToken;

/** Begins with the stack's own token, which it takes over. */
function own({
  kind: { credential },
  subject,
  sandbox,
  news,
}: Scene): (number: number, more?: Properties) => Properties {
  const { adminId: id, adminKey: key } = sandbox;
  const inputs =
    credential.strategy === "reset"
      ? { [credential.identity[0] ?? assert.fail()]: id, [credential.initialKey ?? assert.fail()]: key }
      : // Its successor has to be able to go on with the stack's work.
        { ...(subject.place ?? assert.fail()).takingOver({ id, key }), role: "admin" };
  return (number, more) => news(number, { ...inputs, ...more });
}

/** Keys that were made by anybody. */
const madeAt = ({ sandbox, kind }: Scene) => sandbox.requests.filter(({ route }) => route === kind.MAKE).length;

const refused: Row = async (scene) => {
  const { upDone, up, preview, keyIn, sandbox } = scene;
  const news = own(scene);
  const kept = await upDone(news(1));
  assert.equal(keyIn(kept), sandbox.adminKey);
  for (const [more, refusal] of [
    [{}, /would lock this stack out\. .* set allowSelfRotation/],
    [{ allowSelfRotation: true, oldKeyExpiry: "immediate" }, /would (?:die at once|end at the next pulumi up)/],
  ] as const) {
    await assert.rejects(preview(news(2, more), kept), refusal, "the preview is red");
    const { kept: left, error } = await up(news(2, more), kept);
    assert.match(String(error), refusal);
    assert.deepEqual(left, kept, "nothing has to be saved");
  }
  assert.equal(madeAt(scene), 0);
};

const allowed: Row = async (scene, { process, scene: another }) => {
  const { kind, upDone, preview, resource, keyIn, sandbox } = scene;
  const news = own(scene);
  const asked = news(2, { allowSelfRotation: true });
  const kept = await upDone(news(1));
  await preview(asked, kept);
  await process.begin(sandbox);
  const { kept: rotated, error } = await resource.up(asked, kept);
  assert.equal(error, undefined);
  assert.match(sayings(process), /^Act now .* the new one \(ending in \w{4}\)/m);
  const works = (key: unknown) => sandbox.store.findByKey(String(key), sandbox.clock.now()) !== undefined;
  assert.ok(works(keyIn(rotated)) && works(sandbox.adminKey), "the configured key has its grace");
  assert.notEqual(keyIn(rotated), sandbox.adminKey);
  assert.equal(madeAt(scene), 1);
  const other = another(kind, "other");
  assert.equal((await other.resource.up(other.news(1))).error, undefined);
  // The configuration still has the key before.
  assert.deepEqual(await preview(asked, rotated), { changes: false, replaces: [] });
};
