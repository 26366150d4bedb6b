/** The watch over a token that the stack owns: the keys that consumers have held, and tokens that no state has. */
import assert from "node:assert/strict";

import { createAccessToken } from "../../../sandbox/accessToken";
import { type Sandbox, startSandbox } from "../../../sandbox/sandbox";
import { describe as describeToken } from "../../../provider/model/mark";
import { WHO } from "../../support/routes";
import type { SavedTokens } from "./saved";
import { addEveryOwned, type OwnedResource, take } from "./tokens";
import { type Watched, type TokenWatch, watchTokens } from "./watch";

const HOUR_MS = 3_600_000;

const TURN = {
  ...{ name: "RotatingAccessToken-1", leaves: false, rotates: true, oldKeyExpiry: "1h", takesOver: false },
  ...{ role: "writer", description: "for the test" },
};

interface Made {
  readonly id: string;
  readonly key: string;
}

describe("the watch over the keys that consumers have held", () => {
  let sandbox: Sandbox;
  let one: OwnedResource;
  let current: Made;
  let watch: TokenWatch;

  beforeEach(async () => {
    sandbox = await startSandbox();
    sandbox.clock.hold();
    one = addEveryOwned(sandbox)[0] ?? assert.fail();
    take(one, TURN, 1, sandbox);
    current = make(1);
    begin();
  });
  afterEach(() => sandbox.stop());

  function begin(more: Partial<Watched> = {}): void {
    watch = watchTokens(sandbox, one, { begun: stateOf(current), mayBeMade: true, ...more });
  }

  /** Makes a token as the resource does. */
  function make(number: number, expiry?: number): Made {
    const mark = { owner: "chaos/dev/RotatingAccessToken-1", nonce: "9f86d081884c7d65", number };
    const description = describeToken(TURN.description, mark);
    const settings = { serviceToken: true, description, ...(expiry !== undefined && { expiry }) };
    const token = createAccessToken(settings, sandbox.memberIds[0], sandbox.clock.now());
    sandbox.store.save(token);
    return { id: token.id, key: token.keys[0].value };
  }

  function stateOf({ id, key }: Made): SavedTokens {
    return { nonce: "9f86d081884c7d65", key, id, previous: [], ids: [id] };
  }

  function expire(id: string, expiry: number): void {
    sandbox.store.save({ ...(sandbox.store.find(id) ?? assert.fail()), expiry });
  }

  /** A request, so that the watch looks. */
  async function ask(key = sandbox.adminKey): Promise<void> {
    await fetch(`${sandbox.url}${WHO.slice("GET ".length)}`, { headers: { Authorization: key } });
  }

  /** A rotation after which the state does not know the token before. */
  async function rotate(): Promise<Made> {
    const next = make(2);
    await ask(next.key);
    expire(current.id, sandbox.clock.now() + HOUR_MS);
    await ask();
    watch.isSaved(stateOf(next));
    return next;
  }

  async function remove(id: string): Promise<void> {
    sandbox.store.delete(id);
    await ask();
  }

  it("objects when a key dies within its grace, whatever the state says", async () => {
    await rotate();
    await remove(current.id);
    assert.match(String(watch.end()), /is dead, which consumers have held, within its grace/);
  });

  it("lets it die when its grace is over, by the shortest that the program has given", async () => {
    await rotate();
    watch.end();
    take(one, { ...TURN, rotates: false, oldKeyExpiry: "10m" }, 2, sandbox);
    begin();
    sandbox.clock.move(HOUR_MS / 2);
    await remove(current.id);
    sandbox.clock.move(-HOUR_MS / 2);
    await ask();
    assert.doesNotMatch(String(watch.end()), /within its grace/);
  });

  it("objects when a key dies that consumers keep while an older state is restored", async () => {
    const next = await rotate();
    watch.isRestored();
    await remove(next.id);
    assert.match(String(watch.end()), /the key that consumers of \S+ hold is dead/);
  });

  it("objects when a token is deleted that no state ever held, and whose answer was not lost", async () => {
    const orphan = make(2);
    await ask();
    await remove(orphan.id);
    assert.match(String(watch.end()), /was deleted, and nothing says that nobody has its key/);
  });

  it("is content when such a token is deleted by hand, or has ended", async () => {
    const orphan = make(2);
    await ask();
    watch.isDeletedByHand(orphan.id);
    await remove(orphan.id);
    const ended = make(2, sandbox.clock.now());
    await ask();
    await remove(ended.id);
    assert.deepEqual(watch.end(), []);
  });

  it("objects to a token that had ended, and works again", async () => {
    await rotate();
    expire(current.id, sandbox.clock.now());
    await ask();
    expire(current.id, sandbox.clock.now() + HOUR_MS);
    await ask();
    assert.match(String(watch.end()), /had ended, and works again/);
  });

  it("lets a replaced resource end its token at once, but not before the next one is proven", async () => {
    watch.end();
    take(one, { ...TURN, oldKeyExpiry: "immediate" }, 2, sandbox);
    for (const isProven of [false, true]) {
      begin({ isReplaced: true });
      const next = make(1);
      await ask(isProven ? next.key : sandbox.adminKey);
      await remove(current.id);
      assert.equal(/hold is dead/.test(String(watch.end())), !isProven);
      current = next;
    }
  });

  it("lets a resource that goes end its token, but not before another one is made", async () => {
    watch.end();
    for (const isMade of [false, true]) {
      begin({ goes: true });
      const next = isMade ? make(1) : current;
      await ask();
      await remove(current.id);
      assert.equal(/hold is dead/.test(String(watch.end())), !isMade);
      current = isMade ? next : make(1);
    }
  });

  it("lets a key die that somebody else has ended", async () => {
    watch.end();
    const end = sandbox.clock.now();
    one.foreignEnds.set(current.id, end);
    expire(current.id, end);
    begin();
    await ask();
    assert.deepEqual(watch.end(), []);
  });
});
