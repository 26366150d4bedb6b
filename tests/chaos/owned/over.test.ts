/** The watch over a token that the stack owns: what has ended is over, and what was handed over may be replaced. */
import assert from "node:assert/strict";

import { createAccessToken } from "../../../sandbox/accessToken";
import { type Sandbox, startSandbox } from "../../../sandbox/sandbox";
import { describe as describeToken } from "../../../provider/model/mark";
import { WHO } from "../../support/routes";
import { unsettledTokens, wrongTokens } from "./afterUp";
import type { Retirement, SavedTokens } from "./saved";
import { addEveryOwned, type OwnedResource, take } from "./tokens";
import { watchTokens } from "./watch";

const HOUR_MS = 3_600_000;

const TURN = {
  ...{ name: "RotatingAccessToken-1", leaves: false, rotates: false, oldKeyExpiry: "1h", takesOver: false },
  ...{ role: "writer", description: "for the test" },
};

describe("the watch over tokens that have ended, and over one that was handed over", () => {
  let sandbox: Sandbox;
  let one: OwnedResource;
  /** A current token, and a previous one in its grace. */
  let saved: SavedTokens;
  let previous: Retirement;

  beforeEach(async () => {
    sandbox = await startSandbox();
    sandbox.clock.hold();
    one = addEveryOwned(sandbox)[0] ?? assert.fail();
    take(one, TURN, 1, sandbox);
    const [retiredAt, end] = [sandbox.clock.now(), sandbox.clock.now() + HOUR_MS];
    previous = { id: make(1, end).id, retiredAt, end, byDeletion: false };
    const { id, key } = make(2);
    saved = { nonce: "9f86d081884c7d65", key, id, previous: [previous], ids: [id, previous.id] };
  });
  afterEach(() => sandbox.stop());

  /** Makes a token as the resource does. */
  function make(number: number, expiry?: number) {
    const mark = { owner: "chaos/dev/RotatingAccessToken-1", nonce: "9f86d081884c7d65", number };
    const description = describeToken(TURN.description, mark);
    const settings = {
      ...{ serviceToken: true, role: "writer" as const, description },
      ...(expiry !== undefined && { expiry }),
    };
    const token = createAccessToken(settings, sandbox.memberIds[0], sandbox.clock.now());
    sandbox.store.save(token);
    return { id: token.id, key: token.keys[0].value };
  }

  /** A request, so that the watch looks. */
  async function ask(): Promise<void> {
    await fetch(`${sandbox.url}${WHO.slice("GET ".length)}`, { headers: { Authorization: sandbox.adminKey } });
  }
  const begin = () => watchTokens(sandbox, one, { begun: saved, mayBeMade: false });

  it("is content with a token that had ended when an older state was restored, which does not know", async () => {
    take(one, { ...TURN, oldKeyExpiry: "immediate" }, 2, sandbox);
    const watch = begin();
    sandbox.store.delete(previous.id);
    await ask();
    take(one, TURN, 2, sandbox);
    watch.isRestored();
    await ask();
    assert.deepEqual([...watch.end(), ...wrongTokens(one, saved, sandbox.clock.now())], []);
    const next = begin();
    await ask();
    assert.deepEqual(next.end(), [], "nor in later cycles");
  });

  it("objects to a token that ends once an older state was restored that has it", async () => {
    const watch = begin();
    watch.isRestored();
    sandbox.store.delete(previous.id);
    await ask();
    assert.match(String(watch.end()), /ended before its time/);
    assert.match(String(wrongTokens(one, saved, sandbox.clock.now())), /the previous token \w+ of \S+ is gone/);
  });

  it("leaves nothing to do for a token that had ended before LaunchDarkly's clock was put back", async () => {
    const watch = begin();
    sandbox.clock.move(2 * HOUR_MS);
    await ask();
    watch.end();
    sandbox.clock.move(-2 * HOUR_MS);
    take(one, { ...TURN, oldKeyExpiry: "2h" }, 2, sandbox);
    assert.deepEqual(unsettledTokens(one, saved, sandbox.clock.now()), []);
    const toDelete = { ...saved, previous: [{ ...previous, byDeletion: true }] };
    assert.equal(unsettledTokens(one, toDelete, sandbox.clock.now()).length, 1);
  });

  it("leaves a token to be deleted that has ended by one clock alone, as the package does", () => {
    const toDelete = { ...saved, previous: [{ ...previous, byDeletion: true }] };
    const after = Number(previous.end) + 1;
    assert.deepEqual(unsettledTokens(one, toDelete, after, Number(previous.end) - 1), []);
    assert.equal(unsettledTokens(one, toDelete, after, after).length, 1);
  });

  it("allows a token that is handed over its successor, where somebody else has given it an end", async () => {
    take(one, { ...TURN, event: "handOver" }, 2, sandbox, saved);
    const watch = watchTokens(sandbox, one, { begun: saved, mayBeMade: true, goes: true });
    watch.isSaved({ ...saved, previous: [], ids: [String(saved.id)] });
    sandbox.store.delete(previous.id);
    make(3);
    await ask();
    assert.deepEqual(watch.end(), []);
  });
});
