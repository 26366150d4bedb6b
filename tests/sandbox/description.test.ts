/** The check that holds an answer to `sandbox/openapi.yaml`. */
import assert from "node:assert/strict";

import { readDescription } from "../../sandbox/conformance/description";

const description = readDescription({ allowsUnknownMembers: false });

describe("the check against LaunchDarkly's OpenAPI description", () => {
  const operation = description.operations.find(({ id }) => id === "getTokens") ?? assert.fail();
  const token = { _id: "a", ownerId: "b", memberId: "c", creationDate: 1, lastModified: 1, _links: {} };
  const problems = (status: number, body: unknown, contentType = "application/json") =>
    description.problemsOf(operation, { status, contentType, text: JSON.stringify(body) });

  it("finds what differs", () => {
    assert.deepEqual(problems(200, { items: [token] }), []);
    assert.deepEqual(problems(403, { code: "forbidden", message: "no", id: "1" }), []);
    for (const item of [
      { ...token, _id: undefined },
      { ...token, _id: 7 },
      { ...token, creationDate: "1" },
      { ...token, creationDate: 1.5 },
      { ...token, expiry: 2 ** 64 },
      { ...token, color: "red" },
      { ...token, inlineRole: [{ effect: "perhaps" }] },
      { ...token, _links: { self: { href: 7 } } },
    ]) {
      assert.notDeepEqual(problems(200, { items: [item] }), [], JSON.stringify(item));
    }
    assert.equal(problems(403, { code: "forbidden" }).length, 1);
    assert.equal(problems(404, { code: "not_found", message: "no" }).length, 1);
    assert.equal(problems(200, { items: [token] }, "text/html").length, 1);
  });

  it("lets LaunchDarkly add members", () => {
    const lenient = readDescription({ allowsUnknownMembers: true });
    const text = JSON.stringify({ items: [{ ...token, color: "red" }], color: "red" });
    assert.deepEqual(lenient.problemsOf(operation, { status: 200, contentType: "application/json", text }), []);
  });
});
