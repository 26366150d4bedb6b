/** Gives an end to a record that somebody else changes at the same time. */
import assert from "node:assert/strict";

import type { Operation } from "../../provider/client/errors";
import { recordsOf, type Seen } from "../../provider/client/records";
import { rotatingSdkKey } from "../../provider/credentials/rotatingSdkKey/credential";
import { answered, fails, refusal, reply } from "../support/answeredClient";
import type { Reply } from "../../provider/client/transport";

const AT = Date.UTC(2026, 10, 30);

describe("an end of a record that others may change at the same time", () => {
  const place = { projectKey: "shop", environmentKey: "production" };
  const key = (more: object = {}) => reply({ key: "k1", name: "ci", value: "sdk-1111", _version: 4, ...more });
  const seen: Seen = { id: "k1", expiry: null, version: 3 };
  function keys(...replies: Reply[]) {
    const log = answered(...replies);
    return { ...log, records: recordsOf(log.client, rotatingSdkKey, place) };
  }
  const changes = (sent: readonly Operation[]) => sent.filter(({ method }) => method !== "GET");

  it("names what it was decided on, and is decided anew where that is no more", async () => {
    const { records, sent } = keys(refusal(409), key(), key({ expiry: AT, _version: 5 }));
    assert.deepEqual(await records.expire(seen, AT), { kind: "set", end: AT });
    assert.deepEqual(
      changes(sent).map(({ query, isConditional }) => [query?.["version"], isConditional]),
      [
        ["3", true],
        ["4", true],
      ],
    );
  });

  it("was carried out where the look shows it: its answer was lost", async () => {
    const { records, sent } = keys(refusal(409), key({ expiry: AT }));
    assert.deepEqual(await records.expire(seen, AT), { kind: "set", end: AT });
    assert.equal(changes(sent).length, 1);
  });

  it("is left alone where somebody else has given it one, or changes it again and again", async () => {
    const ended = keys(refusal(409), key({ expiry: AT - 1 }));
    await fails(ended.records.expire(seen, AT), "refused", /Somebody else changed .*k1 at the same moment/);
    assert.equal(changes(ended.sent).length, 1);
    const busy = keys(...[1, 2, 3].flatMap(() => [refusal(409), key()]));
    await fails(busy.records.expire(seen, AT), "refused", /Somebody else changed/);
    assert.deepEqual([changes(busy.sent).length, busy.left()], [3, 0]);
  });

  it("is not tried again where no version is known", async () => {
    const { records, sent } = keys(refusal(409));
    await fails(records.expire({ ...seen, version: null }, AT), "refused", /./);
    assert.deepEqual([sent.length, sent[0]?.query], [1, undefined]);
  });
});
