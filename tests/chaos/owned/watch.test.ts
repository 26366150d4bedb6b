/** The watch over a token that the stack owns: which histories it objects to. */
import assert from "node:assert/strict";

import { createAccessToken } from "../../../sandbox/accessToken";
import { type Sandbox, startSandbox } from "../../../sandbox/sandbox";
import { describe as describeToken } from "../../../provider/model/mark";
import { WHO } from "../../support/routes";
import { forgottenTokens, tokensToName, unsettledTokens, wrongTokens } from "./afterUp";
import type { Retirement, SavedTokens } from "./saved";
import { addEveryOwned, type OwnedResource, take } from "./tokens";
import { type TokenWatch, watchTokens } from "./watch";

const HOUR_MS = 3_600_000;

const NONCE = "9f86d081884c7d65";

const TURN = {
  ...{ name: "RotatingAccessToken-1", leaves: false, rotates: true, oldKeyExpiry: "1h", takesOver: false },
  ...{ role: "writer", description: "for the test" },
};

describe("the watch over the tokens of a resource that owns them", () => {
  let sandbox: Sandbox;
  let one: OwnedResource;
  let current: { readonly id: string; readonly key: string };
  let saved: SavedTokens;
  let watch: TokenWatch;

  beforeEach(async () => {
    sandbox = await startSandbox();
    sandbox.clock.hold();
    one = addEveryOwned(sandbox)[0] ?? assert.fail();
    take(one, TURN, 1, sandbox);
    current = make(1);
    saved = stateOf(current);
    watch = watchTokens(sandbox, one, { begun: saved, mayBeMade: true });
  });
  afterEach(() => sandbox.stop());

  /** Makes a token as the resource does. */
  function make(number: number, nonce = NONCE) {
    const mark = { owner: "chaos/dev/RotatingAccessToken-1", nonce, number };
    const settings = {
      serviceToken: true,
      role: "writer" as const,
      description: describeToken(TURN.description, mark),
    };
    const token = createAccessToken(settings, sandbox.memberIds[0], sandbox.clock.now());
    sandbox.store.save(token);
    return { id: token.id, key: token.keys[0].value };
  }

  function stateOf(
    { id, key }: { readonly id: string; readonly key: string },
    previous: Retirement[] = [],
  ): SavedTokens {
    return { nonce: NONCE, key, id, previous, ids: [id, ...previous.map((token) => token.id)] };
  }

  function expire(id: string, expiry: number | undefined): void {
    const token = { ...(sandbox.store.find(id) ?? assert.fail()) };
    delete token.expiry;
    sandbox.store.save({ ...token, ...(expiry !== undefined && { expiry }) });
  }

  /** A request, so that the watch looks. */
  async function ask(key = sandbox.adminKey): Promise<void> {
    await fetch(`${sandbox.url}${WHO.slice("GET ".length)}`, { headers: { Authorization: key } });
  }

  const retired = (graceMs: number): Retirement => {
    const retiredAt = sandbox.clock.now();
    return { id: current.id, retiredAt, end: retiredAt + graceMs, byDeletion: false };
  };

  /** A rotation as it should be. */
  async function rotate(): Promise<SavedTokens> {
    const next = make(2);
    await ask();
    await ask(next.key);
    expire(current.id, sandbox.clock.now() + HOUR_MS);
    await ask();
    const after = stateOf(next, [retired(HOUR_MS)]);
    watch.isSaved(after);
    await ask();
    return after;
  }

  const wrong = (after: SavedTokens | undefined) => [
    ...watch.end(),
    ...wrongTokens(one, after, sandbox.clock.now()),
    ...forgottenTokens(one, after),
    ...unsettledTokens(one, after, sandbox.clock.now()),
  ];

  it("is content with a rotation, and counts it", async () => {
    assert.deepEqual(wrong(await rotate()), []);
    assert.deepEqual(watch.counts, { created: 1, lost: 0, retired: 1, deleted: 0, strays: 0 });
  });

  it("objects to a token that ends before its successor was used", async () => {
    make(2);
    await ask();
    expire(current.id, sandbox.clock.now() + HOUR_MS);
    await ask();
    assert.match(String(watch.end()), /got an end before another one was proven/);
  });

  it("objects when the key dies that consumers hold, though its successor is there", async () => {
    const next = make(2);
    await ask(next.key);
    sandbox.store.delete(current.id);
    await ask();
    assert.match(String(watch.end()), /the key that consumers of \S+ hold is dead/);
  });

  it("objects to a previous token that ends before its time", async () => {
    await rotate();
    sandbox.store.delete(current.id);
    await ask();
    assert.match(String(watch.end()), /ended before its time/);
  });

  it("is content with a previous token that ends because the program now says so", async () => {
    const after = await rotate();
    watch.end();
    take(one, { ...TURN, rotates: false, oldKeyExpiry: "immediate" }, 2, sandbox);
    watch = watchTokens(sandbox, one, { begun: after, mayBeMade: false });
    sandbox.store.delete(current.id);
    await ask();
    assert.deepEqual(watch.end(), []);
  });

  it("is content with an end at once where LaunchDarkly's clock has been put back since", async () => {
    const after = await rotate();
    watch.end();
    take(one, { ...TURN, rotates: false, oldKeyExpiry: "immediate" }, 2, sandbox);
    sandbox.clock.move(-HOUR_MS / 2);
    watch = watchTokens(sandbox, one, { begun: after, mayBeMade: false });
    sandbox.store.delete(current.id);
    await ask();
    assert.deepEqual(watch.end(), []);
  });

  it("objects to one token too many, and allows one after a kill", async () => {
    make(2);
    await ask();
    make(3);
    watch.mayHaveStray();
    await ask();
    assert.deepEqual(watch.end(), []);

    watch = watchTokens(sandbox, one, { begun: saved, mayBeMade: true });
    await ask();
    assert.match(String(watch.end()), /has 2 tokens that are not in the state, 1 allowed/);
  });

  it("allows the token that a new resource is to get, whose state has none yet", async () => {
    watch.end();
    watch = watchTokens(sandbox, one, { begun: saved, mayBeMade: true, isReplaced: true });
    watch.isSaved({ nonce: "60303ae22b998861", key: null, id: null, previous: [], ids: [] });
    make(1, "60303ae22b998861");
    await ask();
    assert.deepEqual(watch.end(), []);
  });

  it("objects to any token where none was due", async () => {
    watch.end();
    watch = watchTokens(sandbox, one, { begun: saved, mayBeMade: false });
    make(2);
    await ask();
    assert.match(String(watch.end()), /has 1 tokens that are not in the state, 0 allowed/);
  });

  it("tells a token that no state ever held, from those that one did", async () => {
    const stray = make(2);
    await ask();
    sandbox.store.delete(stray.id);
    await ask();
    await rotate();
    watch.end();
    assert.deepEqual(watch.counts, { created: 2, lost: 0, retired: 1, deleted: 1, strays: 1 });
  });

  it("names a token that is not in the state, and one that is left when the resource is gone", async () => {
    const after = await rotate();
    const forgotten = make(3);
    assert.deepEqual(forgottenTokens(one, after), [forgotten.id]);
    take(one, { ...TURN, leaves: true }, 2, sandbox);
    assert.equal(forgottenTokens(one, undefined).length, 3);
    assert.deepEqual(wrongTokens(one, after, sandbox.clock.now()), [`${one.name} is still in the state`]);
  });

  it("leaves nothing to a person but the first token of a creation that was killed", () => {
    const killed = make(1, "60303ae22b998861");
    make(2);
    make(2, "60303ae22b998861");
    assert.deepEqual(tokensToName(one, { begun: undefined, saved }), [killed.id]);
    assert.deepEqual(tokensToName(one, { begun: saved, saved }), []);
    assert.deepEqual(tokensToName(one, { begun: saved, saved, isAnother: true }), [killed.id]);
    const other = stateOf(killed);
    assert.ok(tokensToName(one, { begun: undefined, saved: other }).length === 0, "the state knows it");
  });

  it("objects to an end that LaunchDarkly does not have, and to one that is left to do", async () => {
    const after = await rotate();
    expire(current.id, undefined);
    assert.match(String(wrongTokens(one, after, sandbox.clock.now())), /ends at undefined, and by the state at \d+/);
    const deletedLater = stateOf({ id: String(after.id), key: String(after.key) }, [
      { ...retired(HOUR_MS), byDeletion: true },
    ]);
    assert.deepEqual(wrongTokens(one, deletedLater, sandbox.clock.now()), []);
    expire(current.id, sandbox.clock.now() + 2 * HOUR_MS);
    assert.deepEqual(wrongTokens(one, deletedLater, sandbox.clock.now()), [], "an earlier end is to come");
    expire(current.id, sandbox.clock.now() + HOUR_MS / 2);
    assert.match(String(wrongTokens(one, deletedLater, sandbox.clock.now())), /ends at \d+, and by the state at \d+/);
    const pending = stateOf({ id: String(after.id), key: String(after.key) }, [{ ...retired(0), end: null }]);
    assert.equal(unsettledTokens(one, pending, sandbox.clock.now()).length, 1);
  });

  it("objects to a current token that is dead, has an end, or is not as the program says", async () => {
    const after = await rotate();
    const id = String(after.id);
    expire(id, sandbox.clock.now() + HOUR_MS);
    assert.match(String(wrongTokens(one, after, sandbox.clock.now())), /the current token of \S+ has an end/);
    expire(id, sandbox.clock.now());
    assert.match(String(wrongTokens(one, after, sandbox.clock.now())), /does not authenticate as its token/);
    expire(id, undefined);
    take(one, { ...TURN, role: "reader", description: "edited" }, 2, sandbox);
    assert.equal(wrongTokens(one, after, sandbox.clock.now()).length, 2);
  });
});
