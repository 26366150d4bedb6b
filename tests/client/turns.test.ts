/** How many requests are under way at once, by what LaunchDarkly's headers allow. */
import assert from "node:assert/strict";

import { createTurns, type Turn } from "../../provider/client/rateLimit";

const WIDTH = 8;

/** Turns whose time passes only while they wait, and of which more are asked for than may be under way. */
function waitingTurns() {
  let time = 0;
  const turns = createTurns(WIDTH, {
    elapsed: () => time,
    wait: (milliseconds) => Promise.resolve(void (time += milliseconds)),
    random: () => 0.5,
  });
  const underWay: Turn[] = [];
  for (let asked = 0; asked < 100; asked++) void turns.next().then((turn) => underWay.push(turn));
  /** Ends one that is under way, with what its answer says, and lets others begin. */
  async function answer(left?: number, { isRefused = false, window = "w" } = {}): Promise<void> {
    turns.observe({ isRefused, budget: left === undefined ? undefined : { left, window } });
    underWay.pop()?.end();
    await settled();
  }
  return { turns, answer, underWay: () => underWay.length, elapsed: () => time };
}

async function settled(): Promise<void> {
  for (let times = 0; times < 3; times++) await new Promise(setImmediate);
}

describe("turns", () => {
  it("begin as wide as they may be", async () => {
    const { underWay } = waitingTurns();
    await settled();
    assert.equal(underWay(), WIDTH);
  });

  it("are never more than the window has left, however the answers overtake each other", async () => {
    const { answer, underWay } = waitingTurns();
    await settled();
    const seen: number[] = [];
    for (const left of [5, 7, 4, 3, 2, 3, 1, 1]) {
      await answer(left);
      seen.push(underWay());
    }
    assert.deepEqual(seen, [7, 6, 5, 4, 3, 2, 1, 1]);
  });

  it("are as wide as before in a window that has plenty", async () => {
    const { answer, underWay } = waitingTurns();
    await settled();
    for (let times = 0; times < WIDTH; times++) await answer(1);
    assert.equal(underWay(), 1);
    await answer(900, { window: "the next" });
    assert.equal(underWay(), WIDTH);
  });

  it("let one go ahead after a wait, and the others when its answer says what the window has", async () => {
    const { turns, answer, underWay, elapsed } = waitingTurns();
    await settled();
    turns.hold(7_000);
    for (let times = 0; times < WIDTH; times++) await answer(0);
    assert.equal(elapsed(), 7_500);
    assert.equal(underWay(), 1);
    await answer(6, { window: "the next" });
    assert.equal(underWay(), 6);
  });

  it("become fewer by refusals that say nothing of a window, and more again one by one", async () => {
    const { answer, underWay } = waitingTurns();
    await settled();
    for (let times = 0; times < WIDTH; times++) await answer(undefined, { isRefused: true });
    assert.equal(underWay(), 1);
    await answer();
    assert.equal(underWay(), 2);
    await answer();
    assert.equal(underWay(), 3);
  });
});

describe("a turn of what does not wait", () => {
  function turnsOf(width: number) {
    let time = 0;
    const waits: number[] = [];
    const turns = createTurns(width, {
      elapsed: () => time,
      wait: (milliseconds) => Promise.resolve(void waits.push((time += milliseconds))),
      random: () => 0,
    });
    return { turns, waits, pass: (milliseconds: number) => (time += milliseconds) };
  }

  it("is had at once while no rate limit holds requests back, and is none then", async () => {
    const { turns, waits, pass } = turnsOf(1);
    assert.equal(turns.hold(0), false);
    (await turns.nextIfOpen())?.end();
    assert.ok(turns.hold(50));
    assert.equal(turns.hold(50), false, "it says nothing new");
    assert.equal(turns.hold(49), false);
    assert.ok(turns.hold(51));
    assert.equal(await turns.nextIfOpen(), undefined);
    pass(51);
    const turn = await turns.nextIfOpen();
    assert.ok(turn !== undefined);
    turn.end();
    assert.deepEqual(waits, []);
  });

  it("is none where a rate limit has come while it stood behind another one", async () => {
    const { turns } = turnsOf(1);
    const first = await turns.next();
    const second = turns.nextIfOpen();
    turns.hold(50);
    first.end();
    assert.equal(await second, undefined);
  });
});
