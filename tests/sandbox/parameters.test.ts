/** The forms of query parameters. */
import assert from "node:assert/strict";

import { eachCaller } from "../support/sandboxCaller";

const LARGEST = "9223372036854775807";

describe("the sandbox's query parameters", () => {
  const caller = eachCaller();
  const { call } = caller;

  beforeEach(() => {
    caller.sandbox.createEnvironment({ projectKey: "shop", key: "production" });
  });

  it("that are booleans are true or false", async () => {
    for (const value of ["true", "false"]) {
      assert.equal((await call("GET", `/tokens?showAll=${value}`)).status, 200, value);
    }
    for (const value of ["", "1", "yes", "TRUE", "null", "true&showAll=true"]) {
      const { status, json } = await call("GET", `/tokens?showAll=${value}`);
      assert.deepEqual([status, json["code"]], [400, "invalid_request"], value);
    }
  });

  it("that are integers have 64 bits", async () => {
    for (const list of ["/tokens", "/projects/shop/environments"]) {
      for (const value of ["1", "01", LARGEST]) {
        assert.equal((await call("GET", `${list}?limit=${value}&offset=${value}`)).status, 200, value);
      }
      for (const value of ["", "1.0", "1e3", "many", "null", "0x10", "9223372036854775808", "1&limit=1"]) {
        assert.equal((await call("GET", `${list}?limit=${value}`)).status, 400, value);
      }
    }
    assert.equal((await call("POST", `/tokens/${caller.token.id}/reset?expiry=${LARGEST}`)).status, 200);
    for (const value of ["9223372036854775808", "1e15"]) {
      assert.equal((await call("POST", `/tokens/${caller.token.id}/reset?expiry=${value}`)).status, 400, value);
    }
  });

  it("ask for a page of at least one item, and not from before the first", async () => {
    for (const query of ["limit=0", "limit=-1", "offset=-1"]) {
      assert.equal((await call("GET", `/tokens?${query}`)).status, 400, query);
    }
    assert.equal((await call("GET", "/tokens?offset=0")).status, 200);
  });

  it("that filter and sort are given once", async () => {
    for (const query of ["filter=query:a&filter=query:b", "sort=name&sort=critical"]) {
      const { status, json } = await call("GET", `/projects/shop/environments?${query}`);
      assert.deepEqual([status, json["code"]], [400, "invalid_request"], query);
    }
  });
});
