/** What befalls the resources of a chaos run that own their token: nothing that nobody could do. */
import assert from "node:assert/strict";

import { type Sandbox, startSandbox } from "../../../sandbox/sandbox";
import { dueOf, eventOf, useTokens } from "./events";
import type { OwnedEvent, OwnedPlan, OwnedTurn } from "./plan";
import type { SavedTokens } from "./saved";
import { addEveryOwned, type OwnedResource, take } from "./tokens";

const HOUR_MS = 3_600_000;

const TURN: OwnedTurn = {
  ...{ name: "RotatingAccessToken-1", leaves: false, rotates: true, oldKeyExpiry: "1h", takesOver: false },
  ...{ role: "writer", description: "for the test" },
};

describe("what befalls a resource of the chaos run that owns its token", () => {
  let sandbox: Sandbox;
  let one: OwnedResource;
  let current: SavedTokens;

  beforeEach(async () => {
    sandbox = await startSandbox();
    one = addEveryOwned(sandbox)[0] ?? assert.fail();
    take(one, TURN, 1, sandbox);
    const { id, key } = sandbox.createToken({ name: "ci", role: "writer" });
    current = { nonce: "9f86d081884c7d65", key, id, previous: [], ids: [id] };
  });
  afterEach(() => sandbox.stop());

  const happens = (event: OwnedEvent) => {
    return eventOf(one, { turns: [{ ...TURN, event }] } as unknown as OwnedPlan, current);
  };
  const endIn = (milliseconds: number) => one.foreignEnds.set(String(current.id), Date.now() + milliseconds);

  it("hands a token over that somebody else has given an end, unless its key is dead by then", () => {
    assert.equal(happens("handOver"), "handOver");
    assert.equal(dueOf(one, current, "handOver", true), "no");
    endIn(3 * HOUR_MS);
    assert.equal(happens("handOver"), "handOver");
    assert.equal(dueOf(one, current, "handOver", true), "perhaps", "it is replaced in time");
    for (const milliseconds of [-HOUR_MS, HOUR_MS / 2]) {
      endIn(milliseconds);
      assert.equal(happens("handOver"), "move");
    }
  });

  it("lets consumers use the keys that they hold, long after these were made", () => {
    const before = new Map([[one.name, savedAs(current)]]);
    const usedFor = () => {
      const { lastUsed, creationDate } = sandbox.store.find(String(current.id)) ?? assert.fail();
      return lastUsed - creationDate;
    };
    useTokens([one], before, () => false);
    assert.ok(usedFor() < HOUR_MS, "LaunchDarkly does not say so of all");
    useTokens([one], before, () => true);
    assert.ok(usedFor() >= HOUR_MS);
  });

  const savedAs = ({ key, id, nonce }: SavedTokens) => {
    return { key, outputs: { nonce, tokenId: id, previousTokens: [], retirements: [] } };
  };
});
