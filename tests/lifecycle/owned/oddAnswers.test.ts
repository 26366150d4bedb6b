/** Odd answers to the creation of a token that the stack owns: the key is safe before anything may fail. */
import assert from "node:assert/strict";

import type { PlannedFault } from "../../../sandbox/faults";
import { eachOwnedProvider } from "../../support/eachOwnedProvider";
import { CREATE, LIST, nothing, startOwnedProvider } from "../../support/ownedProvider";
import { WHO } from "../../support/routes";

/** Lists in lists. */
function nested(levels: number): unknown {
  let value: unknown = "end";
  for (let level = 0; level < levels; level++) value = [value];
  return value;
}

function altered(fields: Readonly<Record<string, unknown>>, more: Partial<PlannedFault> = {}): PlannedFault {
  return { route: CREATE, when: "after", fault: { kind: "alter", fields }, ...more };
}

describe("an odd answer to the creation of a token", () => {
  const subject = eachOwnedProvider();

  for (const [field, value] of [
    ["lastUsed", 8.7e15],
    ["creationDate", 1e300],
    ["expiry", -1],
    ["lastModified", 8.7e15],
    ["inlineRole", nested(4_000)],
    ["inlineRole", [{ deep: nested(4_000) }]],
    ["inlineRole", nested(900)],
    ["name", ["\ud800"]],
    ["customRoleIds", [{}]],
    ["description", 7],
  ] as const) {
    it(`keeps the key when its ${field} is ${JSON.stringify(value).slice(0, 20)}`, async () => {
      const { inputs, up, sandbox, assertSound, newRequests } = subject();
      sandbox.faults.add(altered({ [field]: value }));
      const { state, error } = await up(nothing, inputs());
      assert.equal(error, undefined);
      assertSound(state ?? {});
      assert.equal(newRequests().filter((route) => route === CREATE).length, 1);
    });
  }

  for (const value of [undefined, null, "", 7]) {
    it(`asks the key whose it is when its _id is ${JSON.stringify(value)}`, async () => {
      const { inputs, up, sandbox, assertSound, newRequests, marked } = subject();
      sandbox.faults.add(altered({ _id: value }));
      const { state, error } = await up(nothing, inputs());
      assert.equal(error, undefined);
      assertSound(state ?? {});
      assert.deepEqual(marked(), [state?.["tokenId"]]);
      assert.equal(newRequests().filter((route) => route === CREATE).length, 1);
    });
  }

  it("deletes the token that nothing names, and makes another one", async () => {
    const { inputs, up, sandbox, assertSound, newRequests, marked } = subject();
    sandbox.faults.add(altered({ _id: null }));
    sandbox.faults.add({ route: WHO, when: "before", skip: 1, fault: { kind: "status", status: 403 } });
    const { state, error } = await up(nothing, inputs());
    assert.equal(error, undefined);
    assertSound(state ?? {});
    assert.deepEqual(marked(), [state?.["tokenId"]]);
    assert.equal(newRequests().filter((route) => route === CREATE).length, 2);
  });

  it("remembers the mark when it can't find the token that nothing names, and makes another by the next up", async () => {
    const { inputs, up, sandbox, upUntilDone, assertSound } = subject();
    sandbox.faults.add(altered({ _id: null }));
    sandbox.faults.add({ route: WHO, when: "before", skip: 1, fault: { kind: "status", status: 403 } });
    sandbox.faults.add({ route: LIST, when: "before", skip: 1, fault: { kind: "status", status: 403 } });
    const failed = await up(nothing, inputs());
    assert.match(String(failed.error?.message), /Run pulumi up again: it looks for that token/);
    assertSound(await upUntilDone(failed, inputs()));
  });
});

describe("an answer to a creation with another token's id", () => {
  const subject = eachOwnedProvider();

  it("is seen through by the mark, and the state has the id that the key belongs to", async () => {
    const { inputs, up, sandbox, assertSound, marked } = subject();
    const { id } = sandbox.createToken();
    sandbox.faults.add(altered({ _id: id, description: "another's" }));
    const { state, error } = await up(nothing, inputs({ verify: false }));
    assert.equal(error, undefined);
    assertSound(state ?? {});
    assert.deepEqual(marked(), [state?.["tokenId"]]);
  });

  it("is seen through where the state knows that id, and nothing happens to that token", async () => {
    const { inputs, created, upFrom, sandbox, assertSound, accepts } = subject();
    const before = await created();
    sandbox.faults.add(altered({ _id: before["tokenId"] }));
    const state = await upFrom(before, inputs({ triggers: { a: 2 }, verify: false }));
    assertSound(state);
    assert.notEqual(state["tokenId"], before["tokenId"]);
    assert.ok(accepts(before["token"]));
  });

  it("is corrected by the verification, where only that tells", async () => {
    const { inputs, up, sandbox, assertSound, said, marked } = subject();
    const { id } = sandbox.createToken();
    sandbox.faults.add(altered({ _id: id }));
    const { state, error } = await up(nothing, inputs());
    assert.equal(error, undefined);
    assert.match(said(), /warning: Corrected: LaunchDarkly's answer had named another token/);
    assertSound(state ?? {});
    assert.deepEqual(marked(), [state?.["tokenId"]]);
  });

  it("and key and description makes another token, and leaves that one alone", async () => {
    const { inputs, created, upFrom, sandbox, assertSound, accepts, marked } = subject();
    const before = await created();
    const { id, key } = sandbox.createToken();
    sandbox.faults.add(altered({ _id: id, token: key, description: "another's" }));
    const state = await upFrom(before, inputs({ triggers: { a: 2 } }));
    assertSound(state);
    assert.ok(accepts(key) && accepts(before["token"]));
    assert.equal(marked().length, 2);
  });

  it("is no reason to keep another token's key: the next up makes another token, and leaves that one alone", async () => {
    const { inputs, created, up, upUntilDone, sandbox, assertSound, accepts, marked } = subject();
    const before = await created();
    const { id, key } = sandbox.createToken();
    sandbox.faults.add(altered({ token: key }));
    const news = inputs({ triggers: { a: 2 } });
    const failed = await up({ state: before, error: undefined }, news);
    assert.match(String(failed.error?.message), /belongs to another access token .*Run pulumi up again/);
    assert.ok(accepts(before["token"]), "people hold it");
    const state = await upUntilDone(failed, news);
    assertSound(state);
    assert.ok(accepts(key) && accepts(before["token"]));
    assert.ok(!marked().includes(id));
  });
});

describe("a failure that nobody foresaw", () => {
  it("keeps the key of the token that was made", async () => {
    let breaks = false;
    const subject = await startOwnedProvider(
      {},
      {
        log: (_severity, message) => {
          const isDone = message.startsWith("Created");
          return breaks && isDone ? Promise.reject(new RangeError("Invalid time value")) : Promise.resolve();
        },
      },
    );
    try {
      breaks = true;
      const failed = await subject.up(nothing, subject.inputs());
      assert.match(String(failed.error?.message), /^Created, but the run broke off \(ci\): .*Invalid time value/);
      assert.ok(subject.accepts(failed.state?.["token"]));
      breaks = false;
      const state = await subject.upUntilDone(failed, subject.inputs());
      assert.equal(state["token"], failed.state?.["token"]);
      subject.assertSound(state);
    } finally {
      await subject.stop();
    }
  });
});
