/** What LaunchDarkly's refusals are called, and the sentences that say so. */
import assert from "node:assert/strict";

import { explainReply, LaunchDarklyError, type Operation } from "../../provider/client/errors";
import { LOST, reply } from "../support/answeredClient";

const KEY = "api-aaaaaaaa-0000-4000-8000-0123456789ab";
const said = { code: "odd", message: "no" };
const bare: Pick<Operation, "action"> = { action: "make it" };
const full = {
  ...bare,
  permission: "createIt",
  otherwise: "Or it takes a plan.",
  missing: { what: "place", advice: "Check it." },
};

describe("a refusal", () => {
  const rows: [operation: typeof bare, status: number, code: string, message: string][] = [
    [bare, 400, "refused", "LaunchDarkly refused to make it (400 odd: no)."],
    [bare, 499, "refused", "LaunchDarkly refused to make it (499 odd: no)."],
    [bare, 300, "refused", "LaunchDarkly refused to make it (300 odd: no)."],
    [bare, 299, "noAnswer", "LaunchDarkly gave no usable answer to the request to make it (299 odd: no)."],
    [bare, 500, "noAnswer", "LaunchDarkly gave no usable answer to the request to make it (500 odd: no)."],
    [
      bare,
      401,
      "unauthorized",
      "LaunchDarkly does not accept the key api-…89ab (401 odd: no): it is wrong, expired or was reset.",
    ],
    [
      bare,
      403,
      "forbidden",
      "LaunchDarkly refused to make it: the role of the key api-…89ab does not allow it (403 odd: no). Use a key with the Admin role, or a custom role that allows it.",
    ],
    [
      full,
      403,
      "forbidden",
      "LaunchDarkly refused to make it: the role of the key api-…89ab does not allow it (403 odd: no). Use a key with the Admin role, or a custom role that allows the action createIt. Or it takes a plan.",
    ],
    [bare, 404, "refused", "LaunchDarkly refused to make it (404 odd: no)."],
    [full, 404, "notFound", "LaunchDarkly found no such place when asked to make it (404 odd: no). Check it."],
    [
      bare,
      429,
      "rateLimited",
      "LaunchDarkly's rate limit held back the request to make it for too long (429 odd: no). Try again in a minute.",
    ],
  ];
  for (const [operation, status, code, message] of rows) {
    it(`is ${code} by ${status}, ${"missing" in operation ? "with" : "without"} more to say`, () => {
      const error = explainReply(operation, reply(said, status), KEY);
      assert.ok(error instanceof LaunchDarklyError);
      assert.deepEqual(
        [error.name, error.code, error.message, error.status],
        ["LaunchDarklyError", code, message, status],
      );
    });
  }

  it("is none where LaunchDarkly was not reached, or did not answer", () => {
    const unsent = explainReply(bare, { kind: "unsent", reason: "ECONNREFUSED" }, KEY);
    assert.deepEqual([unsent.code, unsent.status], ["unreachable", undefined]);
    assert.match(unsent.message, /^LaunchDarkly can't be reached to make it: ECONNREFUSED\. Check the network/);
    const lost = explainReply(bare, LOST, KEY);
    assert.deepEqual([lost.code, lost.status], ["noAnswer", undefined]);
    assert.equal(lost.message, "LaunchDarkly did not answer the request to make it: socket hang up.");
  });

  const words: [body: object, shown: string][] = [
    [{ code: "odd", message: "" }, "400 odd"],
    [{ message: "no" }, "400 no"],
    [{ code: "odd" }, "400 odd"],
    [{ code: "odd", message: "n".repeat(400) }, `400 odd: ${"n".repeat(295)}`],
    [{ code: "odd", message: `of ${KEY}` }, "400 odd: of api-…89ab"],
  ];
  for (const [body, shown] of words) {
    it(`shows what it says, as far as it is short: ${shown.slice(0, 30)}`, () => {
      assert.equal(explainReply(bare, reply(body, 400), KEY).message, `LaunchDarkly refused to make it (${shown}).`);
    });
  }
});
