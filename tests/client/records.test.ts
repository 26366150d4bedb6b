/** Looks at, changes, ends and deletes a record that the stack owns: what is sent, and what follows from each answer. */
import assert from "node:assert/strict";

import { LaunchDarklyError } from "../../provider/client/errors";
import { type Records, recordsOf, type Seen } from "../../provider/client/records";
import type { Reply } from "../../provider/client/transport";
import { rotatingAccessToken } from "../../provider/credentials/rotatingAccessToken/credential";
import { answered, fails, LOST, refusal, reply } from "../support/answeredClient";

const AT = Date.UTC(2026, 10, 30);
const token = (more: object = {}) => reply({ _id: "t1", token: "1111", name: "ci", expiry: null, ...more });
const PATH = "/api/v2/tokens/t1";

function tokens(...replies: Reply[]) {
  const log = answered(...replies);
  return { ...log, records: recordsOf(log.client, rotatingAccessToken, {}) };
}

describe("a look at a record", () => {
  it("asks for it, and shows it", async () => {
    const { records, sent, since, all } = tokens(token());
    assert.equal((await records.look("t1", 7))?.lastFour, "1111");
    assert.deepEqual([all(), since, sent[0]?.action], [[`GET ${PATH}`], [7], "read access token t1"]);
  });

  it("shows nothing where the answer is another record's, or none", async () => {
    const { records } = tokens(token({ _id: "t2" }), reply({}));
    assert.deepEqual([await records.look("t1"), await records.look("t1")], [undefined, undefined]);
  });

  it("fails where LaunchDarkly refuses it", async () => {
    await fails(tokens(refusal(404)).records.look("t1"), "notFound", /no such token/);
    await fails(tokens(refusal(403)).records.look("t1"), "forbidden", /read access token t1/);
    await fails(tokens(reply({ _id: "t1" }, 300)).records.look("t1"), "refused", /./);
  });

  it("tells whether there is none by a 404 alone", async () => {
    const { records } = tokens(refusal(404), token(), refusal(403), LOST);
    for (const isAbsent of [true, false, false, false]) assert.equal(await records.isAbsent("t1"), isAbsent);
  });
});

describe("a change of a record", () => {
  it("sends what is to change, once, and shows the record as it is then", async () => {
    const { records, sent, all } = tokens(token({ name: "new" }));
    const changed = await records.change("t1", [{ kind: "set", setting: "name", value: "new" }]);
    assert.equal(changed?.["name"], "new");
    assert.deepEqual(all(), [`PATCH ${PATH}`]);
    const { body, permission, query, isConditional, action } = sent[0] ?? assert.fail();
    assert.deepEqual(body, [{ op: "add", path: "/name", value: "new" }]);
    assert.match(String(permission), /^updateAccessTokenName/);
    assert.deepEqual([query, isConditional, action], [undefined, undefined, "change access token t1"]);
  });

  it("names the action that is given", async () => {
    const { records, sent } = tokens(token({ _id: "t2" }));
    assert.equal(await records.change("t1", [{ kind: "remove", setting: "role" }], "describe"), undefined);
    assert.deepEqual([sent[0]?.permission, sent[0]?.body], ["describe", [{ op: "remove", path: "/role" }]]);
  });
});

describe("a deletion of a record", () => {
  it("is done by any success", async () => {
    for (const status of [200, 204, 299]) {
      const { records, all, sent } = tokens(reply(undefined, status));
      await records.delete("t1");
      assert.deepEqual([all(), sent[0]?.permission], [[`DELETE ${PATH}`], "deleteAccessToken"]);
    }
  });

  it("is done where there is none, and a look confirms that", async () => {
    const { records, all } = tokens(refusal(404), refusal(404));
    await records.delete("t1");
    assert.deepEqual(all(), [`DELETE ${PATH}`, `GET ${PATH}`]);
  });

  it("is not done otherwise", async () => {
    await fails(tokens(refusal(404), token()).records.delete("t1"), "notFound", /delete access token t1/);
    await fails(tokens(refusal(404), refusal(403)).records.delete("t1"), "notFound", /./);
    for (const answer of [refusal(403), LOST, reply(undefined, 300), refusal(500)]) {
      const { records, all } = tokens(answer);
      await assert.rejects(records.delete("t1"), LaunchDarklyError);
      assert.equal(all().length, 1, "nobody asks whether it is there");
    }
  });
});

describe("an end of a record", () => {
  const seen: Seen = { id: "t1", expiry: null, version: null };
  type Row = [
    what: string,
    seen: Seen,
    replies: Reply[],
    outcome: Awaited<ReturnType<Records["expire"]>>,
    sent: number,
  ];
  const refused = /LaunchDarkly refused to change access token t1/;
  const rows: Row[] = [
    ["is what LaunchDarkly shows", seen, [token({ expiry: AT })], { kind: "set", end: AT }, 1],
    ["is the one asked for, within a minute", seen, [token({ expiry: AT - 59_999 })], { kind: "set", end: AT }, 1],
    ["is another one from a minute on", seen, [token({ expiry: AT + 60_000 })], { kind: "set", end: AT + 60_000 }, 1],
    [
      "is looked for where the change does not show it",
      seen,
      [reply({}), token({ expiry: AT })],
      { kind: "set", end: AT },
      2,
    ],
    ["is gone with the record", seen, [refusal(404), refusal(404)], { kind: "gone" }, 2],
    [
      "is asked for in another way where one is refused",
      seen,
      [refusal(400), token({ expiry: AT })],
      { kind: "set", end: AT },
      2,
    ],
    ["is also refused by a 422", seen, [refusal(422), token({ expiry: AT })], { kind: "set", end: AT }, 2],
  ];
  for (const [what, before, replies, outcome, count] of rows) {
    it(what, async () => {
      const { records, all, sent } = tokens(...replies);
      assert.deepEqual(await records.expire(before, AT), outcome);
      assert.equal(all().length, count);
      assert.deepEqual(sent[0]?.body, [{ op: "add", path: "/expiry", value: AT }]);
      assert.equal(sent[0].permission, "updateAccessTokenExpiry");
    });
  }

  it("is not known where LaunchDarkly shows none after it", async () => {
    assert.deepEqual(await tokens(token()).records.expire(seen, AT), {
      kind: "unknown",
      reason: "LaunchDarkly shows none after the change.",
    });
  });

  it("is not known where LaunchDarkly refuses each way, and refused where the record has another one", async () => {
    const none = await tokens(refusal(400), refusal(400)).records.expire(seen, AT);
    assert.equal(none.kind, "unknown");
    assert.match("reason" in none ? none.reason : "", refused);
    const other = await tokens(refusal(400), refusal(422)).records.expire({ ...seen, expiry: 5 }, AT);
    assert.ok(other.kind === "refused" && other.end === 5);
    assert.match(other.reason, refused);
  });

  it("can't be told where nothing shows it, and in an outage", async () => {
    await fails(
      tokens(reply({}), reply({})).records.expire(seen, AT),
      "noAnswer",
      /does not show access token t1 after/,
    );
    for (const answer of [LOST, refusal(403), refusal(500)]) {
      const { records, all } = tokens(answer);
      await assert.rejects(records.expire(seen, AT), LaunchDarklyError);
      assert.equal(all().length, 1);
    }
    await fails(tokens(refusal(404), token()).records.expire(seen, AT), "notFound", /./);
  });
});
